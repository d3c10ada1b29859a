package io.github.autol2.program.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.config.Settings;
import io.github.autol2.dl4j.SavedNetwork;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/** An interrupted training run that goes on, against the same run without an interruption. */
@Tag("slow")
class KeptTrainingTest {

    @TempDir
    private Path folder;

    /** In the place of a kill: the run ends in the middle of its work. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train.schedule=0.5@0.5",
                "lambda.mode=paper lambda.initial=0.08 lambda.decayFactor=2 lambda.refractory=0 lambda.measureEvery=1",
                "lambda.mode=constant lambda.value=0.004 train.updater=adam",
                "lambda.mode=free train.updater=adam",
                "lambda.mode=free train.steps=600 train.evaluateEvery=20", // both kills are before lambda is set
                "model.batchNorm=true train.batchSize=30",
                "data.kind=synthetic-color data.augment=flip,crop,mixup train.updater=sgd",
                "model.kind=file model.file=DROPOUT",
                "data.kind=csv data.path=HOUSES data.task=classes data.classWeights=balanced",
                "data.kind=csv data.path=HOUSES data.task=regression",
                "data.kind=csv data.path=HOUSES data.task=regression train.learningRate=1e6" // diverges
            })
    void goesOnToTheVerySameResult(String settings) throws IOException {
        // given
        RunSettings run = settings(settings);
        DataSplit data = run.data().load();
        KeptTraining whole = new KeptTraining(folder.resolve("whole.zip"), 1e9, Map.of());
        RunResult expected = new TrainingRun(run, data).train(5, (done, lambda, loss) -> {}, whole);

        // when
        KeptTraining cut = new KeptTraining(folder.resolve("cut.zip"), 0, Map.of());
        for (long end : List.of(25L, 47L)) { // kept at 20 and at 40
            assertThatThrownBy(
                            () -> new TrainingRun(run, data).train(5, (done, lambda, loss) -> killAt(end, done), cut))
                    .isInstanceOf(Killed.class);
        }
        List<Long> trained = new ArrayList<>();
        RunResult resumed = new TrainingRun(run, data).train(5, (done, lambda, loss) -> trained.add(done), cut);

        // then
        assertThat(trained).first().isEqualTo(41L);
        assertThat(resumed.curve()).isEqualTo(expected.curve());
        assertThat(resumed.divisions()).isEqualTo(expected.divisions());
        assertThat(resumed.initialLambda()).isEqualTo(expected.initialLambda());
        assertThat(numbers(network(cut).params()))
                .isEqualTo(numbers(network(whole).params()));
        assertThat(numbers(network(cut).getUpdater().getStateViewArray()))
                .isEqualTo(numbers(network(whole).getUpdater().getStateViewArray()));
        assertThat(network(cut).getIterationCount()).isEqualTo((int) run.iterations());
        assertThat(List.of(network(whole).getEpochCount(), network(cut).getEpochCount()))
                .as("passes over the data, which schedules may go by")
                .containsOnly((int) ((run.iterations() - 1) / run.batchesPerEpoch()));
    }

    @Test
    void theRunWithoutAnythingKeptIsTheSame() throws IOException {
        RunSettings run = settings("train.updater=adam");
        DataSplit data = run.data().load();

        RunResult kept = new TrainingRun(run, data)
                .train(5, (done, lambda, loss) -> {}, new KeptTraining(folder.resolve("kept.zip"), 0, Map.of()));
        RunResult plain =
                new TrainingRun(run, data).train(5, (done, lambda, loss) -> {}).result();

        assertThat(plain.curve()).isEqualTo(kept.curve());
    }

    @Test
    void writesNotMoreOftenThanAsked() {
        KeptTraining kept = new KeptTraining(folder.resolve("kept.zip"), 30, Map.of());

        assertThat(kept.isDue(29.9, 0)).isFalse();
        assertThat(kept.isDue(30, 0)).isTrue();
        assertThat(kept.isDue(30, 2)).isFalse(); // writing would take more than a twentieth of the time
        assertThat(kept.isDue(40, 2)).isTrue();
    }

    @Test
    void refusesAFileThatIsNoStateOfATraining() throws IOException {
        RunSettings run = settings("train.steps=20");
        Path file = folder.resolve("kept.zip");
        KeptTraining kept = new KeptTraining(file, 0, Map.of());
        new TrainingRun(run, run.data().load()).train(5, (done, lambda, loss) -> {}, kept);
        kept.copyNetwork(folder.resolve("model.zip"));

        assertThatThrownBy(() -> new KeptTraining(folder.resolve("model.zip"), 0, Map.of()).read(true))
                .isInstanceOf(IOException.class)
                .hasMessage(folder.resolve("model.zip") + " is not the state of a training run: it has no entry "
                        + KeptTraining.ENTRY);
        Files.writeString(file, "no zip");
        assertThatThrownBy(() -> kept.read(true))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " is not a zip file");
    }

    private static void killAt(long end, long done) {
        if (done == end) {
            throw new Killed();
        }
    }

    /** NaN equals NaN here, as it does not in ND4J; plain SGD has no state. */
    private static float[] numbers(INDArray array) {
        return array == null ? new float[0] : array.dup('c').data().asFloat();
    }

    private static MultiLayerNetwork network(KeptTraining kept) throws IOException {
        return (MultiLayerNetwork) SavedNetwork.read(kept.file());
    }

    private RunSettings settings(String settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "train.steps=60",
                "data.trainSize=64",
                "data.validationSize=32",
                "data.testSize=64",
                "train.batchSize=32",
                "train.evaluateEvery=20",
                "seeds=1"));
        for (String one : settings.replace("DROPOUT", dropout().toString())
                .replace("HOUSES", houses().toString())
                .split(" ", -1)) {
            String key = one.substring(0, one.indexOf('=') + 1);
            all.removeIf(other -> other.startsWith(key));
            all.add(one);
        }
        return RunSettings.read(Settings.load(Optional.empty(), all));
    }

    private Path houses() throws IOException {
        return Files.writeString(
                folder.resolve("houses.csv"),
                IntStream.range(0, 160)
                        .mapToObj(i -> i % 13 + "," + i % 7 + "," + (100 * (i % 13) + i % 3) + "\n")
                        .collect(Collectors.joining()));
    }

    /** Its random numbers must go on, too. */
    private Path dropout() throws IOException {
        String json = new NeuralNetConfiguration.Builder()
                .updater(new Adam(0.01))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(784)
                        .nOut(8)
                        .activation(Activation.RELU)
                        .dropOut(0.8)
                        .build())
                .layer(new OutputLayer.Builder()
                        .activation(Activation.SOFTMAX)
                        .nIn(8)
                        .nOut(10)
                        .build())
                .build()
                .toJson();
        return Files.writeString(folder.resolve("dropout.json"), json);
    }
}
