package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.RmsProp;

/** Held against what Deeplearning4j's updater is given. */
@Tag("slow")
class GradientNormalisationTest {

    private static final DataSet DATA = Networks.classes(32, 1);

    @TempDir
    private Path folder;

    static List<IUpdater> updaters() {
        return List.of(new Adam(0.001), new RmsProp(0.001), new AdaGrad(0.01));
    }

    private static MultiLayerNetwork network(IUpdater updater, GradientNormalization kind, double threshold) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(updater)
                .gradientNormalization(kind)
                .gradientNormalizationThreshold(threshold)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(16).build())
                .layer(Networks.softmax(16).build())
                .build());
        network.init();
        return network;
    }

    /** An updater that does nothing leaves the gradient as it was normalised. The threshold is met by some gradients, not by all. */
    @ParameterizedTest
    @EnumSource(GradientNormalization.class)
    void isDeeplearning4js(GradientNormalization kind) {
        MultiLayerNetwork network = network(new NoOp(), kind, 0.1);
        Map<String, double[]> expected = new HashMap<>();
        Map<String, double[]> actual = new HashMap<>();
        network.addListeners(new BaseTrainingListener() {
            @Override
            public void onGradientCalculation(Model model) {
                Gradient gradient = model.gradient();
                Network.of(model)
                        .trainables()
                        .forEach((prefix, layer) -> layer.paramTable(true)
                                .keySet()
                                .forEach(name -> {
                                    GradientNormalisation normalisation =
                                            GradientNormalisation.of(layer, gradient, prefix, name, DATA.numExamples());
                                    double[] values = gradient.getGradientFor(prefix + "_" + name)
                                            .dup('c')
                                            .data()
                                            .asDouble();
                                    for (int i = 0; i < values.length; i++) {
                                        values[i] = normalisation.of(values[i] / DATA.numExamples());
                                    }
                                    expected.put(prefix + "_" + name, values);
                                }));
            }

            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                model.gradient()
                        .gradientForVariable()
                        .forEach((name, values) ->
                                actual.put(name, values.dup('c').data().asDouble()));
            }
        });

        network.fit(DATA);

        assertThat(actual)
                .hasSize(4)
                .allSatisfy((name, values) ->
                        assertThat(values).as(name).containsExactly(expected.get(name), within(1e-6)));
    }

    /** Adam remembers the clipped gradients; those that it does not clip make tau shorter than the mean says. */
    @ParameterizedTest
    @EnumSource(
            value = GradientNormalization.class,
            names = {"ClipL2PerLayer", "ClipElementWiseAbsoluteValue"})
    void theFirstLambdaLeavesTimeToLearnWhereGradientsAreClipped(GradientNormalization kind) {
        MultiLayerNetwork network = network(new Adam(0.01), kind, 1e-4);
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive().withMeasureEvery(1));
        network.addListeners(listener);

        network.fit(DATA);
        double first = listener.lambda();
        network.fit(DATA);

        double etaEff = listener.history().get(0).measurement().etaEff();
        assertThat(1 / (etaEff * first)).isGreaterThan(100);
    }

    /** It counts on, but its state is that of the beginning: 0, or the updater's epsilon. */
    @ParameterizedTest
    @MethodSource("updaters")
    void anUpdaterWithoutItsStateIsFresh(IUpdater updater) throws IOException {
        MultiLayerNetwork trained = network(updater, GradientNormalization.None, 1);
        for (int i = 0; i < 50; i++) {
            trained.fit(DATA);
        }
        Path file = folder.resolve("network.zip");
        trained.save(file.toFile(), false);
        MultiLayerNetwork loaded = MultiLayerNetwork.load(file.toFile(), true);
        loaded.getUpdater(); // makes one
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive().fromTheStart());
        loaded.addListeners(listener);

        loaded.fit(DATA);

        assertThat(listener.lambda()).isGreaterThan(1e-5);
    }
}
