package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.program.data.TableColumns.Missing;
import io.github.autol2.program.data.TableColumns.Task;
import io.github.autol2.program.data.TableColumns.Text;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    void anotherLabelGivesAnotherFingerprint() throws IOException {
        String before = load(BODY, "last").fingerprint();

        assertThat(load(BODY, "last").fingerprint()).isEqualTo(before).startsWith("6+2+2 rows, sha256 ");
        assertThat(load(BODY.replaceFirst("a", "b"), "last").fingerprint()).isNotEqualTo(before);
        assertThat(load(BODY.replaceFirst("2,4", "2,4.001"), "last").fingerprint())
                .isNotEqualTo(before);
        assertThat(load(BODY.replace("a", "c"), "last").fingerprint()).isNotEqualTo(before);
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
                "NA,y,kind\n"
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

    @ParameterizedTest
    @CsvSource({"900000000000207001,900000000000207002", "1.1,1.10", "501,00501", "1,1.0", "1,+1", "é,e", "a,A"})
    void tellsClassesApartByTheirExactText(String first, String second) throws IOException {
        String body = IntStream.range(0, 40)
                .mapToObj(i -> i + "," + i * i % 7 + "," + (i % 2 == 0 ? first : second) + "\n")
                .collect(Collectors.joining());

        DataSplit split = load(body, "last");

        assertThat(split.classNames()).containsExactlyInAnyOrder(first, second);
        assertThat(Values.labels(split)).contains(0, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NA", "", "?", "NaN", "null"})
    void aFirstRowWithoutAValueIsNoHeader(String missing) {
        assertRefused(
                BODY.replaceFirst("^0", missing),
                "last",
                ", line 1: column 0 (counted from 0) has no value in 1 of 10 rows, got '" + missing
                        + "'; data.missing=fill takes the mean, data.drop leaves a column out, data.gaps "
                        + "says which texts mean no value");
    }

    @Test
    void refusesManyWholeNumbersAsClassesUnlessTheyAreSaidToBeSome() throws IOException {
        String body = IntStream.range(0, 1000)
                .mapToObj(i -> i * i % 13 + "," + i % 100 + "\n")
                .collect(Collectors.joining());
        Files.writeString(file, body);

        assertThatThrownBy(() -> new CsvTable(file, "last").load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("must hold classes, got 100 different values in 1000 rows")
                .hasMessageContaining("set data.task=regression, or data.task=classes if they are classes");
        assertThat(table("last", List.of(), Missing.REFUSE, Text.REFUSE, Task.CLASSES)
                        .load(SIZES, 1)
                        .classNames())
                .hasSize(100);
    }

    private CsvTable table(String label, List<String> drop, Missing missing, Text text, Task task) {
        return new CsvTable(file, TableFormat.FOUND, new TableColumns(label, drop, missing, text, task));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"`;`,`,`", "`;`,`.`", "`\t`,`,`", "`\t`,`.`", "`|`,`.`", "` `,`,`", "` `,`.`", "`,`,`.`"})
    void findsSeparatorAndDecimalSign(String separator, String decimal) throws IOException {
        DataSplit expected = load("x,y,kind\n" + BODY.replaceAll("(?m)^(\\d+),", "$1.5,"), "last");

        DataSplit found = load(
                ("x,y,kind\n" + BODY.replaceAll("(?m)^(\\d+),", "$1.5,"))
                        .replace(",", separator)
                        .replace(".5", decimal + "5"),
                "last");

        assertThat(Values.same(expected, found)).isTrue();
    }

    @Test
    void readsUtf16AndOtherEncodingsAndRefusesBytesThatAreNotText() throws IOException {
        String body = BODY.replace("a", "Bär").replace("b", "Bör");
        DataSplit expected = load(body, "last");
        assertThat(expected.classNames()).containsExactly("Bär", "Bör");

        for (Charset wide : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Files.write(file, body.getBytes(wide));
            assertThat(Values.same(expected, new CsvTable(file, "last").load(SIZES, 1)))
                    .isTrue();
            Files.write(file, ("\uFEFF" + body).getBytes(wide));
            assertThat(Values.same(expected, new CsvTable(file, "last").load(SIZES, 1)))
                    .isTrue();
        }
        Files.write(file, body.getBytes(StandardCharsets.ISO_8859_1));
        TableFormat latin = new TableFormat(
                Optional.of(StandardCharsets.ISO_8859_1), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(Values.same(expected, new CsvTable(file, latin, TableColumns.all("last")).load(SIZES, 1)))
                .isTrue();
        assertThatThrownBy(() -> new CsvTable(file, "last").load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ", line 1: is not UTF-8 text; name its encoding with data.encoding, for example "
                        + "ISO-8859-1 or windows-1252");
    }

    @Test
    void readsQuotesWithLineBreaksAndNamesTheRightLineAfterThem() throws IOException {
        String headed = "\"x\n(in cm)\",y,kind\n";

        assertThat(Values.same(load(BODY, "last"), load(headed + BODY, "last"))).isTrue();
        assertRefused(
                headed + BODY.replace("3,2,b", "?,2,b"),
                "last",
                ", line 6: column 'x\n(in cm)' has no value in 1 of 10 rows, got '?'; data.missing=fill takes the mean, "
                        + "data.drop leaves a column out, data.gaps says which texts mean no value");
    }

    @Test
    void leavesOutTheRowNamesOfROrWhatItIsTold() throws IOException {
        DataSplit expected = load("x,y,kind\n" + BODY, "last");
        String numbered = BODY.replaceAll("(?m)^(\\d+)", "\"row $1\" $1")
                .replace(",", " ")
                .strip();

        assertThat(Values.same(expected, load("x y kind\n" + numbered, "last"))).isTrue();
        Files.writeString(file, "x,name,y,kind\n" + BODY.replaceAll("(?m)^(\\d+),", "$1,text,"));
        for (String dropped : List.of("name", "1")) {
            CsvTable table = table("kind", List.of(dropped), Missing.REFUSE, Text.REFUSE, Task.AUTO);
            assertThat(Values.same(expected, table.load(SIZES, 1))).isTrue();
        }
        assertThatThrownBy(() -> table("kind", List.of("size"), Missing.REFUSE, Text.REFUSE, Task.AUTO)
                        .load(SIZES, 1))
                .hasMessageContaining("data.drop must name columns, got 'size'");
    }

    @Test
    void fillsGapsWithTheMeanOfTheTrainingRows() throws IOException {
        Files.writeString(file, BODY.replace("3,2,b", "NA,2,b"));

        DataSplit split =
                table("last", List.of(), Missing.FILL, Text.REFUSE, Task.AUTO).load(SIZES, 1);

        // the mean is 0 after standardising
        assertThat(Values.features(split).stream().filter(row -> row[0] == 0)).hasSize(1);
    }

    @Test
    void makesOneInputOfEachText() throws IOException {
        String body = IntStream.range(0, 30)
                .mapToObj(i ->
                        i + "," + List.of("red", "green", "blue").get(i % 3) + "," + (i % 2 == 0 ? "a" : "b") + "\n")
                .collect(Collectors.joining());
        Files.writeString(file, body);

        DataSplit split = table("last", List.of(), Missing.REFUSE, Text.ONE_HOT, Task.AUTO)
                .load(SIZES, 1);

        assertThat(split.shape()).isEqualTo(InputShape.row(4));
        assertThat(Values.features(split))
                .allSatisfy(row -> assertThat(row[1] + row[2] + row[3]).isEqualTo(1));
        assertThatThrownBy(() -> new CsvTable(file, "last").load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ", line 1: column 1 (counted from 0) must hold numbers, got 'red'; "
                        + "data.text=one-hot takes texts as categories, data.drop leaves a column out");
    }

    @Test
    void knowsOtherRowsByTheirColumnsNames() throws IOException {
        DataSplit split = load("x,y,kind\n" + BODY, "kind");
        Path other = Files.writeString(folder.resolve("other.csv"), "kind;y;new;x\nb;1,5;text;2\na;0;text;4\n");
        Path bare = Files.writeString(folder.resolve("bare.csv"), "y,x\n1.5,2\n0,4\n");

        NewRows rows = NewRows.read(other, TableFormat.FOUND, split.table().orElseThrow());
        NewRows unknown = NewRows.read(bare, TableFormat.FOUND, split.table().orElseThrow());

        assertThat(rows.labels()).contains(List.of("b", "a"));
        assertThat(rows.lines()).containsExactly(2L, 3L);
        assertThat(unknown.labels()).isEmpty();
        assertThat(unknown.inputs()).isEqualTo(rows.inputs());
        Path wrong = Files.writeString(folder.resolve("wrong.csv"), "x,z\n1,2\n");
        assertThatThrownBy(() ->
                        NewRows.read(wrong, TableFormat.FOUND, split.table().orElseThrow()))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        wrong + ": must have the column 'y' that the network was trained on; the first line is x,z");
    }

    @Test
    void tellsWhatItHasUnderstood() throws IOException {
        Files.writeString(file, "x;y;kind\n" + BODY.replace(",", ";"));

        assertThat(new CsvTable(file, "last").describe())
                .containsExactly(
                        file + ": 10 rows, with a header; text in UTF-8, separated by ';', decimal sign '.'.",
                        "  column 'x': numbers",
                        "  column 'y': numbers",
                        "  column 'kind': the class, as the last column: data.label takes another",
                        "Classes, 2:",
                        "  a: 5 rows",
                        "  b: 5 rows");
    }

    @Test
    void acceptsTrainingRowsThatMissAClass() throws IOException {
        DataSplit split = load(BODY.replace("4,2,a", "4,2,rare"), "last");

        assertThat(split.classNames()).containsExactly("a", "b", "rare");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "three,1,b | column 0 (counted from 0) must hold numbers, got 'three'",
                "12f,1,b   | column 0 (counted from 0) must hold numbers, got '12f'",
                "3,-Infinity,b | column 1 (counted from 0) must hold numbers, got '-Infinity'",
                "3,1e39,b  | column 1 (counted from 0) must hold finite numbers below 3.4e38, got 1e39",
                "3,1       | must have the 3 columns of the first line, got 2; data.separator says what separates them, data.encoding what text it is",
                "3,1,b,b   | must have the 3 columns of the first line, got 4; data.separator says what separates them, data.encoding what text it is",
                "3,1,      | label column 2 (counted from 0) must hold a class, got ''; data.unlabelled=leave-out leaves out rows without a class; data.label says which column that is; the first line is 0,0,a",
                "3,1,NaN   | label column 2 (counted from 0) must hold a class, got 'NaN', which data.gaps takes for none; data.unlabelled=leave-out leaves out rows without a class; data.label says which column that is; the first line is 0,0,a",
            })
    void refusesABadLineWithItsNumber(String line, String problem) {
        assertRefused(BODY.replace("3,2,b", line), "last", ", line 4: " + problem);
    }

    @Test
    void refusesAQuoteThatIsNotClosed() {
        assertThatThrownBy(() -> load(BODY.replace("3,2,b", "3,1,\"b"), "last"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(file + ", line 4: a quote is not closed");
    }

    @Test
    void namesTheColumnByItsHeaderAndCountsBlankLines() {
        assertRefused(
                "size,y,kind\n\n" + BODY.replace("3,2,b", "x,2,b"),
                "kind",
                ", line 6: column 'size' must hold numbers, got 'x'");
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
                BODY.replace(",", "_"),
                "last",
                ": must have a feature and a label column, separated by a comma, semicolon, tab, space or | (or what "
                        + "data.separator says), got 1 column");
    }

    @Test
    void refusesALabelColumnThatIsNotThere() {
        String rule = ": the label column must be last, first, a column number or a name that the header has once";
        assertRefused("x,y,kind\n" + BODY, "species", rule + ", got 'species'; the first line is x,y,kind");
        assertRefused("x,kind,kind\n" + BODY, "kind", rule + ", got 'kind'; the first line is x,kind,kind");
        assertRefused(BODY, "3", ": the label column must be one of 0 to 2, got 3; the first line is 0,0,a");
    }

    @Test
    void refusesASingleClass() {
        assertRefused(
                BODY.replace("b", "a"),
                "last",
                ": label column 2 (counted from 0) must hold at least 2 classes, got [a]; data.label says which column that "
                        + "is; the first line is 0,0,a");
    }

    @Test
    void refusesAQuantityAsLabel() {
        String problem = " different values in 10 rows: that looks like a quantity to predict; "
                + "set data.task=regression, or data.task=classes if they are classes, or data.label to another "
                + "column; the first line is ";

        // more than half of the rows
        assertRefused("x,y,kind\n" + BODY, "x", ": label column 'x' must hold classes, got 10" + problem + "x,y,kind");
        // fewer, but with fractions
        assertRefused(
                BODY.replace("a", "1.5").replace("b", "2"),
                "last",
                ": label column 2 (counted from 0) must hold classes, got 2" + problem + "0,0,1.5");
    }

    @Test
    void saysThatManyDifferentTextsLookLikeNames() throws IOException {
        String names =
                IntStream.range(0, 10).mapToObj(i -> i + ",text" + i + "\n").collect(Collectors.joining());
        assertRefused(
                "x,comment\n" + names,
                "last",
                ": label column 'comment' must hold classes, got 10 different texts in 10 rows: so many look like names of the rows; "
                        + "set data.task=classes if they are classes, or data.label to another column; the first line is x,comment");

        Files.writeString(file, "x,kind\n1,a\n2,b\n3,a\n");
        assertThat(new CsvTable(file, "last").load(new SplitSizes(1, 1, 1), 1).classNames())
                .containsExactly("a", "b");
    }

    /** Excel writes the order of bytes as a mark, which {@code UTF-16} alone does not tell. */
    @Test
    void aMarkSaysMoreThanTheEncodingUtf16() throws IOException {
        DataSplit expected = load(BODY, "last");
        TableFormat wide = new TableFormat(
                Optional.of(StandardCharsets.UTF_16), Optional.empty(), Optional.empty(), Optional.empty());

        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            for (String mark : List.of("", "\uFEFF")) {
                Files.write(file, (mark + BODY).getBytes(charset));
                assertThat(Values.same(expected, new CsvTable(file, wide, TableColumns.all("last")).load(SIZES, 1)))
                        .isTrue();
            }
        }
    }

    /** {@code count} codes from {@code first} on, each {@code times} times. */
    private static String coded(int first, int count, int times) {
        return IntStream.range(0, count * times)
                .mapToObj(i -> i + "," + (first + i % count) + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void takesManyNumbersForClassesOnlyIfTheyCountAndEachIsThereOften() throws IOException {
        SplitSizes some = new SplitSizes(100, 100, 100);
        Files.writeString(file, coded(0, 26, 20));
        assertThat(new CsvTable(file, "last").load(some, 1).classNames()).hasSize(26);
        Files.writeString(file, coded(1, 50, 20));
        assertThat(new CsvTable(file, "last").load(some, 1).classNames()).hasSize(50);

        assertLooksLikeAQuantity(coded(0, 51, 20), 51);
        assertLooksLikeAQuantity(coded(0, 26, 19), 26);
        assertLooksLikeAQuantity(coded(2, 26, 20), 26);
        assertLooksLikeAQuantity(coded(0, 26, 20).replace(",13\n", ",99\n"), 26);
    }

    private void assertLooksLikeAQuantity(String content, int values) throws IOException {
        Files.writeString(file, content);
        assertThatThrownBy(() -> new CsvTable(file, "last").load(new SplitSizes(100, 100, 100), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("must hold classes, got " + values + " different values in ");
    }

    @Test
    void showsOnlyTheBeginningOfALongFirstLine() throws IOException {
        Files.writeString(
                file, IntStream.range(0, 1000).mapToObj(i -> "name" + i).collect(Collectors.joining(",")));

        assertThatThrownBy(() -> new CsvTable(file, "kind").load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("got 'kind'; the first line is name0,name1,")
                .hasMessageEndingWith("... (1000 columns)")
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(500));
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

    /** No thread has looked at a column before, so that all of them understand the same ones at the same time. */
    @Test
    void severalThreadsLoadAFreshTableAtOnce() throws Exception {
        Files.writeString(file, "x,y,kind\n" + BODY.repeat(2000));
        CsvTable table = new CsvTable(file, "last");
        DataSplit expected = new CsvTable(file, "last").load(SIZES, 1);
        int threads = 4;
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);

        List<Future<DataSplit>> splits = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            splits.add(pool.submit(() -> {
                together.await();
                return table.load(SIZES, 1);
            }));
        }

        for (Future<DataSplit> split : splits) {
            assertThat(Values.same(expected, split.get())).isTrue();
        }
        pool.shutdown();
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
