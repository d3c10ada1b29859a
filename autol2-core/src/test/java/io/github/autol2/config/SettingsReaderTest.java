package io.github.autol2.config;

import static io.github.autol2.config.SettingsFiles.message;
import static io.github.autol2.config.SettingsFiles.reader;
import static io.github.autol2.config.SettingsFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.config.SettingsReader.Description;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

    @Test
    @Timeout(5)
    void refusesANumberOfAMillionDigitsAtOnce() {
        SettingsReader reader =
                new SettingsReader(Settings.load(Optional.empty(), List.of("eta=" + "1".repeat(1_000_000))));

        assertThat(reader.value("eta", 0.5, Format.number(Range.above(0)), "a rate"))
                .isEqualTo(0.5);
        assertThatThrownBy(reader::finish)
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("--set: eta must be a number > 0 of at most 100 characters, got 111");
    }

    @Test
    void refusesReferencesThatMultiply() {
        SettingsReader reader = new SettingsReader(
                Settings.load(Optional.empty(), List.of("a=" + "x".repeat(60_000), "b=" + "${a}".repeat(20_000))));

        reader.value("a", "", Format.text(), "a text");
        reader.value("b", "", Format.text(), "a text");
        assertThatThrownBy(reader::finish)
                .isInstanceOf(SettingsException.class)
                .hasMessage("--set: b must be at most 1000000 characters long with its references");
    }

    private static final Format<Integer> COUNT = Format.integer(Range.atLeast(1));

    @TempDir
    Path folder;

    @Test
    void anotherReaderReadsTheSameFromTheGivenKeys() {
        // given
        SettingsReader reader = reader("train.steps=7", "rate=${train.steps}", "name=unused");
        reader.value("train.steps", 4000, COUNT, "length");
        reader.value("rate", 1, COUNT, "a rate");
        reader.value("width", 3, COUNT, "a width");
        reader.value("name", "none", Format.text(), "a name");
        reader.value("depth", 3, COUNT, "a depth");
        reader.refuseIf(true, "depth", "width");

        // then
        reader.finish();
        assertThat(reader.given()).hasToString("{train.steps=7, rate=7, name=unused}");
    }

    @Test
    void whatAPresetGivesWithoutEffectIsNotGiven() {
        SettingsReader reader = new SettingsReader(Settings.preset("a preset", List.of("width=4", "depth=5")));
        reader.value("width", 3, COUNT, "a width");
        reader.value("depth", 3, COUNT, "a depth");
        reader.refuseIf(true, "depth", "width");

        reader.finish();
        assertThat(reader.given()).hasToString("{width=4}");
    }

    @Test
    void answersWithDefaultsWhereNothingIsGiven() {
        // given
        SettingsReader reader = reader();

        // then
        assertThat(reader.value("train.steps", 4000, COUNT, "length")).isEqualTo(4000);
        assertThat(reader.optional("train.epochs", "none", COUNT, "length")).isEmpty();
        reader.finish();
        assertThat(reader.effective()).hasToString("{train.steps=4000, train.epochs=none}");
    }

    @Test
    void listsEffectiveValuesAndDescriptionsInReadingOrder() {
        // given
        SettingsReader reader = reader("b=007");

        // when
        reader.value("b", 2, COUNT, "the second letter");
        reader.value("a", 1, COUNT, "the first letter");
        reader.finish();

        // then
        assertThat(reader.effective()).hasToString("{b=7, a=1}");
        assertThat(reader.described())
                .containsExactly(
                        new Description("b", "2", "whole number >= 1", "the second letter"),
                        new Description("a", "1", "whole number >= 1", "the first letter"));
    }

    @Test
    void tellsOneProblemOnOneLine() {
        // given
        Path file = write(folder, "autol2.properties", "# eta\n\ntrain.learningRate = -0.1\n");
        SettingsReader reader = reader(file);

        // when
        double eta = reader.value("train.learningRate", 0.05, Format.number(Range.above(0)), "eta");

        // then
        assertThat(eta).isEqualTo(0.05);
        assertThat(message(folder, reader::finish))
                .isEqualTo("autol2.properties:3: train.learningRate must be > 0, got -0.1");
    }

    @Test
    void tellsAllProblemsAtOnceInTheOrderOfTheFile() {
        // given
        SettingsReader reader = reader(write(folder, "a.yaml", """
                e: 0
                a: x
                b:
                typo.learningRate: 1
                a: 3
                c: ${env:HOME}
                """), "d=0", "nonsense");

        // when
        for (String key : new String[] {"a", "b", "c", "d", "e", "train.learningRate"}) {
            reader.value(key, 1, COUNT, "a count");
        }
        reader.require(false, "train.learningRate", "must be < 1");

        // then
        assertThat(message(folder, reader::finish)).isEqualTo("""
                8 problems in the settings:
                a.yaml:1: e must be >= 1, got 0
                a.yaml:3: b must not be empty
                a.yaml:4: unknown key typo.learningRate; did you mean train.learningRate?
                a.yaml:5: a is given twice, first in line 2
                a.yaml:6: c may refer only to given keys with a plain value, got ${env:HOME}
                --set: must be key=value, got nonsense
                --set: d must be >= 1, got 0
                train.learningRate must be < 1, got 1""");
    }

    @ParameterizedTest
    @CsvSource({
        "a.properties, 'a=1\n\nb=\\\n  0\n', a.properties:4",
        "a.yaml, 'a: 1\n\nb:\n  0\n', a.yaml:3",
        "a.xml, '<r>\n<a>1</a>\n<b>0</b></r>', a.xml:3"
    })
    void tellsFileAndLine(String name, String text, String where) {
        // given
        SettingsReader reader = reader(write(folder, name, text));

        // when
        reader.value("a", 1, COUNT, "a");
        reader.value("b", 1, COUNT, "b");

        // then
        assertThat(message(folder, reader::finish)).isEqualTo(where + ": b must be >= 1, got 0");
    }

    @ParameterizedTest
    @CsvSource({
        "a.properties, 'b=\n'",
        "a.properties, 'b\n'",
        "a.yaml, 'b:\n'",
        "a.yaml, 'b: ~\n'",
        "a.yaml, 'b: \"\"\n'",
        "a.yaml, 'b: []\n'",
        "a.xml, <r><b/></r>",
        "a.xml, <r><b> </b></r>"
    })
    void rejectsAnEmptyValue(String name, String text) {
        SettingsReader reader = reader(write(folder, name, text));

        reader.optional("b", "none", Format.path(), "b");

        assertThat(message(folder, reader::finish)).isEqualTo(name + ":1: b must not be empty");
    }

    @ParameterizedTest
    @CsvSource({
        "train.learnigRate, ; did you mean train.learningRate?",
        "Train.LearningRate, ; did you mean train.learningRate?",
        "learningRate, ; did you mean train.learningRate?",
        "train.stepz, ; did you mean train.steps?",
        "train.xyz, ''",
        "train, ''"
    })
    void suggestsTheNearestKnownKey(String written, String hint) {
        // given
        SettingsReader reader = reader(written + "=1");

        // when
        reader.value("train.steps", 1, COUNT, "length");
        reader.value("train.learningRate", 1, COUNT, "eta");

        // then
        assertThat(message(folder, reader::finish)).isEqualTo("--set: unknown key " + written + hint);
    }

    @Test
    void requiresAKeyOnlyWhereAnotherAsksForIt() {
        // given
        SettingsReader reader = reader("kind=2");
        reader.value("kind", 1, COUNT, "kind");
        reader.optional("file", "none", Format.path(), "file");

        // when
        reader.requireIf(false, "file", "kind");
        reader.requireIf(true, "file", "kind");

        // then
        assertThat(message(folder, reader::finish)).isEqualTo("--set: file is required with kind = 2");
    }

    @Test
    void refusesAKeyThatDoesNothing() {
        // given
        SettingsReader reader = reader("width=3");
        reader.value("kind", 1, COUNT, "kind");
        reader.value("width", 64, COUNT, "width");
        reader.value("depth", 64, COUNT, "depth");

        // when
        reader.refuseIf(false, "depth", "kind");
        reader.refuseIf(true, "width", "kind");

        // then
        assertThat(message(folder, reader::finish)).isEqualTo("--set: width has no effect with kind = 1, got 3");
    }

    @Test
    void showsAKeyThatDoesNothingAsUnused() {
        // given
        SettingsReader reader = reader();
        reader.value("kind", 1, COUNT, "kind");
        reader.value("width", 64, COUNT, "width");

        // when
        reader.refuseIf(true, "width", "kind");
        reader.finish();

        // then
        assertThat(reader.effective()).containsEntry("width", "unused");
    }

    @Test
    void judgesNoRelationToAValueThatIsAlreadyWrong() {
        // given
        SettingsReader reader = reader("kind=0", "width=3");
        reader.value("kind", 1, COUNT, "kind");
        reader.value("width", 64, COUNT, "width");
        reader.optional("file", "none", Format.path(), "file");

        // when
        reader.refuseIf(true, "width", "kind");
        reader.requireIf(true, "file", "kind");
        reader.require(false, "width", "must be < kind", "kind");

        // then
        assertThat(message(folder, reader::finish)).isEqualTo("--set: kind must be >= 1, got 0");
    }

    @Test
    void tellsABrokenRelationWhereTheOtherKeyIsGiven() {
        // given
        SettingsReader reader = reader(write(folder, "a.yaml", "trainSize: 64"));
        reader.value("trainSize", 512, COUNT, "size");
        reader.value("batchSize", 128, COUNT, "size");

        // when
        reader.require(true, "trainSize", "must be anything");
        reader.require(false, "batchSize", "must be <= trainSize 64", "trainSize");

        // then
        assertThat(message(folder, reader::finish)).isEqualTo("a.yaml:1: batchSize must be <= trainSize 64, got 128");
    }

    @Test
    void readsEachKeyOnce() {
        SettingsReader reader = reader();
        reader.value("a", 1, COUNT, "a");

        assertThatThrownBy(() -> reader.value("a", 2, COUNT, "a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("key must be read once, got a again");
    }
}
