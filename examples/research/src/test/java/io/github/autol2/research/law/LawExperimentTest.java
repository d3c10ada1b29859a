package io.github.autol2.research.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.prediction.Peak;
import io.github.autol2.prediction.Peak.Verdict;
import io.github.autol2.prediction.PeakTimeLaw;
import io.github.autol2.research.law.LawExperiment.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LawExperimentTest {

    @Test
    void fitsTheRunsThatPeakedAndNoOthers() {
        List<Row> rows = new ArrayList<>();
        for (double lambda : new double[] {0.1, 0.01, 0.001}) {
            for (double eta : new double[] {0.1, 0.01}) {
                rows.add(new Row(lambda, eta, 1, peak(Verdict.PEAKED, 2 / (lambda * eta))));
                rows.add(new Row(lambda, eta, 2, peak(Verdict.NOT_PEAKED_YET, 5)));
                rows.add(new Row(lambda, eta, 3, peak(Verdict.COLLAPSED, 7)));
            }
        }

        PeakTimeLaw law = LawExperiment.law(rows);

        assertThat(law.observations()).isEqualTo(6);
        assertThat(law.lambdaExponent().value()).isCloseTo(-1, within(1e-9));
        assertThat(law.etaExponent().value()).isCloseTo(-1, within(1e-9));
    }

    private static Peak peak(Verdict verdict, double maximumAt) {
        return new Peak(verdict, maximumAt, maximumAt, maximumAt, maximumAt, 0.9);
    }
}
