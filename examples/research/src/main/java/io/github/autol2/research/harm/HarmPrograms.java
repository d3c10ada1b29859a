package io.github.autol2.research.harm;

import io.github.autol2.program.data.IdxFiles;
import io.github.autol2.program.data.SyntheticDigits;
import io.github.autol2.research.harm.HarmUpdater.Rate;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** All programs of the table. The first lambda of regressions was chosen on other seeds of some of them; else they took no part in the choice of the rule. */
final class HarmPrograms {

    private HarmPrograms() {}

    /** Those whose data are generated. */
    static List<HarmProgram> generated() {
        List<HarmProgram> programs = new ArrayList<>(onTables());
        programs.addAll(onImagesAndSequences());
        return programs;
    }

    /**
     * Those on 1,000 images of MNIST.
     *
     * @param mnist the four files
     */
    static List<HarmProgram> onMnist(IdxFiles mnist) {
        mnist.first(1); // a file that is missing is told before any training
        return List.of(
                new HarmProgram(
                        "mnist-nesterovs",
                        HarmUpdater.of(new Nesterovs(0.02, 0.9)),
                        HarmLayers.classifier(64, 64),
                        s -> HarmData.images(mnist, s, 1_000, 0),
                        50),
                new HarmProgram(
                        "mnist-wrong-rmsprop",
                        HarmUpdater.of(new RmsProp(0.001)),
                        HarmLayers.classifier(64),
                        s -> HarmData.images(mnist, s, 1_000, 0.2),
                        50),
                new HarmProgram(
                        "mnist-cnn-adam",
                        HarmUpdater.of(new Adam(0.001)),
                        new HarmConvolutions(false),
                        s -> HarmData.images(mnist, s, 1_000, 0),
                        25));
    }

    private static List<HarmProgram> onImagesAndSequences() {
        SyntheticDigits digits = new SyntheticDigits();
        return List.of(
                new HarmProgram(
                        "digits-cnn-nesterovs",
                        HarmUpdater.of(new Nesterovs(0.02, 0.9)),
                        new HarmConvolutions(false),
                        s -> HarmData.images(digits, s, 500, 0),
                        25),
                new HarmProgram(
                        "digits-wrong-cnn-normalised",
                        HarmUpdater.of(new Adam(0.001)),
                        new HarmConvolutions(true),
                        s -> HarmData.images(digits, s, 500, 0.2),
                        25),
                new HarmProgram(
                        "sequences-lstm-adam",
                        HarmUpdater.of(new Adam(0.005)),
                        new HarmRecurrence(24),
                        s -> HarmData.sequences(s, 500, 0.1),
                        50),
                new HarmProgram(
                        "sequences-lstm-rmsprop",
                        HarmUpdater.of(new RmsProp(0.005)),
                        new HarmRecurrence(24),
                        s -> HarmData.sequences(s, 500, 0),
                        50),
                new HarmProgram(
                        "sequences-masked-adam",
                        HarmUpdater.of(new Adam(0.005)),
                        new HarmRecurrence(24),
                        s -> HarmData.sequencesOfDifferentLength(s, 500, 0.1),
                        50));
    }

    private static List<HarmProgram> onTables() {
        HarmLayers small = HarmLayers.classifier(20, 20);
        HarmLayers wide = HarmLayers.classifier(64, 64);
        HarmLayers curve = HarmLayers.regression(50, 50);
        return List.of(
                new HarmProgram(
                        "moons-rmsprop", HarmUpdater.of(new RmsProp(0.01)), small, s -> HarmData.moons(s, 300, 0), 50),
                new HarmProgram("moons-sgd", HarmUpdater.of(new Sgd(0.1)), small, s -> HarmData.moons(s, 300, 0), 50),
                new HarmProgram(
                        "moons-nadam", HarmUpdater.of(new Nadam(0.01)), small, s -> HarmData.moons(s, 300, 0), 50),
                new HarmProgram(
                        "moons-adadelta", HarmUpdater.of(new AdaDelta()), small, s -> HarmData.moons(s, 300, 0), 50),
                new HarmProgram(
                        "moons-wrong-amsgrad",
                        HarmUpdater.of(new AMSGrad(0.01)),
                        wide,
                        s -> HarmData.moons(s, 300, 0.2),
                        50),
                new HarmProgram(
                        "spirals-step",
                        HarmUpdater.scheduled(Rate.STEP, 0.1),
                        wide,
                        s -> HarmData.spirals(s, 300, 0),
                        50),
                new HarmProgram(
                        "spirals-wrong-adam",
                        HarmUpdater.of(new Adam(0.003)),
                        wide,
                        s -> HarmData.spirals(s, 300, 0.2),
                        50),
                new HarmProgram(
                        "spirals-adagrad",
                        HarmUpdater.of(new AdaGrad(0.05)),
                        wide,
                        s -> HarmData.spirals(s, 300, 0),
                        50),
                new HarmProgram(
                        "clouds-ramp",
                        HarmUpdater.scheduled(Rate.RAMP, 0.05),
                        wide,
                        s -> HarmData.clouds(s, 400, 6, 0.1),
                        40),
                new HarmProgram(
                        "clouds-wrong-nesterovs",
                        HarmUpdater.of(new Nesterovs(0.05, 0.9)),
                        wide,
                        s -> HarmData.clouds(s, 400, 6, 0.3),
                        40),
                new HarmProgram(
                        "clouds-normalised-adam",
                        HarmUpdater.of(new Adam(0.003)),
                        wide.withBatchNormalisation(),
                        s -> HarmData.clouds(s, 400, 6, 0.1),
                        40),
                new HarmProgram(
                        "clouds-large-sgd",
                        HarmUpdater.of(new Sgd(0.05)),
                        small,
                        s -> HarmData.clouds(s, 3_000, 6, 0),
                        100),
                new HarmProgram(
                        "clouds-rare-adam",
                        HarmUpdater.of(new Adam(0.003)),
                        wide,
                        s -> HarmData.rare(s, 1_000, 0.03),
                        50),
                new HarmProgram(
                        "clouds-rarest-nesterovs",
                        HarmUpdater.of(new Nesterovs(0.02, 0.9)),
                        wide,
                        s -> HarmData.rare(s, 2_000, 0.01),
                        32),
                new HarmProgram(
                        "clouds-second-stage-adam",
                        HarmUpdater.of(new Adam(0.002)),
                        new HarmSecondStage(wide, s -> HarmData.clouds(s, 3_000, 6, 0), 60, 600),
                        s -> HarmData.movedClouds(s, 200, 6, 0.1),
                        20),
                new HarmProgram(
                        "labels-several-adam",
                        HarmUpdater.of(new Adam(0.003)),
                        HarmLayers.severalLabels(64, 64),
                        s -> HarmData.labels(s, 400),
                        40),
                new HarmProgram(
                        "product-adamax",
                        HarmUpdater.of(new AdaMax(0.003)),
                        wide,
                        s -> HarmData.product(s, 400, 0),
                        40),
                new HarmProgram(
                        "product-wrong-cycle",
                        HarmUpdater.scheduled(Rate.CYCLE, 0.1),
                        wide,
                        s -> HarmData.product(s, 400, 0.1),
                        40),
                new HarmProgram(
                        "sum-nesterovs",
                        HarmUpdater.of(new Nesterovs(0.01, 0.9)),
                        HarmLayers.regression(10),
                        s -> HarmData.sum(s, 400),
                        40),
                new HarmProgram(
                        "surface-noisy-adam",
                        HarmUpdater.of(new Adam(0.003)),
                        curve,
                        s -> HarmData.surface(s, 300, 0.5),
                        50),
                new HarmProgram(
                        "surface-exponential",
                        HarmUpdater.scheduled(Rate.EXPONENTIAL, 0.02),
                        curve,
                        s -> HarmData.surface(s, 1_000, 0.1),
                        50),
                new HarmProgram(
                        "surface-noisier-rmsprop",
                        HarmUpdater.of(new RmsProp(0.001)),
                        curve,
                        s -> HarmData.surface(s, 300, 1.5),
                        50),
                new HarmProgram(
                        "wave-shifted-nesterovs",
                        HarmUpdater.of(new Nesterovs(0.01, 0.9)),
                        curve,
                        s -> HarmData.wave(s, 300, 0.2).shifted(5),
                        30),
                new HarmProgram(
                        "wave-noisy-nesterovs",
                        HarmUpdater.of(new Nesterovs(0.02, 0.9)),
                        curve,
                        s -> HarmData.wave(s, 100, 0.5),
                        20));
    }
}
