package io.github.autol2.program.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsException;
import io.github.autol2.program.data.Augmentation;
import io.github.autol2.program.data.Cifar10;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.IdxFiles;
import io.github.autol2.program.data.InputShape;
import io.github.autol2.program.data.InvalidDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys the kinds of data, model and updater need, and which do nothing with them. */
class KindsTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeAFile() throws IOException {
        file = Files.writeString(folder.resolve("something.txt"), "");
    }

    @ParameterizedTest
    @CsvSource({
        "data.label, last, data.kind, synthetic",
        "model.file, x, model.kind, mlp",
        "model.file, x, model.kind, cnn",
        "model.depth, 3, model.kind, paper-cnn",
        "train.momentum, 0.9, train.updater, sgd",
        "train.momentum, 0.9, train.updater, adam",
        "train.steps, 10, train.epochs, 5"
    })
    void refusesAKeyThatDoesNothing(String key, String value, String decidedBy, String decision) {
        assertThat(readMessage(key + "=" + value, decidedBy + "=" + decision))
                .isEqualTo("--set: " + key + " has no effect with " + decidedBy + " = " + decision + ", got " + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data.kind=synthetic", "data.kind=synthetic-color", "seeds=1"})
    void saysWhatKindOfDataAPathNeeds(String setting) {
        assertThat(readMessage("data.path=wine.csv", setting))
                .isEqualTo("--set: data.path needs data.kind=csv for a table, data.kind=idx for images in files like "
                        + "MNIST's, or data.kind=cifar10, got wine.csv");
    }

    @Test
    void saysNothingOfAPathWhereTheKindOfDataIsWrong() {
        assertThat(readMessage("data.path=wine.csv", "data.kind=cvs")).doesNotContain("data.path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"width=64", "depth=3", "batchNorm=false"})
    void refusesKeysOfBuiltInModelsForAModelFromAFile(String setting) {
        assertThat(readMessage("model.kind=file", "model.file=" + file, "model." + setting))
                .startsWith(
                        "--set: model." + setting.replaceFirst("=.*", " has no effect with model.kind = file, got "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"updater=adam", "learningRate=0.05", "momentum=0.9", "schedule=constant"})
    void refusesTheUpdatersKeysForAModelFromAFile(String setting) {
        assertThat(readMessage("model.kind=file", "model.file=" + file, "train." + setting))
                .startsWith(
                        "--set: train." + setting.replaceFirst("=.*", " has no effect with model.kind = file, got "));
    }

    @Test
    void tellsOnlyOnceThatAKeyDoesNothing() {
        assertThat(readMessage("model.kind=file", "model.file=" + file, "train.updater=adam", "train.momentum=0.9"))
                .isEqualTo("""
                2 problems in the settings:
                --set: train.momentum has no effect with train.updater = adam, got 0.9
                --set: train.updater has no effect with model.kind = file, got adam""");
    }

    @Test
    void loadsTheExamplesOfEachKind() {
        // given
        DataSettings synthetic = read("data.trainSize=130", "data.validationSize=2", "data.testSize=3")
                .data();

        // when
        DataSplit split = synthetic.load();

        // then
        assertThat(split.training().numExamples()).isEqualTo(130);
        assertThat(split.validation().numExamples()).isEqualTo(2);
        assertThat(split.test().numExamples()).isEqualTo(3);
        assertThat(synthetic.load().training().getFeatures())
                .isEqualTo(split.training().getFeatures());
        assertThat(read("data.kind=synthetic-color").data().load().shape()).isEqualTo(new InputShape(3, 32, 32));
        assertThatThrownBy(() ->
                        read("data.kind=cifar10", "data.path=" + folder).data().load())
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(folder.toString());
        assertThatThrownBy(() ->
                        read("data.kind=idx", "data.path=" + folder).data().load())
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(folder.toString());
        assertThatThrownBy(
                        () -> read("data.kind=csv", "data.path=" + file).data().load())
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void needsAnExistingFolderForIdx() {
        assertThat(read("data.kind=idx", "data.path=" + folder).data().path()).contains(folder);
        assertThat(readMessage("data.kind=idx")).isEqualTo("--set: data.path is required with data.kind = idx");
        assertThat(readMessage("data.kind=idx", "data.path=" + file))
                .isEqualTo("--set: data.path must be an existing folder (" + IdxFiles.ORIGIN + "), got " + file);
        assertThat(readMessage("data.kind=idx", "data.path=" + folder, "data.label=last"))
                .isEqualTo("--set: data.label has no effect with data.kind = idx, got last");
    }

    @Test
    void needsAnExistingFolderOrArchiveForCifar10() {
        assertThat(read("data.kind=cifar10", "data.path=" + folder).data().path())
                .contains(folder);
        assertThat(read("data.kind=cifar10", "data.path=" + file).data().path()).contains(file);
        assertThat(readMessage("data.kind=cifar10")).isEqualTo("--set: data.path is required with data.kind = cifar10");
        assertThat(readMessage("data.kind=cifar10", "data.path=" + folder.resolve("none")))
                .isEqualTo("--set: data.path must be an existing folder or archive (" + Cifar10.ORIGIN + "), got "
                        + folder.resolve("none"));
    }

    @Test
    void readsTheAugmentation() {
        assertThat(read("data.augment=crop,flip").data().augment())
                .containsExactlyInAnyOrder(Augmentation.FLIP, Augmentation.CROP);
        assertThat(readMessage("data.kind=csv", "data.path=" + file, "data.augment=mixup"))
                .isEqualTo("--set: data.augment has no effect with data.kind = csv, got mixup");
        assertThat(readMessage("data.augment=rotate"))
                .isEqualTo(
                        "--set: data.augment must be none, or some of flip, crop, mixup separated by commas, got rotate");
    }

    @Test
    void needsAnExistingFileForCsv() {
        assertThat(read("data.kind=csv", "data.path=" + file, "data.label=last")
                        .data()
                        .path())
                .contains(file);
        assertThat(readMessage("data.kind=csv")).isEqualTo("--set: data.path is required with data.kind = csv");
        assertThat(readMessage("data.kind=csv", "data.path=" + folder))
                .isEqualTo("--set: data.path must be an existing file, got " + folder);
    }

    @Test
    void needsAnExistingFileForAModelFromAFile() {
        assertThat(read("model.kind=file", "model.file=" + file).model().file()).contains(new NetworkText(file));
        assertThat(readMessage("model.kind=file")).isEqualTo("--set: model.file is required with model.kind = file");
        assertThat(readMessage("model.kind=file", "model.file=" + folder))
                .isEqualTo("--set: model.file must be an existing file, got " + folder);
    }

    @Test
    void needsDepthAndWidthForAWideResNet() {
        assertThat(read("model.kind=wrn", "model.depth=16", "model.width=4").model())
                .isEqualTo(new ModelSettings(ModelSettings.Kind.WRN, Optional.empty(), 4, 16, 1, false));
        assertThat(readMessage("model.kind=wrn", "model.depth=16"))
                .isEqualTo("--set: model.width is required with model.kind = wrn");
        assertThat(readMessage("model.kind=wrn", "model.width=4"))
                .isEqualTo("--set: model.depth is required with model.kind = wrn");
        assertThat(readMessage("model.kind=wrn", "model.depth=17", "model.width=4"))
                .isEqualTo("--set: model.depth must be 6n + 4 with n >= 1, such as 10, 16 or 28, got 17");
        assertThat(readMessage("model.kind=wrn", "model.depth=16", "model.width=4", "model.batchNorm=true"))
                .isEqualTo("--set: model.batchNorm has no effect with model.kind = wrn, got true");
    }

    private static RunSettings read(String... overrides) {
        return RunSettings.read(Settings.load(Optional.empty(), List.of(overrides)));
    }

    private static String readMessage(String... overrides) {
        return catchThrowableOfType(SettingsException.class, () -> read(overrides))
                .getMessage();
    }
}
