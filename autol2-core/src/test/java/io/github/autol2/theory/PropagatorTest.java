package io.github.autol2.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PropagatorTest {

    private static final double ACCURACY = 1e-12;
    private static final int RANDOM_MODES = 4000;

    /**
     * k, gamma, lambda, t, P, R by mpmath 1.3 at 40 digits: the integrals over tau of {@code gamma exp(-w - k lambda tau - c (t - tau))}
     * and of {@code k lambda exp(-w - k lambda tau)}, 24-point Gauss-Legendre on panels of width 1.5 / (rate of change), P + R + H = 1 to
     * 25 digits.
     */
    @ParameterizedTest
    @CsvSource(textBlock = """
            -3, 2565293.05014205, 0.06940723852282378, 0.9637538076079386, 1.0000000475318009934, -4.7531800993380347273e-8
            -1, 1.0671677710502016e-12, 0.052452138174089176, 2.3173792368396944e-07, 2.4730325100064330815e-19, -1.2155149667121928514e-8
            -0.3, 0.00011769662876417542, 0.4119997613491608, 17.271542792415953, 1.0000096894065147931, -9.6894065147931260046e-6
            1e-12, 3.1066181757409286e-11, 0.38597823795798447, 3.528369162133366e-07, 1.096129726259749735e-17, 1.3618737120655265528e-19
            1e-12, 6.266680005127635e-14, 1.2445574829694288e-06, 462727.926346472, 5.4477289390973641667e-8, 5.75891484680060257e-13
            1e-06, 0.008697536158745765, 0.0009040190195780812, 277004.4706091813, 1.0, 3.2157855206038593079e-225
            0.25, 0.2971855494788139, 0.26144118449603543, 2.1903579803210927e-06, 6.5094276105014430874e-7, 1.4316238936834044677e-7
            0.5, 0.006264911789116425, 0.022856898060212315, 5.465463929195063e-08, 3.4240649407836273387e-10, 6.2461775910488476583e-10
            0.999, 1.0192765167619952e-16, 5.887151930606185e-06, 47521367.068576075, 3.0265923485569098256e-11, 0.99999999996973407651
            0.9998058380846314, 24713217.021257434, 0.1428656437062381, 2.335506695911845, 0.99999999422093054713, 5.7790694528656987002e-9
            0.999999, 11812.508449878836, 0.0001810593992079505, 5.227658154527206e-10, 6.1751565459850948938e-6, 9.4651277576223713275e-14
            1.000000000001, 0.004945714170161021, 0.001034778922247898, 16616.24206245845, 0.82697431360779607365, 0.17302568639220392635
            1.000001, 0.000793183604936295, 0.001311725756105528, 0.011520985329919516, 9.1381458728521138751e-6, 0.000015112205064241997428
            1.000001, 3.1277344942508284e-08, 3.0479299038795127e-05, 126730.23741555051, 0.0010036692894721078903, 0.97806726612688695734
            1.0393165787249605, 247127.57599593, 0.00046148672623508205, 1.4300359655361464e-06, 0.29770470945826882, 5.777920533899412e-10
            1.5, 5.933759102267797e-06, 0.05615223376947915, 8.837818526891109, 0.000028273214934764087272, 0.52496970422023156528
            1.5, 2.4480655597717013e-08, 5.4668254528166954e-05, 12.366351520385868, 3.0248062633173560512e-7, 0.0010135561299188172177
            1.6568649445166879, 3072825.018794097, 0.27551096414938653, 0.9931290742741049, 0.99999978718632660664, 2.1281367339336013994e-7
            1.999999999, 5254462.744418017, 0.3964184582020628, 0.8027692976008195, 0.99999971485313951138, 2.8514686048861949966e-7
            2, 1.2946124671196687e-16, 2.953994018490668e-06, 115913.5324483304, 7.5659282607406598329e-12, 0.49581688981031207206
            2.000000000001, 980666.3616109024, 0.003910885615969717, 5.497454206143475, 0.99999999167357810714, 8.3264218928557444249e-9
            2.001, 0.10837050204216855, 0.006965304315395542, 239.5493040735282, 0.35184291260348944454, 0.64813738922789503237
            2.3056451675143306, 0.04030262377311325, 0.7381506419650049, 0.23455335128583715, 0.00615499877504068, 0.32806394450917498356
            2.5, 1.2042941809332876e-09, 6.884125695347763e-05, 139733.10173605438, 1.2480324683480915904e-15, 0.9999999999640350777
            2.5, 18.293791717012905, 1.1242300881946418e-05, 2.68027196328847e-06, 0.000049031134971894574472, 7.5329212840229762347e-11
            2.5, 0.40187215663968295, 0.032511529323262796, 110.63456153992816, 0.0017422183273452607067, 0.99825576177997986081
            3, 1.5292857269664394e-05, 0.0005724067673526301, 301507.29506359797, 3.7008760370340159699e-227, 1.0
            3, 0.22283418105426245, 1.6212340307133926e-05, 5.822348451501488e-08, 1.2974182405821302241e-8, 2.8318168160994274724e-12
            3, 331064.34853795724, 0.0019202752940242122, 5054.592135378738, 4.3332984833042230948e-7, 0.99999956667015166958
            3, 1.0795366036828756e-11, 0.07211473316810808, 0.007125022774687965, 7.6779028624514908807e-14, 0.0015402699134663069023
            3.718494866560177, 119.57932881909659, 0.4251875461693885, 11.585288152748051, 4.6648238674478686445e-7, 0.99999953351761325521
            3.9842135209957146, 2115.9790744739316, 3.5502262575983396e-06, 1.1954862682964312e-07, 0.00025293040046468, 1.690784663431634e-12
            5, 0.00025092917009223646, 0.001351822262181816, 301.24080711450614, 0.0056510595525277149043, 0.86669475149527944191
            7.3, 27406648.933051687, 0.16602315500248424, 2.077699597359494e-09, 0.055351882490545742969, 2.4477552044328710569e-9
            20, 0.045348085659633136, 0.00017877120016391546, 18706.186645131173, 4.5592527329545139687e-29, 1.0
            20, 6.058849339666852e-15, 0.00032812176717418156, 111.64921226226141, 2.380625037201280291e-13, 0.51938595711560070491
            """)
    void hasTheValuesOfAnExtendedPrecisionQuadrature(
            double k, double gamma, double lambda, double t, double learnt, double missing) {
        Propagator propagator = new Propagator(new Flow(k, lambda), gamma);

        assertThat(relative(propagator.learnt(t), learnt)).isLessThan(ACCURACY);
        assertThat(relative(propagator.missing(t), missing)).isLessThan(ACCURACY);
    }

    /** Every method against one that shares nothing with it but the mode equation: adaptive panels from the present to the past. */
    @Test
    void agreesWithQuadratureByPanelsOnRandomModes() {
        Random random = new Random(1);
        Set<Propagator.Method> used = EnumSet.noneOf(Propagator.Method.class);
        for (int i = 0; i < RANDOM_MODES; i++) {
            // given
            Flow flow = flow(random);
            double gamma = flow.lambda() * Math.pow(10, random.nextDouble() * 14 - 5);
            double t = Math.pow(10, random.nextDouble() * 9 - 7) / flow.lambda();
            Propagator propagator = new Propagator(flow, gamma);
            PanelIntegral panels = new PanelIntegral(flow, gamma);

            // when
            double learnt = panels.until(t, (then, passed) -> then);
            double missing = panels.until(t, (then, passed) -> flow.outputDecay());

            // then
            used.add(propagator.method(t));
            String mode = flow + ", gamma " + gamma + ", t " + t;
            assertThat(relative(propagator.learnt(t), learnt))
                    .as("P of " + mode)
                    .isLessThan(ACCURACY);
            assertThat(relative(propagator.missing(t), missing))
                    .as("R of " + mode)
                    .isLessThan(ACCURACY);
            assertThat(propagator.memory(t) + propagator.learnt(t) + propagator.missing(t))
                    .as(mode)
                    .isCloseTo(1, withinPercentage(1e-11));
        }
        assertThat(used).contains(Propagator.Method.GAUSS, Propagator.Method.SERIES, Propagator.Method.FRACTION);
    }

    /** Just before and just after the moment at which a mode stops being short, for each method that follows. */
    @ParameterizedTest
    @EnumSource(
            value = Propagator.Method.class,
            names = {"SERIES", "FRACTION"})
    void isContinuousWhereTimesStopBeingShort(Propagator.Method next) {
        Random random = new Random(2);
        int switches = 0;
        for (int i = 0; i < RANDOM_MODES; i++) {
            Propagator propagator = new Propagator(flow(random), Math.pow(10, random.nextDouble() * 12 - 6));
            double t = last(time -> propagator.method(time) == Propagator.Method.GAUSS);
            if (propagator.method(Math.nextUp(t)) == next) {
                switches++;
                assertSameOnBothSides(propagator, propagator, t, Math.nextUp(t));
            }
        }
        assertThat(switches).isGreaterThan(RANDOM_MODES / 20);
    }

    /** For k above 1 the series ends at gamma/c = 2. */
    @Test
    void isContinuousWhereTheInitialKernelLeavesTheSeries() {
        Random random = new Random(3);
        for (int i = 0; i < RANDOM_MODES; i++) {
            Flow flow = new Flow(1 + Math.pow(10, random.nextDouble() * 7 - 6), 0.01);
            double t = Math.pow(10, random.nextDouble() * 4 - 1) / flow.kernelDecay();
            double gamma = KernelFraction.SMALLEST_Z * flow.kernelDecay();
            Propagator below = new Propagator(flow, gamma);
            Propagator above = new Propagator(flow, gamma * (1 + 4e-16));
            assertThat(below.method(t)).isIn(Propagator.Method.SERIES, Propagator.Method.GAUSS);
            assertThat(above.method(t)).isIn(Propagator.Method.FRACTION, Propagator.Method.GAUSS);
            assertSameOnBothSides(below, above, t, t);
        }
    }

    /** For k above 1 the fraction is carried on by the series once gamma_t/c has fallen to 2. */
    @Test
    void isContinuousWhereTheKernelHasDecayedBelowTheFraction() {
        Random random = new Random(4);
        for (int i = 0; i < RANDOM_MODES; i++) {
            Flow flow = new Flow(1 + Math.pow(10, random.nextDouble() * 3 - 2), 0.01);
            double a = KernelFraction.SMALLEST_Z * Math.pow(10, 0.1 + 6 * random.nextDouble());
            Propagator propagator = new Propagator(flow, a * flow.kernelDecay());
            double t = Math.log(a / KernelFraction.SMALLEST_Z) / flow.kernelDecay();
            assertSameOnBothSides(propagator, propagator, t * (1 - 1e-15), t * (1 + 1e-15));
        }
    }

    /** For k below 1 the series ends where the growing kernel reaches gamma_t/|c| = 60. */
    @Test
    void isContinuousWhereTheGrowingKernelLeavesTheSeries() {
        Random random = new Random(5);
        int switches = 0;
        for (int i = 0; i < RANDOM_MODES; i++) {
            Propagator propagator = new Propagator(
                    new Flow(1 - Math.pow(10, random.nextDouble() * 3 - 2), 0.01),
                    Math.pow(10, random.nextDouble() * 4 - 5));
            double t = last(time -> propagator.method(time) != Propagator.Method.FRACTION);
            if (t > 0 && propagator.method(t) == Propagator.Method.SERIES) {
                switches++;
                assertSameOnBothSides(propagator, propagator, t, Math.nextUp(t));
            }
        }
        assertThat(switches).isGreaterThan(RANDOM_MODES / 20);
    }

    @Test
    void tendsToTheLinearModelAsKTendsToOne() {
        Flow linear = new Flow(1, 0.3);
        for (double distance : new double[] {1e-15, -1e-15, 2.3e-16, -1.2e-16}) {
            Propagator near = new Propagator(new Flow(1 + distance, 0.3), 0.7);
            for (double t = 1e-6; t < 100; t *= 1.5) {
                assertSameOnBothSides(near, new Propagator(linear, 0.7), t, t);
            }
        }
    }

    @Test
    void tendsToTheUnpenalisedModelAsLambdaTendsToZero() {
        for (double k : new double[] {0, 0.5, 1, 1.5, 2, 3, 10}) {
            Propagator near = new Propagator(new Flow(k, 1e-18), 0.7);
            for (double t = 1e-6; t < 100; t *= 1.5) {
                assertThat(relative(near.learnt(t), -Math.expm1(-0.7 * t))).isLessThan(ACCURACY);
                assertThat(relative(near.memory(t), Math.exp(-0.7 * t))).isLessThan(ACCURACY);
            }
        }
    }

    @Test
    void isContinuousInKAtTwo() {
        for (double distance : new double[] {1e-14, -1e-14}) {
            for (double gamma = 1e-4; gamma < 1e4; gamma *= 3) {
                for (double t = 1e-3; t < 1e3; t *= 3) {
                    assertSameOnBothSides(
                            new Propagator(new Flow(2 + distance, 0.1), gamma),
                            new Propagator(new Flow(2, 0.1), gamma),
                            t,
                            t);
                }
            }
        }
    }

    @Test
    void hasTheLimitOfTheQuotientAtEigenvalueZero() {
        for (double k : new double[] {0, 0.5, 1, 1.5, 2, 3}) {
            Flow flow = new Flow(k, 0.1);
            double limit = new Propagator(flow, 0).learntPerGamma(3);
            assertThat(relative(new Propagator(flow, 1e-14).learntPerGamma(3), limit))
                    .as("k = " + k)
                    .isLessThan(ACCURACY);
        }
    }

    @Test
    void takesAKernelThatExceedsTheDoubles() {
        Propagator propagator = new Propagator(new Flow(0.5, 1), 2);

        assertThat(propagator.learnt(2000)).isEqualTo(1);
        assertThat(propagator.missing(2000)).isEqualTo(0);
        assertThat(relative(propagator.missing(500), 0.5 / 2 * Math.exp(-500))).isLessThan(1e-12);
    }

    private static Flow flow(Random random) {
        double k = switch (random.nextInt(5)) {
            case 0 -> random.nextInt(6);
            case 1 -> 1 + (random.nextBoolean() ? 1 : -1) * Math.pow(10, -12 * random.nextDouble());
            case 2 -> 2 + (random.nextBoolean() ? 1 : -1) * Math.pow(10, -12 * random.nextDouble());
            case 3 -> random.nextDouble();
            default -> 6 * random.nextDouble();
        };
        return new Flow(k == 0 || k == 1 ? 0.3 : k, Math.pow(10, -4 * random.nextDouble()));
    }

    /** The last time for which the condition holds, if it holds first and then no more; 0 if it never does. */
    private static double last(DoublePredicate condition) {
        double low = 0;
        double high = 1e9;
        for (double middle = high / 2; middle > low && middle < high; middle = low + (high - low) / 2) {
            if (condition.test(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static void assertSameOnBothSides(Propagator one, Propagator other, double t, double u) {
        assertThat(relative(one.learnt(t), other.learnt(u))).as("P at " + t).isLessThan(ACCURACY);
        assertThat(relative(one.missing(t), other.missing(u))).as("R at " + t).isLessThan(ACCURACY);
    }

    private static double relative(double value, double reference) {
        return value == reference ? 0 : Math.abs(value / reference - 1);
    }
}
