package io.github.autol2.examples.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.examples.figure.FigureResult.Panel;
import io.github.autol2.examples.figure.FigureResult.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts on runs whose outcome is given. */
class ExperimentsTest {

    private static final double[] LAMBDAS = {0.1, 0.01, 0.001};

    @TempDir
    private Path folder;

    @Test
    void seesAPlateauWithStepsInProportionToOneOverLambda() throws IOException {
        FigureResult result = budgets(lambda -> lambda > 0.05 ? 0.8 : 0.9, lambda -> lambda == 0.01 ? 0.9 : 0.8);

        assertThat(result.sentence()).isEqualTo("The claim holds here: with 10.0/lambda steps the accuracy is within 0.5 % of its best (90.00 %) "
                + "for all lambdas from 0.01 down to 0.001; with 100 steps each it is best at lambda 0.01 (90.00 %), and 10.00 ± 0.00 % lower at "
                + "the smallest.");
        assertThat(result.panels()).extracting(Panel::name).containsExactly("1a");
    }

    @Test
    void doesNotSeeAPlateauThatFalls() throws IOException {
        assertThat(budgets(lambda -> lambda > 0.05 ? 0.9 : 0.8, lambda -> 0.8).sentence()).startsWith("The claim is not seen here")
                .contains("is best at lambda 0.1 (90.00 %) and not flat over a decade below");
    }

    @Test
    void holdsInPartWhereSmallLambdasLoseNothingWithAFixedBudget() throws IOException {
        assertThat(budgets(lambda -> 0.9, lambda -> 0.9).verdict()).isEqualTo(Verdict.IN_PART);
    }

    private FigureResult budgets(DoubleUnaryOperator proportional, DoubleUnaryOperator fixed) throws IOException {
        Recorded runs = new Recorded(PaperFigure.BUDGETS, folder, "figure.lambdas=0.1,0.01,0.001", "figure.c=10", "train.steps=100",
                "seeds=1,2",
                "train.evaluateEvery=10", "data.validationSize=10", "data.testSize=10");
        for (double lambda : LAMBDAS) {
            int steps = (int) Math.round(10 / lambda);
            for (String seed : List.of("-seed1", "-seed2")) {
                runs.run("fixed-" + lambda + "-0.05-100" + seed, 100, step -> fixed.applyAsDouble(lambda));
                runs.run("proportional-" + lambda + "-0.05-" + steps + seed, steps, step -> proportional.applyAsDouble(lambda));
            }
        }
        return runs.result();
    }

    @Test
    void fitsTheLawToRunsThatPeakAtOneOverEtaLambda() throws IOException {
        FigureResult result = law((eta, lambda) -> 0.5 / (eta * lambda));

        assertThat(result.sentence()).startsWith("The claim holds here: 2-fc: t* ~ lambda^-1.0")
                .contains("from the 6 of 6 runs that peaked")
                .contains("t* eta lambda / (1 - momentum) = 4.9");
        assertThat(result.notes()).containsExactly("2-fc: best accuracy 89.99 to 90.00 % over all lambdas and learning rates, 89.99 to 90.00 % over those "
                + "that peaked, 89.99 to 90.00 % over all within 2000 steps.");
        assertThat(result.panels()).extracting(Panel::name).containsExactly("2-fc-time", "2-fc-best", "2-fc-budget");
    }

    @Test
    void doesNotFindTheLawWhereThePeakStaysInPlace() throws IOException {
        assertThat(law((eta, lambda) -> 300).verdict()).isEqualTo(Verdict.NOT_SEEN);
    }

    @Test
    void doesNotJudgeWithoutPeaks() throws IOException {
        assertThat(law((eta, lambda) -> 2500).sentence()).isEqualTo("The claim cannot be judged here: 2-fc: no exponents from the 0 of 6 runs that "
                + "peaked within 2000 steps.");
    }

    private interface PeakTime {
        double of(double eta, double lambda);
    }

    /** Accuracy rises to 0.9 at the peak, then falls. */
    private FigureResult law(PeakTime peakTime) throws IOException {
        double[] lambdas = {0.04, 0.02, 0.01};
        double[] etas = {0.05, 0.1};
        Recorded runs = new Recorded(PaperFigure.SWEEP_FC_WRN, folder, "figure.lambdas=0.04,0.02,0.01", "figure.learningRates=0.05,0.1",
                "figure.budget=2000", "train.steps=2000", "seeds=1", "train.evaluateEvery=10",
                "data.validationSize=300", "data.testSize=10");
        for (double lambda : lambdas) {
            for (double eta : etas) {
                double peak = peakTime.of(eta, lambda);
                runs.run("eta-" + lambda + "-" + eta + "-2000-seed1", 2000,
                        step -> 0.9 - Math.min(0.5, 0.05 * Math.pow(Math.log(step / peak), 2)));
            }
        }
        return runs.result();
    }
}
