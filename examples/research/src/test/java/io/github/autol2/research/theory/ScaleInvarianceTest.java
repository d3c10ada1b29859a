package io.github.autol2.research.theory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.program.data.SplitSizes;
import io.github.autol2.program.data.SyntheticDigits;
import io.github.autol2.research.theory.ScaleInvariance.Result;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

@Tag("slow")
class ScaleInvarianceTest {

    /** eta lambda n = 0.6, so the rate grows by about e^1.2. */
    @Test
    void isTheSameFunctionAtTheExactRatesOnly() {
        DataSet digits = new SyntheticDigits().load(new SplitSizes(16, 1, 1), 1).training();

        Result result = new ScaleInvariance(8, 0.05, 0.2, 60, 1e-12).run(digits, 1);

        assertThat(result.growth()).isBetween(3.3, 3.5);
        assertThat(result.exact()).isLessThan(1e-8);
        assertThat(result.constant()).isGreaterThan(1e-2);
        assertThat(result.limit()).isBetween(1e3 * result.exact(), result.constant());
    }
}
