package io.github.autol2.program.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.autol2.config.LambdaSettings;
import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsException;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.data.ClassWeights;
import io.github.autol2.program.data.SeenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunSettingsTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeAFile() throws IOException {
        file = Files.writeString(folder.resolve("something.txt"), "");
    }

    @Test
    void hasADefaultForEverything() {
        // when
        RunSettings settings = read();

        // then
        assertThat(settings.seeds()).containsExactly(1L, 2L, 3L);
        assertThat(settings.data())
                .isEqualTo(new DataSettings(
                        DataSettings.Kind.SYNTHETIC,
                        Optional.empty(),
                        Optional.empty(),
                        512,
                        256,
                        1000,
                        Set.of(),
                        0,
                        ClassWeights.NONE,
                        DataSettings.Split.FIXED,
                        new SeenFiles()));
        assertThat(settings.model())
                .isEqualTo(new ModelSettings(ModelSettings.Kind.MLP, Optional.empty(), 64, 3, 1, false));
        assertThat(settings.train())
                .isEqualTo(new TrainSettings(
                        Optional.of(4000),
                        Optional.empty(),
                        128,
                        TrainSettings.Updater.NESTEROVS,
                        0.05,
                        0.9,
                        LearningRateSchedule.CONSTANT,
                        20,
                        30,
                        true));
        assertThat(settings.lambda().mode()).isEqualTo(LambdaSettings.Mode.ADAPTIVE);
        assertThat(settings.iterations()).isEqualTo(4000);
    }

    @Test
    void showsEveryEffectiveValue() {
        // given
        SettingsReader reader =
                new SettingsReader(Settings.load(Optional.empty(), List.of("train.updater=adam", "train.epochs=3")));

        // when
        RunSettings.read(reader);

        // then
        assertThat(reader.effective())
                .hasToString(
                        "{seeds=1,2,3, data.kind=synthetic, data.path=unused, data.validationPath=unused, data.testPath=unused, data.label=unused, data.encoding=unused, "
                                + "data.separator=unused, data.decimal=unused, data.header=unused, data.gaps=unused, data.drop=unused, data.keep=unused, data.categories=unused, data.missing=unused, "
                                + "data.text=unused, data.task=unused, data.unlabelled=unused, "
                                + "data.trainSize=512, data.validationSize=256, data.testSize=1000, data.augment=none, data.labelNoise=0.0, data.classWeights=none, data.split=fixed, model.kind=mlp, model.file=unused, "
                                + "model.width=64, model.depth=3, model.stride=unused, model.batchNorm=false, train.steps=unused, train.epochs=3, "
                                + "train.batchSize=128, train.updater=adam, train.learningRate=0.05, train.momentum=unused, "
                                + "train.schedule=constant, train.evaluateEvery=20, train.keepEvery=30.0, train.helpers=true, "
                                + "lambda.mode=adaptive, lambda.value=unused, lambda.initial=preset, "
                                + "lambda.decayFactor=preset, lambda.refractory=preset, lambda.measureEvery=preset, lambda.minimum=preset, "
                                + "calibration.share=0.1, calibration.budgets=none, calibration.race=true}");
    }

    @Test
    void describesEveryKey() {
        // given
        SettingsReader reader = new SettingsReader(Settings.load(Optional.empty(), List.of()));

        // when
        RunSettings.read(reader);

        // then
        assertThat(reader.described())
                .extracting(SettingsReader.Description::key)
                .containsExactlyElementsOf(reader.effective().keySet());
        assertThat(reader.described()).allSatisfy(row -> {
            assertThat(row.byDefault()).isNotBlank();
            assertThat(row.allowed()).isNotBlank();
            assertThat(row.description()).isNotBlank().doesNotContain("|");
        });
    }

    @Test
    void readsTheSameSettingsFromAllFormats() throws IOException {
        // given
        Path properties = Files.writeString(folder.resolve("a.properties"), """
                seeds = 4, 5
                data.kind = csv
                data.path = %s
                data.label = last
                model.kind = cnn
                model.batchNorm = true
                train.epochs = 7
                train.batchSize = 100
                train.updater = sgd
                train.learningRate = 1e-2
                train.schedule = 0.2@0.3,0.6,0.9
                lambda.mode = paper
                lambda.initial = 0.3
                """.formatted(file));
        Path yaml = Files.writeString(folder.resolve("a.yaml"), """
                seeds: [4, 5]
                data: {kind: csv, path: '%s', label: last}
                model:
                  kind: cnn
                  batchNorm: true
                train:
                  epochs: 7
                  batchSize: 100
                  updater: sgd
                  learningRate: 1e-2
                  schedule: 0.2@0.3,0.6,0.9
                lambda.mode: paper
                lambda.initial: 0.3
                """.formatted(file));
        Path xml = Files.writeString(folder.resolve("a.xml"), """
                <autol2>
                  <seeds>4,5</seeds>
                  <data><kind>csv</kind><path>%s</path><label>last</label></data>
                  <model><kind>cnn</kind><batchNorm>true</batchNorm></model>
                  <train>
                    <epochs>7</epochs><batchSize>100</batchSize><updater>sgd</updater><learningRate>1e-2</learningRate>
                    <schedule>0.2@0.3,0.6,0.9</schedule>
                  </train>
                  <lambda><mode>paper</mode><initial>0.3</initial></lambda>
                </autol2>
                """.formatted(file));

        // when
        RunSettings settings = readFile(properties);

        // then
        assertThat(settings).isEqualTo(readFile(yaml)).isEqualTo(readFile(xml));
        assertThat(settings.seeds()).containsExactly(4L, 5L);
        assertThat(settings.data().path()).contains(file);
        assertThat(settings.train().schedule()).isEqualTo(new LearningRateSchedule.Steps(0.2, List.of(0.3, 0.6, 0.9)));
        assertThat(settings.train().momentum()).isZero();
        assertThat(settings.iterations()).isEqualTo(7 * ((settings.data().trainSize() + 99L) / 100));
        assertThat(settings.lambda().options(1).decayFactor()).isEqualTo(10);
    }

    @Test
    void overridesWin() throws IOException {
        Path yaml = Files.writeString(folder.resolve("a.yaml"), "train: {steps: 100, batchSize: 64}");

        TrainSettings train = RunSettings.read(Settings.load(Optional.of(yaml), List.of("train.steps=7")))
                .train();

        assertThat(train.steps()).contains(7);
        assertThat(train.batchSize()).isEqualTo(64);
    }

    @Test
    void tellsSixMistakesInSixLines() throws IOException {
        // given
        Path properties = Files.writeString(folder.resolve("autol2.properties"), """
                # six mistakes
                seeds = 1,1
                train.learnigRate = 0.1
                train.momentum = 1
                model.kind = file
                model.width = 32
                data.trainSize = 64
                """);

        // then
        assertThat(catchThrowableOfType(SettingsException.class, () -> readFile(properties)))
                .hasMessage("""
                        6 problems in the settings:
                        F:2: seeds must be distinct, got 1,1
                        F:3: unknown key train.learnigRate; did you mean train.learningRate?
                        F:4: train.momentum must be in [0, 1), got 1
                        F:5: model.file is required with model.kind = file
                        F:6: model.width has no effect with model.kind = file, got 32
                        F:7: train.batchSize must be <= data.trainSize 64, got 128""".replace("F:", properties + ":"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seeds=7",
                "seeds=-1,1",
                "data.trainSize=128",
                "data.validationSize=1",
                "data.testSize=1",
                "model.width=1",
                "model.depth=1",
                "train.steps=1",
                "train.epochs=1",
                "train.batchSize=1",
                "train.batchSize=512",
                "train.learningRate=1e-12",
                "train.learningRate=1e6",
                "train.momentum=0",
                "train.momentum=0.9999999999",
                "train.evaluateEvery=1"
            })
    void acceptsTheEdgeOfEachRange(String setting) {
        assertThat(read(setting)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seeds|1,2,1|must be distinct",
                "data.kind|mnist|must be one of synthetic, synthetic-color, idx, cifar10, csv",
                "data.trainSize|0|must be >= 1",
                "data.validationSize|0|must be >= 1",
                "data.testSize|0|must be >= 1",
                "model.kind|resnet|must be one of mlp, cnn, paper-cnn, wrn, file",
                "model.width|0|must be >= 1",
                "model.depth|0|must be >= 1",
                "model.batchNorm|yes|must be true or false",
                "train.steps|0|must be >= 1",
                "train.epochs|0|must be >= 1",
                "train.batchSize|0|must be >= 1",
                "train.batchSize|513|must be <= data.trainSize 512",
                "train.updater|rprop|must be one of sgd, nesterovs, adam, rmsprop",
                "train.learningRate|0|must be > 0",
                "train.momentum|1|must be in [0, 1)",
                "train.momentum|-0.1|must be in [0, 1)",
                "train.evaluateEvery|0|must be >= 1",
                "train.keepEvery|-1|must be >= 0",
                "train.learningRate|1.0E-13|must be at least 1.0E-12 and at most 1000000.0",
                "train.schedule|0.2|must be constant, cosine, or factor@fractions with a factor > 0 and increasing fractions in (0, 1), "
                        + "such as 0.2@0.3,0.6,0.9"
            })
    void rejectsWhatIsOutsideEachRange(String key, String value, String rule) {
        assertThat(readMessage(key + "=" + value)).isEqualTo("--set: " + key + " " + rule + ", got " + value);
    }

    @ParameterizedTest
    @CsvSource({"512, 128, 4", "513, 128, 5", "511, 128, 4", "1, 1, 1", "2147483647, 1, 2147483647"})
    void countsTheLastBatchOfAnEpochEvenIfItIsSmall(int trainSize, int batchSize, long perEpoch) {
        TrainSettings train = new TrainSettings(
                Optional.empty(),
                Optional.of(3),
                batchSize,
                TrainSettings.Updater.SGD,
                0.1,
                0,
                LearningRateSchedule.CONSTANT,
                1,
                30,
                true);

        assertThat(train.iterations(trainSize)).isEqualTo(3 * perEpoch);
    }

    @Test
    void cannotBeMadeOutsideItsRules() {
        RunSettings valid = read();

        assertThatThrownBy(() -> new RunSettings(
                        List.of(), valid.data(), valid.model(), valid.train(), valid.lambda(), valid.calibration()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("seeds must be distinct and at least one, got []");
        assertThatThrownBy(() -> new DataSettings(
                        DataSettings.Kind.SYNTHETIC,
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        1,
                        1,
                        Set.of(),
                        0,
                        ClassWeights.NONE,
                        DataSettings.Split.FIXED,
                        new SeenFiles()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data.trainSize must be >= 1, got 0");
        assertThatThrownBy(() -> new TrainSettings(
                        Optional.of(1),
                        Optional.of(1),
                        1,
                        TrainSettings.Updater.SGD,
                        0.1,
                        0,
                        LearningRateSchedule.CONSTANT,
                        1,
                        30,
                        true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("exactly one of train.steps and train.epochs");
    }

    private static RunSettings read(String... overrides) {
        return RunSettings.read(Settings.load(Optional.empty(), List.of(overrides)));
    }

    private static RunSettings readFile(Path file) {
        return RunSettings.read(Settings.load(Optional.of(file), List.of()));
    }

    private static String readMessage(String... overrides) {
        return catchThrowableOfType(SettingsException.class, () -> read(overrides))
                .getMessage();
    }
}
