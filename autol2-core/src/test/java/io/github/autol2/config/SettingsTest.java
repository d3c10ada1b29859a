package io.github.autol2.config;

import static io.github.autol2.config.SettingsFiles.message;
import static io.github.autol2.config.SettingsFiles.reader;
import static io.github.autol2.config.SettingsFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Map<String, String> EXPECTED = Map.of(
            "seeds",
            "1,2,3",
            "data.path",
            "/data/größe, 2024-01-01",
            "train.steps",
            "010",
            "train.learningRate",
            "5e-2",
            "model.batchNorm",
            "true");

    @TempDir
    Path folder;

    @Test
    void readsTheSameTextsFromAllFormats() {
        // given
        Path properties = write(folder, "a.properties", """
                # a comment
                seeds = 1,2,3
                data.path = /data/größe, 2024-01-01
                train.steps: 010
                train.learningRate = 5e-2
                model.batchNorm = true
                """);
        Path nested = write(folder, "a.yaml", """
                seeds: [1, 2, 3]
                data:
                  path: "/data/größe, 2024-01-01"
                train:
                  steps: 010
                  learningRate: 5e-2
                model: {batchNorm: true}
                """);
        Path flat = write(folder, "a.yml", """
                seeds: 1,2,3
                data.path: /data/größe, 2024-01-01
                train.steps: 010
                train.learningRate: 5e-2
                model.batchNorm: true
                """);
        Path xml = write(folder, "a.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <autol2>
                  <seeds>1,2,3</seeds>
                  <data><path>/data/größe, 2024-01-01</path></data>
                  <train>
                    <steps>010</steps><!-- a comment -->
                    <learningRate><![CDATA[5e-2]]></learningRate>
                  </train>
                  <model.batchNorm>true</model.batchNorm>
                </autol2>
                """);

        // then
        assertThat(List.of(properties, nested, flat, xml))
                .allSatisfy(file -> assertThat(texts(file)).isEqualTo(EXPECTED));
    }

    @Test
    void readsAYamlSequenceOverSeveralLinesAsAList() {
        assertThat(texts(write(folder, "a.yaml", "seeds:\n- 7\n- 8\n"))).isEqualTo(Map.of("seeds", "7,8"));
    }

    @ParameterizedTest
    @CsvSource({"b.properties, a=1", "b.yaml, a: 1", "b.xml, <r><a>1</a></r>", "B.YAML, a: 1"})
    void readsPastAByteOrderMark(String name, String text) {
        assertThat(texts(write(folder, name, "\uFEFF" + text))).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void overridesWinOverTheFile() {
        // given
        Path file = write(folder, "a.properties", "a=1\nb=2\n");

        // when
        Settings settings = Settings.load(Optional.of(file), List.of("b=3", " c = x=y "));

        // then
        assertThat(settings.given())
                .hasSize(3)
                .containsEntry("b", new Setting("3", Origin.OVERRIDE, false))
                .containsEntry("c", new Setting("x=y", Origin.OVERRIDE, false));
        assertThat(settings.given().get("a").text()).isEqualTo("1");
    }

    @Test
    void takesAPresetForWhatIsNotGiven() {
        // given
        Settings defaults = Settings.preset("preset", List.of("a=1", "b=2"));

        // when
        SettingsReader reader = new SettingsReader(
                Settings.load(Optional.empty(), List.of("b=3", "c")).over(defaults));

        // then
        assertThat(reader.value("a", "", Format.text(), "")).isEqualTo("1");
        assertThat(reader.value("b", "", Format.text(), "")).isEqualTo("3");
        assertThatThrownBy(reader::finish).hasMessageContaining("must be key=value, got c");
    }

    @Test
    void leavesOutAPresetThatTheUsersValueMakesUseless() {
        // given
        Settings preset = Settings.preset("preset", List.of("kind=cnn", "stride=2"));

        // when
        SettingsReader reader = new SettingsReader(
                Settings.load(Optional.empty(), List.of("kind=mlp")).over(preset));
        boolean mlp = reader.value("kind", "", Format.text(), "").equals("mlp");
        reader.value("stride", "1", Format.text(), "");
        reader.refuseIf(mlp, "stride", "kind");

        // then
        reader.finish();
        assertThat(reader.effective()).containsEntry("stride", "unused");
    }

    @Test
    void needsNoFile() {
        assertThat(Settings.load(Optional.empty(), List.of()).given()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "=1", " =1", ""})
    void rejectsAnOverrideWithoutKeyAndEqualsSign(String override) {
        assertThat(message(folder, () -> reader(override).finish()))
                .isEqualTo(("--set: must be key=value, got " + override).strip());
    }

    @Test
    void rejectsAKeyOverriddenTwice() {
        assertThat(message(folder, () -> {
                    SettingsReader reader = reader("a=1", "a=1");
                    reader.value("a", 1, Format.integer(Range.atLeast(1)), "a");
                    reader.finish();
                }))
                .isEqualTo("--set: a is given twice");
    }

    @Test
    void rejectsFilesThatAreNone() throws IOException {
        // given
        Path subfolder = Files.createDirectory(folder.resolve("sub.yaml"));

        // then
        assertThat(loadMessage(subfolder)).isEqualTo("sub.yaml: is a folder, not a settings file");
        assertThat(loadMessage(folder.resolve("missing.yaml"))).isEqualTo("missing.yaml: no such file");
        assertThat(loadMessage(write(folder, "a.json", "{}")))
                .isEqualTo("a.json: must end in .properties, .yaml (or .yml) or .xml");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
    void rejectsAFileThatCannotBeRead() throws IOException {
        // given: even root cannot read a link to itself
        Path link = folder.resolve("link.yaml");
        Files.createSymbolicLink(link, link);

        // then
        assertThat(loadMessage(link)).startsWith("link.yaml: cannot be read: ");
    }

    @Test
    void rejectsOtherEncodings() throws IOException {
        Path file = Files.write(folder.resolve("a.properties"), "a=ö".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(loadMessage(file)).isEqualTo("a.properties: is not UTF-8 text");
    }

    @ParameterizedTest
    @CsvSource({
        "a.properties, ''",
        "a.properties, '# nothing\n'",
        "a.yaml, ''",
        "a.yaml, '# nothing\n'",
        "a.yaml, '---\n'",
        "a.yaml, '{}'",
        "a.xml, ' '",
        "a.xml, '<r/>'"
    })
    void rejectsAFileWithoutSettings(String name, String text) {
        assertThat(loadMessage(write(folder, name, text))).isEqualTo(name + ": no settings in it");
    }

    @Test
    void tellsTheLineOfASyntaxError() {
        assertThat(loadMessage(write(folder, "a.yaml", "a: 1\nb: [1, 2\n")))
                .startsWith("a.yaml:3: is not valid YAML: ");
        assertThat(loadMessage(write(folder, "b.yaml", "a: 1\n---\nb: 2\n")))
                .startsWith("b.yaml:2: is not valid YAML: ");
        assertThat(loadMessage(write(folder, "c.yaml", "just text\n")))
                .isEqualTo("c.yaml:1: must consist of lines key: value");
        assertThat(loadMessage(write(folder, "d.yaml", "a:\n- b: 1\n")))
                .isEqualTo("d.yaml:2: a value must be plain text or a list of plain texts");
        assertThat(loadMessage(write(folder, "e.yaml", "a: 1\n? [b]\n: 2\n")))
                .isEqualTo("e.yaml:2: a key must be plain text");
        assertThat(loadMessage(write(folder, "a.xml", "<r>\n<a>1</b>\n</r>")))
                .startsWith("a.xml:2: is not valid XML: ")
                .doesNotContain("\n");
        assertThat(loadMessage(write(folder, "b.xml", "<r>\n<a>1</a></r>\n<r/>")))
                .startsWith("b.xml:3: is not valid XML: ");
        assertThat(loadMessage(write(folder, "c.xml", "<r>\n<a>1</a>x</r>")))
                .isEqualTo("c.xml:2: each value must be in an element inside the root, got x");
        assertThat(loadMessage(write(folder, "a.properties", "a=\\uXYZW\n")))
                .startsWith("a.properties: is not a valid properties file: ");
    }

    @ParameterizedTest
    @CsvSource({
        "a.properties, 'a=1\nb=2\na=1\n', a.properties:3: a is given twice",
        "a.yaml, 'a: 1\nb: 2\na: 1\n', a.yaml:3: a is given twice",
        "a.xml, '<r><a>1</a>\n<b>2</b>\n<a>1</a></r>', a.xml:3: a is given twice"
    })
    void rejectsAKeyGivenTwice(String name, String text, String message) {
        // given
        SettingsReader reader = reader(write(folder, name, text));

        // when
        reader.optional("a", "none", Format.path(), "a");
        reader.optional("b", "none", Format.path(), "b");

        // then
        assertThat(message(folder, reader::finish)).isEqualTo(message + ", first in line 1");
    }

    @Test
    void rejectsAKeyGivenFlatAndNested() {
        SettingsReader reader = reader(write(folder, "a.yaml", "train:\n  steps: 1\ntrain.steps: 2\n"));

        reader.optional("train.steps", "none", Format.path(), "a");

        assertThat(message(folder, reader::finish)).isEqualTo("a.yaml:3: train.steps is given twice, first in line 2");
    }

    @Test
    void reportsAnUnreadableFileTogetherWithBadOverrides() {
        assertThat(message(folder, () -> Settings.load(Optional.of(folder.resolve("x.xml")), List.of("nonsense"))))
                .isEqualTo("""
                        2 problems in the settings:
                        --set: must be key=value, got nonsense
                        x.xml: no such file""");
    }

    private String loadMessage(Path file) {
        return message(folder, () -> Settings.load(Optional.of(file), List.of()));
    }

    private static Map<String, String> texts(Path file) {
        Map<String, String> texts = new HashMap<>();
        Settings.load(Optional.of(file), List.of()).given().forEach((key, setting) -> texts.put(key, setting.text()));
        return texts;
    }
}
