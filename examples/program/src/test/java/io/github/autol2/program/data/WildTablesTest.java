package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.program.data.TableColumns.Missing;
import io.github.autol2.program.data.TableColumns.Task;
import io.github.autol2.program.data.TableColumns.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as spreadsheets, R, pandas and old archives leave them behind. */
class WildTablesTest {

    private static final int ROWS = 20;
    private static final SplitSizes SIZES = new SplitSizes(12, 4, 4);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("wild.csv");
    }

    private static String rows(IntFunction<String> row) {
        return IntStream.range(0, ROWS).mapToObj(i -> row.apply(i) + "\n").collect(Collectors.joining());
    }

    private static String kind(int i) {
        return i % 2 == 0 ? "a" : "b";
    }

    private DataSplit load(String content) throws IOException {
        Files.writeString(file, content);
        return new CsvTable(file, "last").load(SIZES, 1);
    }

    private CsvTable oneHot(List<String> drop) {
        return new CsvTable(
                file, TableFormat.FOUND, new TableColumns("last", drop, Missing.FILL, Text.ONE_HOT, Task.AUTO));
    }

    private void assertRefused(String content, String problem) {
        assertThatThrownBy(() -> load(content))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + problem);
    }

    @Test
    void refusesANameThatTwoColumnsHave() {
        assertRefused(
                "a,a,kind\n" + rows(i -> i * i + "," + i + "," + kind(i)),
                ": the header must have each name once, because new rows are found by it, got 'a' at columns 0 and 1 (counted from 0)");
        assertRefused(
                "n,,,kind\n" + rows(i -> i + ",1,2," + kind(i)),
                ": the header must have each name once, because new rows are found by it, got '' at columns 1 and 2 (counted from 0)");
    }

    @Test
    void findsTheColumnOfNewRowsOnlyWhereItsNameIsClear() throws IOException {
        DataSplit split = load("x,y,kind\n" + rows(i -> i * i + "," + i + "," + kind(i)));
        Path twice = Files.writeString(folder.resolve("new.csv"), "x,y,x\n1,2,3\n");

        assertThatThrownBy(() ->
                        NewRows.read(twice, TableFormat.FOUND, split.table().orElseThrow()))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(twice + ": must have the column 'x' once, got [x, y, x]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rownames", "Unnamed: 0", "id", "index", ""})
    void leavesOutAColumnThatNumbersTheRows(String name) throws IOException {
        DataSplit split = load(name + ",x,kind\n" + rows(i -> (i + 1) + "," + i * i % 7 + "," + kind(i)));

        assertThat(split.shape()).isEqualTo(InputShape.row(1));
    }

    @Test
    void keepsACountingColumnOfAnyOtherName() throws IOException {
        assertThat(load("day,x,kind\n" + rows(i -> (i + 1) + "," + i * i % 7 + "," + kind(i)))
                        .shape())
                .isEqualTo(InputShape.row(2));
        assertThat(load("id,x,kind\n" + rows(i -> (i * i) + "," + i * i % 7 + "," + kind(i)))
                        .shape())
                .isEqualTo(InputShape.row(2));
    }

    @Test
    void saysSoWhereNothingIsLeftBesideTheLabel() {
        assertRefused(
                "id,kind\n" + rows(i -> (i + 1) + "," + kind(i)),
                ": must have a column besides the label and those that are left out, got 2 columns without [0] (counted from 0)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0,1,2\n", "1,2,3\n"})
    void takesNumberedColumnsForAHeader(String header) throws IOException {
        DataSplit split = load(header + rows(i -> i * i % 7 + "," + i + "," + kind(i)));

        assertThat(split.classNames()).containsExactly("a", "b");
    }

    @Test
    void takesAnIndexUnderNumberedColumnsForWhatItIs() throws IOException {
        DataSplit split = load(",0,1,2\n" + rows(i -> i + "," + i * i % 7 + "," + i + "," + kind(i)));

        assertThat(split.classNames()).containsExactly("a", "b");
        assertThat(split.shape()).isEqualTo(InputShape.row(2));
    }

    @Test
    void separatesColumnsByAnyNumberOfBlanks() throws IOException {
        DataSplit split = load(rows(i -> "  " + i + (i < 10 ? "     " : "    ") + i * i % 7 + "  " + kind(i)));

        assertThat(split.shape()).isEqualTo(InputShape.row(2));
        assertThat(split.classNames()).containsExactly("a", "b");
    }

    @Test
    void leavesOutRowsOfEmptyCells() throws IOException {
        DataSplit split = load("x,y,kind\n" + rows(i -> i + ",1," + kind(i)) + ",,\n,,\n");

        assertThat(split.classNames()).containsExactly("a", "b");
        assertThat(split.training().numExamples()
                        + split.validation().numExamples()
                        + split.test().numExamples())
                .isEqualTo(ROWS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x;y;kind\n", "x;y;kind;\n"})
    void cutsALastColumnThatIsEmpty(String header) throws IOException {
        DataSplit split = load(header + rows(i -> i + ";1;" + kind(i) + ";"));

        assertThat(split.classNames()).containsExactly("a", "b");
        assertThat(split.shape()).isEqualTo(InputShape.row(2));
    }

    @Test
    void refusesNumbersWhoseCommaMayStandBetweenThousands() throws IOException {
        String problem =
                ": column 0 (counted from 0) must have a clear decimal sign, got numbers such as 1,010 beside whole "
                        + "ones: data.decimal says that it is one; separators of thousands are not read";
        assertRefused("x;kind\n" + rows(i -> (i < 10 ? "76" + i : "1,0" + i) + ";" + kind(i)), problem);
        assertRefused("x,y,kind\n" + rows(i -> (i < 10 ? "76" + i : "\"1,0" + i + "\"") + ",1," + kind(i)), problem);

        assertThat(load("x;kind\n" + rows(i -> (i < 10 ? "76" + i : i < 15 ? "1,0" + i : "1,5") + ";" + kind(i)))
                        .shape())
                .isEqualTo(InputShape.row(1));
        assertThat(load("x;y;kind\n" + rows(i -> (i < 10 ? "76" + i : "1,0" + i) + ";0,5;" + kind(i)))
                        .shape())
                .isEqualTo(InputShape.row(2));
        assertThat(load("x;kind\n" + rows(i -> "1,0" + (10 + i) + ";" + kind(i)))
                        .shape())
                .isEqualTo(InputShape.row(1));
    }

    @Test
    void takesTheWordNoneForAClass() throws IOException {
        assertThat(load("x,kind\n" + rows(i -> i * i + "," + (i % 2 == 0 ? "None" : "Insomnia")))
                        .classNames())
                .containsExactly("Insomnia", "None");
    }

    /** 7 numbers, one text and 12 empty cells: it is a column of numbers with an error, not one of categories. */
    @Test
    void judgesAColumnByTheCellsThatHaveAValue() throws IOException {
        Files.writeString(
                file, "x,y,kind\n" + rows(i -> (i < 7 ? i + ".5" : i == 7 ? ">5" : "") + "," + i * i + "," + kind(i)));

        assertThatThrownBy(() -> oneHot(List.of()).load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ", line 9: column 'x' must hold numbers, got '>5'");
    }

    @Test
    void tellsOfTextsThatTheNetworkDoesNotKnow() throws IOException {
        Files.writeString(
                file, "colour,x,kind\n" + rows(i -> (i % 3 == 0 ? "red" : "blue") + "," + i * i + "," + kind(i)));
        DataSplit split = oneHot(List.of()).load(SIZES, 1);
        Path other = Files.writeString(folder.resolve("new.csv"), "colour,x\nred,1\ngreen,2\n,3\nolive,4\n");

        NewRows rows = NewRows.read(other, TableFormat.FOUND, split.table().orElseThrow());

        assertThat(rows.notes())
                .containsExactly("Column 'colour': the network does not know the text of 2 of 4 rows, such as 'green', "
                        + "and takes it for none of those that it knows.");
    }

    @Test
    void refusesToDropANameThatTwoColumnsHave() throws IOException {
        Files.writeString(file, "a,a,b,kind\n" + rows(i -> "1,2," + i + "," + kind(i)));

        assertThatThrownBy(() -> oneHot(List.of("a")).load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file
                        + ": data.drop must name columns that the header has once, or give their numbers, got 'a'");
    }

    @Test
    void saysThatAnArffFileIsOne() {
        assertRefused(
                "@RELATION iris\n@ATTRIBUTE x REAL\n@DATA\n" + rows(i -> i + "," + kind(i)),
                ": looks like an ARFF file, which is not read: keep the lines behind @data alone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%% iris\n\n@relation iris\n@attribute x real\n@data\n", "@Relation iris\n@data\n"})
    void saysThatAnArffFileIsOneWhateverStandsBeforeIt(String beginning) {
        assertRefused(
                beginning + rows(i -> i + "," + kind(i)),
                ": looks like an ARFF file, which is not read: keep the lines behind @data alone");
    }

    @Test
    void separatesColumnsByBlanksAndTabsMixed() throws IOException {
        DataSplit expected = load("x y kind\n" + rows(i -> i + " " + i * i % 7 + " " + kind(i)));

        DataSplit turns = load("x y kind\n"
                + rows(i -> (i + "~" + i * i % 7 + "~" + kind(i)).replace("~", i % 3 == 0 ? "\t" : "  ")));

        assertThat(Values.same(expected, turns)).isTrue();
    }

    @Test
    void tellsOfASeparatorWhereACellHoldsSeveralNumbers() {
        assertRefused(
                "x y\tkind\n" + rows(i -> i + " " + i * i % 7 + "\t" + kind(i)),
                ", line 2: column 'x y' must hold numbers, got '0 0'; data.separator=space separates columns at blanks and tabs; "
                        + "data.text=one-hot takes texts as categories, data.drop leaves a column out");
    }

    @Test
    void keepsBlanksWithinTheTextsOfATableThatTabsSeparate() throws IOException {
        Files.writeString(
                file,
                "town\tx\tkind\n" + rows(i -> (i % 3 == 0 ? "New York" : "Rome") + "\t" + i * i + "\t" + kind(i)));

        assertThat(oneHot(List.of())
                        .load(SIZES, 1)
                        .table()
                        .orElseThrow()
                        .features()
                        .get(0)
                        .categories())
                .containsExactly("New York", "Rome");
    }

    @Test
    void takesNumbersForCategoriesWhereItIsTold() throws IOException {
        Files.writeString(
                file,
                "code,x,kind\n" + rows(i -> List.of("1", "2", "01", "other").get(i % 4) + "," + i * i + "," + kind(i)));
        TableColumns told =
                new TableColumns("last", List.of(), List.of("code"), Missing.REFUSE, Text.REFUSE, Task.AUTO);
        CsvTable table = new CsvTable(file, TableFormat.FOUND, told);

        DataSplit split = table.load(SIZES, 1);

        assertThat(split.table().orElseThrow().features().get(0).categories()).containsExactly("01", "1", "2", "other");
        assertThat(split.shape()).isEqualTo(InputShape.row(5));
        assertThat(table.describe()).contains("  column 'code': 4 categories");
        Path other = Files.writeString(folder.resolve("new.csv"), "x,code\n4,2\n4,other\n");
        float[][] inputs = NewRows.read(other, TableFormat.FOUND, split.table().orElseThrow())
                .inputs()
                .toFloatMatrix();
        assertThat(inputs[0]).startsWith(0, 0, 1, 0);
        assertThat(inputs[1]).startsWith(0, 0, 0, 1);
        assertThatThrownBy(() -> new CsvTable(file, "last").load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        file + ", line 5: column 'code' must hold numbers, got 'other'; data.categories takes its 4 "
                                + "different values as categories");
    }

    @Test
    void refusesCategoriesThatAreNoFeatures() throws IOException {
        Files.writeString(file, "code,x,kind\n" + rows(i -> i % 4 + "," + i * i + "," + kind(i)));

        assertThatThrownBy(() -> categories("code", "code").load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": data.categories must not name a column that is left out, got 'code'");
        assertThatThrownBy(() -> categories("x", "kind").load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": data.categories must not name the label column, got 'kind'");
        assertThatThrownBy(() -> categories("x", "size").load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": data.categories must name columns, got 'size'; the columns are [code, x, kind]");
    }

    private CsvTable categories(String drop, String category) {
        return new CsvTable(
                file,
                TableFormat.FOUND,
                new TableColumns("last", List.of(drop), List.of(category), Missing.REFUSE, Text.REFUSE, Task.AUTO));
    }
}
