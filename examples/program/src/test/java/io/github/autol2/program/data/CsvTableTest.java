package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {

    private static final SplitSizes SIZES = new SplitSizes(6, 2, 2);

    /** Ten rows: two features, the first of which grows from row to row, and the classes a and b by turns. */
    private static final String BODY = IntStream.range(0, 10)
            .mapToObj(i -> i + "," + i * i % 7 + "," + (i % 2 == 0 ? "a" : "b") + "\n")
            .collect(Collectors.joining());

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("a table.csv");
    }

    @Test
    void keepsEveryRowOnceWithItsLabel() throws IOException {
        // when
        DataSplit split = load(BODY, "last");

        // then: standardising keeps the order of the first column
        assertThat(split.shape()).isEqualTo(InputShape.row(2));
        assertThat(split.classNames()).containsExactly("a", "b");
        List<Float> first = Values.features(split).stream().map(row -> row[0]).toList();
        List<Float> sorted = first.stream().sorted().toList();
        assertThat(first).hasSize(10).doesNotHaveDuplicates().isNotEqualTo(sorted);
        for (int i = 0; i < 10; i++) {
            assertThat(Values.labels(split).get(i)).isEqualTo(sorted.indexOf(first.get(i)) % 2);
        }
    }

    @Test
    void standardisesWithTheTrainingRowsOnly() throws IOException {
        // when
        DataSplit split = load(BODY, "last");

        // then
        for (int c = 0; c < 2; c++) {
            int column = c;
            List<Float> training = Values.features(split.training()).stream()
                    .map(row -> row[column])
                    .toList();
            assertThat(training.stream().mapToDouble(v -> v).sum()).isCloseTo(0, within(1e-5));
            assertThat(training.stream().mapToDouble(v -> v * v).sum()).isCloseTo(6, within(1e-5));
        }
        assertThat(Values.features(split).stream().mapToDouble(row -> row[0]).sum())
                .isNotCloseTo(0, within(1e-3));
    }

    @Test
    void takesTestRowsFromTheEndWhateverTheOtherSizes() throws IOException {
        DataSplit split = load(BODY, "last");

        DataSplit smaller = new CsvTable(file, "last").load(new SplitSizes(6, 0, 2), 1);

        assertThat(Values.features(smaller.test())).usingRecursiveComparison().isEqualTo(Values.features(split.test()));
    }

    @Test
    void shufflesByTheSeed() throws IOException {
        DataSplit split = load(BODY, "last");

        assertThat(Values.same(split, new CsvTable(file, "last").load(SIZES, 1)))
                .isTrue();
        assertThat(Values.same(split, new CsvTable(file, "last").load(SIZES, 2)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x,y,kind\n",
                "\uFEFFx,y,kind\r\n",
                "\"x, or so\",\"y\",\"kind\"\n\n",
                " x , y , kind \n",
                "1,y,2\n"
            })
    void skipsAHeader(String header) throws IOException {
        DataSplit bare = load(BODY, "last");

        DataSplit headed = load(header + BODY + "\n", "last");

        assertThat(Values.same(bare, headed)).isTrue();
    }

    @Test
    void findsTheLabelByPositionNumberOrName() throws IOException {
        // given
        DataSplit expected = load("x,y,kind\n" + BODY, "last");
        String labelFirst = BODY.replaceAll("(.*),(.*),(.*)", "$3,$1,$2");

        // then
        assertThat(Values.same(expected, load("x,y,kind\n" + BODY, "kind"))).isTrue();
        assertThat(Values.same(expected, load("x,y,kind\n" + BODY, "2"))).isTrue();
        assertThat(Values.same(expected, load(labelFirst, "first"))).isTrue();
        assertThat(Values.same(expected, load(labelFirst, "0"))).isTrue();
        assertThat(Values.same(expected, load("kind,1,2\n" + labelFirst, "kind")))
                .isTrue();
    }

    @Test
    void doesNotTakeAFirstRowForAHeaderBecauseItsLabelLooksLikeTheColumnNumber() throws IOException {
        String body =
                IntStream.range(0, 10).mapToObj(i -> i % 2 + "," + i + "\n").collect(Collectors.joining());

        DataSplit split = load(body, "0");

        assertThat(Values.labels(split)).hasSize(10);
    }

    @Test
    void sortsNumbersAsNumbersAndNamesAsText() throws IOException {
        assertThat(load(BODY.replace("a", "10").replace("b", "9"), "last").classNames())
                .containsExactly("9", "10");
        assertThat(load(BODY.replace("a", "x10").replace("b", "x9"), "last").classNames())
                .containsExactly("x10", "x9");
    }

    @Test
    void takesTwoSpellingsOfANumberForOneClass() throws IOException {
        assertThat(load(BODY.replace("a", "1").replace("b", "2").replaceFirst("0,1\n", "0,1.0\n"), "last")
                        .classNames())
                .hasSize(2);
    }

    @Test
    void acceptsTrainingRowsThatMissAClass() throws IOException {
        DataSplit split = load(BODY.replaceFirst("a", "rare"), "last");

        assertThat(split.classNames()).containsExactly("a", "b", "rare");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "three,1,b | column 0 (counted from 0) must hold numbers, got 'three'",
                ",1,b      | column 0 (counted from 0) must hold numbers, got ''",
                "12f,1,b   | column 0 (counted from 0) must hold numbers, got '12f'",
                "3,NaN,b   | column 1 (counted from 0) must hold finite numbers below 3.4e38, got NaN",
                "3,-Infinity,b | column 1 (counted from 0) must hold finite numbers below 3.4e38, got -Infinity",
                "3,1e39,b  | column 1 (counted from 0) must hold finite numbers below 3.4e38, got 1e39",
                "3,1       | must have the 3 columns of the first line, got 2",
                "3,1,b,b   | must have the 3 columns of the first line, got 4",
                "3,1,      | label column 2 (counted from 0) must hold a class, got ''",
                "3,1,NaN   | label column 2 (counted from 0) must hold a class, got 'NaN'",
                "3,1,\"b   | Un-terminated quoted field at end of CSV line"
            })
    void refusesABadLineWithItsNumber(String line, String problem) {
        assertRefused(BODY.replace("3,2,b", line), "last", ", line 4: " + problem);
    }

    @Test
    void namesTheColumnByItsHeaderAndCountsBlankLines() {
        assertRefused(
                "size,y,kind\n\n" + BODY.replace("3,2,b", "?,2,b"),
                "kind",
                ", line 6: column 'size' must hold numbers, got '?'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n"})
    void refusesAnEmptyFile(String content) {
        assertRefused(content, "last", ": the file is empty");
    }

    @Test
    void refusesAHeaderWithoutRows() {
        assertRefused("x,y,kind\n", "last", ": must have rows, got only a header");
    }

    @Test
    void refusesAMissingFile() {
        assertThatThrownBy(() -> new CsvTable(file, "last").load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": there is no such file");
    }

    @Test
    void refusesASingleColumn() {
        assertRefused(
                BODY.replace(",", ";"),
                "last",
                ": must have a feature and a label column, separated by a comma, got 1 column");
    }

    @Test
    void refusesALabelColumnThatIsNotThere() {
        String rule = ": the label column must be last, first, a column number or a name that the header has once";
        assertRefused("x,y,kind\n" + BODY, "species", rule + ", got 'species'; the first line is x,y,kind");
        assertRefused("x,kind,kind\n" + BODY, "kind", rule + ", got 'kind'; the first line is x,kind,kind");
        assertRefused(BODY, "3", ": the label column must be one of 0 to 2, got 3");
    }

    @Test
    void refusesASingleClass() {
        assertRefused(
                BODY.replace("b", "a"),
                "last",
                ": label column 2 (counted from 0) must hold at least 2 classes, got [a]");
    }

    @Test
    void refusesAQuantityAsLabel() {
        String problem = " different values in 10 rows: that looks like a quantity to predict (regression)";

        // more than half of the rows
        assertRefused("x,y,kind\n" + BODY, "x", ": label column 'x' must hold classes, got 10" + problem);
        // fewer, but with fractions
        assertRefused(
                BODY.replace("a", "1.5").replace("b", "2"),
                "last",
                ": label column 2 (counted from 0) must hold classes, got 2" + problem);
    }

    @Test
    void refusesMoreRowsThanThereAre() throws IOException {
        Files.writeString(file, BODY);

        assertThat(new CsvTable(file, "last")
                        .load(new SplitSizes(7, 1, 2), 1)
                        .training()
                        .numExamples())
                .isEqualTo(7);
        assertThatThrownBy(() -> new CsvTable(file, "last").load(new SplitSizes(7, 2, 2), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        file
                                + ": data.trainSize 7 + data.validationSize 2 + data.testSize 2 exceed the 10 rows of the file");
    }

    private DataSplit load(String content, String label) throws IOException {
        Files.writeString(file, content);
        return new CsvTable(file, label).load(SIZES, 1);
    }

    private void assertRefused(String content, String label, String problem) {
        assertThatThrownBy(() -> load(content, label))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + problem);
    }
}
