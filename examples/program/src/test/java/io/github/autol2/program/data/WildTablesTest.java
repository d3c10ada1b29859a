package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.autol2.program.data.TableColumns.Missing;
import io.github.autol2.program.data.TableColumns.Task;
import io.github.autol2.program.data.TableColumns.Text;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as spreadsheets, R, pandas and old archives leave them behind. */
class WildTablesTest {

    private static final int ROWS = 20;
    private static final SplitSizes SIZES = new SplitSizes(12, 4, 4);

    private static final String ARFF =
            ": looks like an ARFF file, whose header is not read: put one line with the names of its attributes, separated by "
                    + "commas, in the place of all lines up to @data (or no line, and set data.header=false), and delete lines "
                    + "that begin with %";

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
                ": the header must have each name once, because new rows are found by it, got 'a' at columns 0 and 1 (counted from 0); rename one, or leave both out with data.drop");
        assertRefused(
                "n,,,kind\n" + rows(i -> i + ",1,2," + kind(i)),
                ": the header must have each name once, because new rows are found by it, got '' at columns 1 and 2 (counted from 0); rename one, or leave both out with data.drop");
    }

    @Test
    void findsTheColumnOfNewRowsOnlyWhereItsNameIsClear() throws IOException {
        DataSplit split = load("x,y,kind\n" + rows(i -> i * i + "," + i + "," + kind(i)));
        Path twice = Files.writeString(folder.resolve("new.csv"), "x,y,x\n1,2,3\n");

        assertThatThrownBy(() ->
                        NewRows.read(twice, TableFormat.FOUND, split.table().orElseThrow()))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(twice + ": must have the column 'x' once; the first line is x,y,x");
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
                ": must have a column besides the label and those that are left out, got 2 columns, of which 1 are left out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0,1,2\n", "1,2,3\n"})
    void takesNumberedColumnsForAHeader(String header) throws IOException {
        DataSplit split = load(header + rows(i -> i * i % 7 + "," + i + "," + kind(i)));

        assertThat(split.classNames()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0,1,2\n", "1,2,3\n"})
    void refusesARowThatCountsAndHasTheClassOfOthers(String row) throws IOException {
        String content = row + rows(i -> i * i % 7 + "," + i + "," + (2 + i % 2));

        assertRefused(
                content,
                ", line 1: must be clearly a header or a row, got numbers that count the columns and the class '"
                        + row.strip().charAt(4)
                        + "', which other lines have; data.header=true or false says which it is");

        assertThat(header(true).rowCount()).isEqualTo(ROWS);
        assertThat(header(false).rowCount()).isEqualTo(ROWS + 1);
    }

    @Test
    void refusesARowThatCountsAndHasTheQuantityOfOthers() throws IOException {
        Files.writeString(file, "1,2,3\n" + rows(i -> i * i % 7 + "," + i + "," + (3 + i % 11)));

        assertThatThrownBy(() -> new CsvTable(
                                file,
                                TableFormat.FOUND,
                                new TableColumns("last", List.of(), Missing.REFUSE, Text.REFUSE, Task.REGRESSION))
                        .rowCount())
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(
                        "got numbers that count the columns and the quantity '3', which other lines have");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e3000000000", "1e400", "1e-3000000000"})
    void takesAClassForWhichAnExponentIsTooLong(String name) throws IOException {
        assertThat(load(rows(i -> i * i % 7 + "," + i + "," + (i % 2 == 0 ? "7" : name)))
                        .classNames())
                .containsExactlyInAnyOrder("7", name);
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
    void refusesNumbersWhoseSignMayStandBetweenThousands() throws IOException {
        String problem =
                ": column %d (counted from 0) must have a clear decimal sign, got numbers such as %s, which may be a thousand "
                        + "times as large: data.decimal=%s says that it is one; separators of thousands are not read";
        assertRefused(
                "x;kind\n" + rows(i -> (i < 10 ? "76" + i : "1,0" + i) + ";" + kind(i)),
                problem.formatted(0, "1,010", "comma"));
        assertRefused(
                "x,y,kind\n" + rows(i -> (i < 10 ? "76" + i : "\"1,0" + i + "\"") + ",1," + kind(i)),
                problem.formatted(0, "1,010", "comma"));
        assertRefused(
                "rooms;price;kind\n" + rows(i -> i % 4 + ";" + (250 + i) + ",000;" + kind(i)),
                problem.formatted(1, "250,000", "comma"));
        assertRefused(
                "rooms;price;kind\n" + rows(i -> i % 4 + ";" + (250 + i) + ".000;" + kind(i)),
                problem.formatted(1, "250.000", "point"));
        assertRefused(
                "x;kind\n" + rows(i -> (i == 7 ? "1,234" : i) + ";" + kind(i)), problem.formatted(0, "1,234", "comma"));

        assertThat(load("x;kind\n" + rows(i -> (i < 10 ? "76" + i : i < 15 ? "1,0" + i : "1,5") + ";" + kind(i)))
                        .shape())
                .isEqualTo(InputShape.row(1));
        assertThat(load("x;y;kind\n" + rows(i -> (i < 10 ? "76" + i : "1,0" + i) + ";0,5;" + kind(i)))
                        .shape())
                .isEqualTo(InputShape.row(2));
        assertThat(load("x,kind\n" + rows(i -> "1.0" + (10 + i) + "," + kind(i)))
                        .shape())
                .isEqualTo(InputShape.row(1));
        Files.writeString(file, "x;kind\n" + rows(i -> "1,0" + (10 + i) + ";" + kind(i)));
        TableFormat told = new TableFormat(Optional.empty(), Optional.empty(), Optional.of(','), Optional.empty());
        assertThat(new CsvTable(file, told, TableColumns.all("last"))
                        .load(SIZES, 1)
                        .table()
                        .orElseThrow()
                        .features()
                        .get(0)
                        .mean())
                .isBetween(1.01, 1.03);
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
                .containsExactly(
                        "Column 'colour': the network does not know the text of 2 of 4 rows, such as 'green', "
                                + "and takes it for none of those that it knows.",
                        "Cells without a value among the rows: 1; they count as in training, by data.missing.");
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
        assertRefused("@RELATION iris\n@ATTRIBUTE x REAL\n@DATA\n" + rows(i -> i + "," + kind(i)), ARFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%% iris\n\n@relation iris\n@attribute x real\n@data\n", "@Relation iris\n@data\n"})
    void saysThatAnArffFileIsOneWhateverStandsBeforeIt(String beginning) {
        assertRefused(beginning + rows(i -> i + "," + kind(i)), ARFF);
    }

    @Test
    void readsTheRowsOfAnArffFileWithoutItsHeader() throws IOException {
        String rows = rows(i -> i * i + "," + i * 7 % 5 + "," + kind(i));

        DataSplit split = load(rows);

        assertThat(split.classNames()).containsExactly("a", "b");
        TableRecipe recipe = split.table().orElseThrow();
        assertThat(NewRows.read(file, TableFormat.FOUND, recipe).lines()).hasSize(ROWS);
        Files.writeString(file, "@relation new\n@attribute x real\n@data\n" + rows);
        assertThatThrownBy(() -> NewRows.read(file, TableFormat.FOUND, recipe))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ARFF);
    }

    @Test
    void separatesColumnsByBlanksAndTabsMixed() throws IOException {
        DataSplit expected = load("x y kind\n" + rows(i -> i + " " + i * i % 7 + " " + kind(i)));

        DataSplit turns = load("x y kind\n"
                + rows(i -> (i + "~" + i * i % 7 + "~" + kind(i)).replace("~", i % 3 == 0 ? "\t" : "  ")));

        assertThat(Values.same(expected, turns)).isTrue();
    }

    @Test
    void refusesToGuessWhereTabsAndBlanksBothCutAllLinesEvenly() throws IOException {
        String mixed = "x y\tkind\n" + rows(i -> i + " " + i * i % 7 + "\t" + kind(i));
        assertRefused(
                mixed,
                ": must have lines that are cut in one way, got lines with 2 cells between tabs and 3 between blanks and "
                        + "tabs: data.separator=tab or data.separator=space says which");
        assertRefused(
                "x\tname of it\n" + rows(i -> i * i + "\tkind no " + i % 2),
                ": must have lines that are cut in one way, got lines with 2 cells between tabs and 4 between blanks and "
                        + "tabs: data.separator=tab or data.separator=space says which");

        Files.writeString(file, mixed);
        assertThat(separated(' ').load(SIZES, 1).shape()).isEqualTo(InputShape.row(2));
    }

    @Test
    void takesTabsWhereOnlyWordsStandBetweenBlanks() throws IOException {
        DataSplit split = load("x\tfull name\n" + rows(i -> i * i + "\t" + (i % 2 == 0 ? "Ann Lee" : "Bob Ray")));

        assertThat(split.target()).isEqualTo(new Target.Classes(List.of("Ann Lee", "Bob Ray")));
    }

    private CsvTable separated(char sign) {
        return new CsvTable(
                file,
                new TableFormat(Optional.empty(), Optional.of(sign), Optional.empty(), Optional.empty()),
                TableColumns.all("last"));
    }

    @Test
    void tellsOfASeparatorWhereACellHoldsSeveralNumbers() throws IOException {
        Files.writeString(file, "x y\tkind\n" + rows(i -> i + " " + i * i % 7 + "\t" + kind(i)));

        assertThatThrownBy(() -> separated('\t').load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        file
                                + ", line 2: column 'x y' must hold numbers, got '0 0'; data.separator=space separates columns at "
                                + "blanks and tabs; data.text=one-hot takes texts as categories, data.drop leaves a column out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12,5 %", "12.5%", "1.234,56", "1'234", "$12", "12 \u20AC"})
    void tellsOfSignsAroundANumber(String number) {
        assertRefused(
                "x;kind\n" + rows(i -> number + ";" + kind(i)),
                ", line 2: column 'x' must hold numbers, got '" + number
                        + "'; it looks like a number: take out signs of percent, of currencies and of thousands; data.drop "
                        + "leaves a column out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020-01-31", "31.1.2020", "1/31/20", "2020-01-31 12:00:00", "12:30"})
    void tellsOfDates(String date) {
        assertRefused(
                "x;kind\n" + rows(i -> date + ";" + kind(i)),
                ", line 2: column 'x' must hold numbers, got '" + date
                        + "'; it looks like a date or a time, which is not read; data.drop leaves a column out");
    }

    /** Temperatures go below 0, too. */
    @Test
    void notesANumberFarBelowAllOthersInTheQuantityToo() throws IOException {
        Files.writeString(
                file,
                "OrderID,degrees,yield\n"
                        + rows(i ->
                                i * 37 % 101 + "," + (i % 5 == 0 ? -9999 : i - 10) + "," + (i % 4 == 0 ? -999 : i)));
        CsvTable table = new CsvTable(
                file,
                TableFormat.FOUND,
                new TableColumns("last", List.of(), Missing.FILL, Text.ONE_HOT, Task.REGRESSION));

        assertThat(table.notes())
                .satisfiesExactly(
                        note -> assertThat(note).startsWith("Column 'OrderID' has another whole number in each row"),
                        note -> assertThat(note)
                                .startsWith("Column 'degrees' has -9999 in 4 rows, far below all others"),
                        note -> assertThat(note).startsWith("Column 'yield' has -999 in 5 rows, far below all others"));
    }

    @Test
    void notesANumberBelowAllOthersOnlyWhereItIsFar() throws IOException {
        Files.writeString(file, "degrees,kind\n" + rows(i -> (i % 5 == 0 ? -99 : i - 20) + "," + kind(i)));

        assertThat(oneHot(List.of()).notes()).isEmpty();
    }

    @Test
    void notesWhatMayMeanSomethingElse() throws IOException {
        Files.writeString(
                file,
                "customer_id,age,site,share,when,kind\n"
                        + rows(i -> i * 37 % 101 + "," + (i % 5 == 0 ? "-999" : "" + i) + ",3," + i + "%,"
                                + (i % 2 == 0 ? "2020-01-31" : "2020-02-01") + ","
                                + List.of("Yes", "no", "yes", "no").get(i % 4)));

        assertThat(oneHot(List.of()).notes())
                .containsExactly(
                        "The classes 'Yes' and 'yes' differ only in capital letters or blanks, and count as two.",
                        "Column 'customer_id' has another whole number in each row: if it only tells the rows apart, leave it "
                                + "out with data.drop.",
                        "Column 'age' has -999 in 4 rows, far below all others: if that means that there is no value, "
                                + "say so with data.gaps.",
                        "Column 'site' has the same number in all rows, so it tells the network nothing.",
                        "Column 'share' is taken as text, such as '0%', which looks like a number: take out signs of percent, of "
                                + "currencies and of thousands.",
                        "Column 'when' is taken as text, such as '2020-01-31', which looks like a date or a time, which is not "
                                + "read.");
        assertThat(oneHot(List.of()).describe()).containsAll(oneHot(List.of()).notes());
    }

    /** As pandas writes whole numbers beside a gap; long codes are told apart to their last digit. */
    @Test
    void notesClassesThatAreTheSameNumber() throws IOException {
        List<String> codes = List.of("1", "1.0", "123456789012345678", "123456789012345679");
        Files.writeString(file, "x,kind\n" + rows(i -> i % 7 + "," + codes.get(i % 4)));

        CsvTable table = new CsvTable(
                file, TableFormat.FOUND, new TableColumns("last", List.of(), Missing.FILL, Text.ONE_HOT, Task.CLASSES));

        assertThat(table.notes()).containsExactly("The classes '1' and '1.0' are the same number, and count as two.");
    }

    @Test
    void saysHowManyNotesAreLeftOut() throws IOException {
        String columns = IntStream.range(0, 25).mapToObj(c -> "c" + c + ",").collect(Collectors.joining());
        Files.writeString(
                file,
                columns + "kind\n"
                        + rows(i -> "3,".repeat(25)
                                + List.of("Yes", "no", "yes", "no").get(i % 4)));

        assertThat(oneHot(List.of()).notes())
                .hasSize(21)
                .startsWith("The classes 'Yes' and 'yes' differ only in capital letters or blanks, and count as two.")
                .endsWith("There are 6 more notes like these.");
    }

    @Test
    void notesNothingOfAnOrdinaryTable() throws IOException {
        Files.writeString(
                file,
                "width,count,red,kind\n" + rows(i -> i * 0.5 + "," + i * i % 7 + "," + (i % 3 - 99) + "," + kind(i)));

        assertThat(oneHot(List.of()).notes()).isEmpty();
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
                new TableColumns("last", List.of(), List.of(), List.of("code"), Missing.REFUSE, Text.REFUSE, Task.AUTO);
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
                .hasMessage(file + ": data.categories must name columns, got 'size'; the first line is code,x,kind");
    }

    private CsvTable categories(String drop, String category) {
        return new CsvTable(
                file,
                TableFormat.FOUND,
                new TableColumns(
                        "last", List.of(drop), List.of(), List.of(category), Missing.REFUSE, Text.REFUSE, Task.AUTO));
    }

    private TableFeature feature(CsvTable table, int number) {
        return table.load(SIZES, 1).table().orElseThrow().features().get(number);
    }

    private CsvTable named(String label, List<String> drop, List<String> keep) {
        return new CsvTable(
                file,
                TableFormat.FOUND,
                new TableColumns(label, drop, keep, List.of(), Missing.REFUSE, Text.REFUSE, Task.AUTO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x,y\n", "price,rooms\n"})
    void refusesAHeaderThatLacksTheNameOfAColumnThatNumbersNothing(String header) {
        assertRefused(
                header + rows(i -> (250 + i * 7 % 5) + "," + i + "," + kind(i)),
                ": the first line must have the 3 columns of the others, unless these begin with row names, which are "
                        + "different texts or count the rows, got 2 and '250' as the first row's name; give that column a name, "
                        + "or data.separator says what separates columns");
    }

    @Test
    void takesRowNamesOfRThatCountForWhatTheyAre() throws IOException {
        DataSplit split = load("x y kind\n" + rows(i -> (i + 1) + " " + i * i % 7 + " " + i + " " + kind(i)));

        assertThat(split.table().orElseThrow().features())
                .extracting(TableFeature::name)
                .containsExactly("x", "y");
    }

    /** Below a single name a comma may be a decimal sign. */
    @Test
    void aCommaBelowASingleNameSeparatesNothing() throws IOException {
        assertRefused(
                "x\n1,5\n2,7\n3,5\n",
                ": the first line must have the 2 columns of the others, unless these begin with row names, which are different texts "
                        + "or count the rows, got 1 and '1' as the first row's name; give that column a name, or data.separator "
                        + "says what separates columns");
        TableRecipe recipe =
                load("x;kind\n" + rows(i -> i + ",5;" + kind(i))).table().orElseThrow();
        Path other = Files.writeString(folder.resolve("new.csv"), "x\n1,5\n2,5\n3,5\n");

        float[][] inputs =
                NewRows.read(other, TableFormat.FOUND, recipe).inputs().toFloatMatrix();

        TableFeature x = recipe.features().get(0);
        assertThat(inputs).hasDimensions(3, 1);
        assertThat(inputs[1][0]).isEqualTo((float) ((2.5 - x.mean()) / x.deviation()));
    }

    /** The numbers of the training rows show what the comma is, those of the new rows do not. */
    @Test
    void aSignThatIsNotClearInNewRowsIsThatOfTheTrainingRows() throws IOException {
        TableRecipe recipe = load("y;x;kind\n" + rows(i -> "1,0" + i % 9 + ";" + i + ",5;" + kind(i)))
                .table()
                .orElseThrow();
        Path other = Files.writeString(folder.resolve("new.csv"), "y;x\n2;1,250\n3;2,500\n4;3\n");

        float[][] inputs =
                NewRows.read(other, TableFormat.FOUND, recipe).inputs().toFloatMatrix();

        TableFeature x = recipe.features().get(1);
        assertThat(inputs[0][1]).isEqualTo((float) ((1.25 - x.mean()) / x.deviation()));
        TableRecipe points =
                load("x;kind\n" + rows(i -> i + ".5;" + kind(i))).table().orElseThrow();
        Files.writeString(other, "x\n1,250\n");
        assertThatThrownBy(() -> NewRows.read(other, TableFormat.FOUND, points))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        other
                                + ", line 2: column 'x' must hold numbers, got '1,250'; data.decimal says what their decimal sign is");
    }

    @Test
    void columnsThatAreLeftOutDoNotTellTheDecimalSign() throws IOException {
        Files.writeString(file, "date;x;kind\n" + rows(i -> "12.03;" + i + ",5;" + kind(i)));

        TableRecipe recipe =
                named("last", List.of("date"), List.of()).load(SIZES, 1).table().orElseThrow();

        assertThat(recipe.written().decimal()).isEqualTo(',');
        Path other = Files.writeString(folder.resolve("new.csv"), "date;x\n12.03;1,5\n");
        assertThat(NewRows.read(other, TableFormat.FOUND, recipe).inputs().getFloat(0, 0))
                .isEqualTo((float) ((1.5 - recipe.features().get(0).mean())
                        / recipe.features().get(0).deviation()));
    }

    @Test
    void theUserSaysWhichTextsMeanNoValue() throws IOException {
        Files.writeString(
                file, "continent,x,kind\n" + rows(i -> (i % 3 == 0 ? "NA" : "EU") + "," + i * i + "," + kind(i)));
        TableColumns columns = new TableColumns(
                "last", List.of(), List.of(), List.of("continent"), Missing.REFUSE, Text.REFUSE, Task.AUTO);

        CsvTable table = new CsvTable(file, gaps(List.of()), columns);

        assertThat(feature(table, 0).categories()).containsExactly("EU", "NA");
        TableRecipe recipe = table.load(SIZES, 1).table().orElseThrow();
        Path other = Files.writeString(folder.resolve("new.csv"), "continent,x\nNA,1\n");
        assertThat(NewRows.read(other, TableFormat.FOUND, recipe).inputs().getFloat(0, 1))
                .isEqualTo(1);
        assertThatThrownBy(() -> new CsvTable(file, TableFormat.FOUND, columns).load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        file
                                + ", line 2: column 'continent' has no value in 7 of 20 rows, got 'NA'; data.missing=fill takes the "
                                + "most frequent text, data.missing=category a category of its own, data.drop leaves a column out, data.gaps says which texts mean no value");
        assertThatThrownBy(() -> new CsvTable(file, gaps(List.of("eu")), columns).load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("column 'continent' has no value in 13 of 20 rows, got 'EU'");
    }

    private static TableFormat gaps(List<String> texts) {
        return new TableFormat(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(texts));
    }

    @Test
    void refusesTextsThatAreHalfNumbers() throws IOException {
        Files.writeString(
                file, "x,y,kind\n" + rows(i -> (i % 2 == 0 ? "<5" : (i % 4) + ".5") + "," + i * i + "," + kind(i / 3)));

        assertThatThrownBy(() -> oneHot(List.of()).load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file
                        + ", line 3: column 'x' must hold texts alone, got 1.5 and 10 numbers in all; data.categories takes its "
                        + "3 different values as categories; data.drop leaves a column out");
    }

    @Test
    void fillsGapsOfNewRowsAsThoseOfTheTrainingRows() throws IOException {
        Files.writeString(
                file,
                "colour,x,kind\n"
                        + rows(i -> (i == 3 ? "" : i % 3 == 1 ? "red" : "blue") + "," + i * i + "," + kind(i)));
        TableRecipe recipe = oneHot(List.of()).load(SIZES, 1).table().orElseThrow();
        Path other = Files.writeString(folder.resolve("new.csv"), "colour,x\n?,NA\n");

        float[] inputs = NewRows.read(other, TableFormat.FOUND, recipe)
                .inputs()
                .getRow(0)
                .toFloatVector();

        assertThat(inputs)
                .containsExactly(1, 0, 0); // blue is the most frequent, and the mean is 0 once it is standardised
    }

    @Test
    void refusesColumnsOfTooManyTextsOrOfNoValue() throws IOException {
        String rows = IntStream.range(0, 200)
                .mapToObj(i -> "text" + i % 100 + "," + i + "," + kind(i) + "\n")
                .collect(Collectors.joining());
        Files.writeString(file, "a,x,kind\n" + rows);
        assertThatThrownBy(() -> oneHot(List.of()).load(new SplitSizes(160, 20, 20), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("column 'a' must have 1 to 50 different texts in the training rows, got ");

        Files.writeString(file, "a,x,kind\n" + rows(i -> (i == 0 ? "1" : "") + "," + i + "," + kind(i)));
        assertThat(IntStream.range(1, 20).mapToObj(seed -> {
                    try {
                        oneHot(List.of()).load(SIZES, seed);
                        return "";
                    } catch (InvalidDataException e) {
                        return e.getMessage();
                    }
                }))
                .contains("", file + ": column 'a' has no value in any training row; leave it out with data.drop");
    }

    @Test
    void refusesAColumnWithoutANameThatNumbersNothingUntilItIsSaidWhatItIs() throws IOException {
        String content = ",x,kind\n" + rows(i -> i % 5 + ".7," + i + "," + kind(i));
        assertRefused(
                content,
                ": column 0 (counted from 0) has no name and must number the rows or hold a different text in each, got "
                        + "'0.7' first; data.drop=0 leaves it out, data.keep=0 keeps it");

        assertThat(named("last", List.of("0"), List.of()).load(SIZES, 1).shape())
                .isEqualTo(InputShape.row(1));
        assertThat(named("last", List.of(), List.of("0")).load(SIZES, 1).shape())
                .isEqualTo(InputShape.row(2));
    }

    @Test
    void keepsAColumnThatCountsWhereItIsTold() throws IOException {
        Files.writeString(file, "index,x,kind\n" + rows(i -> i + "," + i * i % 7 + "," + kind(i)));

        assertThat(feature(named("last", List.of(), List.of("index")), 0).name())
                .isEqualTo("index");
        assertThat(feature(named("last", List.of(), List.of()), 0).name()).isEqualTo("x");
        assertThatThrownBy(() -> named("last", List.of("0"), List.of("index")).load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": data.keep must not name a column that is left out, got 'index'");
    }

    @Test
    void newRowsWithoutNamesHaveAllColumnsOrThoseThatTheNetworkSees() throws IOException {
        Files.writeString(file, rows(i -> (700 + i * i) + "," + i + "," + i * i % 7 + "," + kind(i)));
        TableRecipe recipe =
                named("last", List.of("0"), List.of()).load(SIZES, 1).table().orElseThrow();
        Path other = folder.resolve("new.csv");

        Files.writeString(other, "7,1.0,5.0,b\n7,2.0,6.0,?\n");
        NewRows all = NewRows.read(other, TableFormat.FOUND, recipe);
        Files.writeString(other, "1.0,5.0\n2.0,6.0\n");
        NewRows seen = NewRows.read(other, TableFormat.FOUND, recipe);

        assertThat(all.labels()).contains(List.of("b", "?"));
        assertThat(seen.labels()).isEmpty();
        assertThat(seen.inputs()).isEqualTo(all.inputs());
        Files.writeString(other, "1.0,5.0,0\n"); // the label, but not the column that was left out
        assertThatThrownBy(() -> NewRows.read(other, TableFormat.FOUND, recipe))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(other
                        + ": must have the 4 columns that the network was trained on, with ? for an unknown label, "
                        + "or the 2 alone that it sees, got 3");
    }

    @Test
    void newRowsWithoutNamesMayLackTheLabelWhereNothingWasLeftOut() throws IOException {
        TableRecipe recipe = load(rows(i -> i + "," + kind(i) + "," + kind(i))
                        .replace(",a,", ",1,")
                        .replace(",b,", ",2,"))
                .table()
                .orElseThrow();
        Path other = Files.writeString(folder.resolve("new.csv"), "5,2\n");

        assertThat(NewRows.read(other, TableFormat.FOUND, recipe).labels()).isEmpty();
        Files.writeString(other, "5,2,b,1\n");
        assertThatThrownBy(() -> NewRows.read(other, TableFormat.FOUND, recipe))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        other
                                + ": must have the 3 columns that the network was trained on, with or without the label, got 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1100,1102,class\n", "1100,NA,class\n"})
    void refusesALineOfNumbersAndAnotherClassUntilItIsSaidWhatItIs(String first) throws IOException {
        String content = first + rows(i -> "0." + i + "," + i + "," + kind(i));
        assertRefused(
                content,
                ", line 1: must be clearly a header or a row, got 1100 and the class 'class', which no other line has; "
                        + "data.header=true or false says which it is");

        assertThat(header(true).load(SIZES, 1).classNames()).containsExactly("a", "b");
        assertThat(header(false).describe()).contains("Classes, 3:");
    }

    @Test
    void refusesALineOfYearsAboveClassesThatAreNumbers() {
        assertRefused(
                "2001,2002,2003\n" + rows(i -> "0." + i + "," + i + "," + i % 2),
                ", line 1: must be clearly a header or a row, got 2001 and the class '2003', which no other line has; "
                        + "data.header=true or false says which it is");
    }

    @Test
    void refusesALineThatHasTextAndNumbersInColumnsOfNumbers() {
        assertRefused(
                "-,1,a\n" + rows(i -> i + "," + i + "," + kind(i)),
                ", line 1: must be clearly a header or a row, got '-' beside 1 in columns of numbers; data.header=true or "
                        + "false says which it is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", ".", "#N/V", "none"})
    void refusesALineOfTextsInColumnsOfNumbersBesideAClassThatOtherLinesHave(String text) throws IOException {
        String content = text + ",a\n" + rows(i -> i + "," + kind(i));
        assertRefused(
                content,
                ", line 1: must be clearly a header or a row, got '" + text
                        + "' in a column of numbers and the class 'a', "
                        + "which other lines have; data.header=true or false says which it is");
        assertThatThrownBy(() -> load(text + ",0\n" + rows(i -> i + "." + i + "," + i % 2)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("and the class '0', which other lines have");

        Files.writeString(file, content);
        assertThat(header(true).load(SIZES, 1).classNames()).containsExactly("a", "b");
        assertThatThrownBy(() -> header(false).load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(file + ", line 1: ")
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void knowsTheGapOfSpreadsheetsInTheFirstRow() throws IOException {
        Files.writeString(file, "#N/A,a\n" + rows(i -> i + "," + kind(i)));

        assertThat(oneHot(List.of()).describe().get(0)).contains((ROWS + 1) + " rows, without a header");
    }

    @Test
    void takesTextsInColumnsOfNumbersForNamesWhereNoOtherLineHasTheClass() throws IOException {
        assertThat(load("x,kind\n" + rows(i -> i + "," + kind(i))).classNames()).containsExactly("a", "b");
    }

    @Test
    void aNumberAmongTextsMakesNoColumnOfNumbers() throws IOException {
        Files.writeString(file, "red,a\n" + rows(i -> (i == 5 ? "7" : i % 3 == 0 ? "red" : "blue") + "," + kind(i)));

        assertThat(oneHot(List.of()).describe().get(0)).contains((ROWS + 1) + " rows, without a header");
    }

    private CsvTable header(boolean there) {
        TableFormat told = new TableFormat(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(there));
        return new CsvTable(file, told, new TableColumns("last", List.of(), Missing.FILL, Text.REFUSE, Task.CLASSES));
    }

    /** Columns '', '0', '1' and '2'. */
    @Test
    void refusesANumberThatIsTheNameOfAnotherColumn() throws IOException {
        Files.writeString(file, ",0,1,2\n" + rows(i -> i + "," + i % 3 + "," + i % 4 + "," + kind(i)));

        assertThatThrownBy(() -> named("2", List.of(), List.of()).load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        file + ": data.label=2 must be clear, got the number of column '1' and the name of column 3 "
                                + "(counted from 0); a name stands in double quotes: \"1\" or \"2\"");
        assertThatThrownBy(() -> named("3", List.of("1"), List.of()).load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(file + ": data.drop=1 must be clear");
        assertThat(named("3", List.of(), List.of()).load(SIZES, 1).classNames()).containsExactly("a", "b");
        CsvTable quoted = named("\"2\"", List.of("\"1\""), List.of());
        assertThat(quoted.load(SIZES, 1).shape()).isEqualTo(InputShape.row(1));
        assertThat(feature(quoted, 0).name()).isEqualTo("0");
    }

    @Test
    void takesANumberBeyondTheColumnsForAName() throws IOException {
        Files.writeString(file, "2001,2002,2003\n" + rows(i -> i + "," + kind(i) + "," + i % 3));

        CsvTable table = named("2002", List.of("2003"), List.of());

        assertThat(table.load(SIZES, 1).classNames()).containsExactly("a", "b");
        assertThat(feature(table, 0).name()).isEqualTo("2001");
        assertThatThrownBy(() -> named("2004", List.of(), List.of()).load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        file + ": the label column must be one of 0 to 2, got 2004; the first line is 2001,2002,2003");
    }

    /** The beginnings of files that their programs have written. */
    @ParameterizedTest
    @CsvSource({
        "504B030414000600, 'a zip file or a spreadsheet (xlsx, ods): unpack it, or export the table as CSV'",
        "D0CF11E0A1B11AE1, a spreadsheet (xls): export the table as CSV",
        "1F8B080000000000, a gzip file: unpack it",
        "5041523115001500, a Parquet file: export the table as CSV",
        "4152524F57310000, an Arrow file: export the table as CSV"
    })
    void saysWhatAFileIsThatIsNoText(String beginning, String kind) throws IOException {
        Files.write(file, HexFormat.of().parseHex(beginning));
        Optional<Charset> latin = Optional.of(StandardCharsets.ISO_8859_1);

        for (Optional<Charset> encoding : List.of(Optional.<Charset>empty(), latin)) {
            TableFormat format = new TableFormat(encoding, Optional.empty(), Optional.empty(), Optional.empty());
            assertThatThrownBy(() -> new CsvTable(file, format, TableColumns.all("last")).rowCount())
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessage(file + ": must be a table in text, got " + kind);
        }
    }

    @Test
    void readsAColumnThatIsCalledLikeTheBeginningOfAnotherKindOfFile() throws IOException {
        assertThat(load("PAR1,PK,kind\n" + rows(i -> i * i + "," + i * 7 % 5 + "," + kind(i)))
                        .classNames())
                .containsExactly("a", "b");
    }

    /** With indexOf for each name this takes minutes. */
    @Test
    void looksForNamesThatAreThereTwiceInOnePass() {
        List<String> names =
                IntStream.range(0, 300_000).mapToObj(i -> "column" + i).toList();

        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> TableHeader.refuseAmbiguousNames(file, names, Set.of()));
        HeaderIndex index = new HeaderIndex(List.of("a", "b", "a"));
        assertThat(List.of(index.first("a"), index.last("a"), index.first("b"), index.last("b"), index.first("c")))
                .containsExactly(0, 2, 1, 1, HeaderIndex.NONE);
    }

    /** With indexOf for each name of the list this takes minutes. */
    @Test
    @Tag("slow")
    void leavesOutHalfOfAHundredThousandColumnsByTheirNames() throws IOException {
        int count = 100_000;
        List<String> drop =
                IntStream.range(0, count / 2).mapToObj(i -> "column" + i).toList();
        Files.writeString(
                file,
                IntStream.range(0, count).mapToObj(i -> "column" + i + ",").collect(Collectors.joining()) + "kind\n"
                        + rows(i -> (i % 7 + ",").repeat(count) + kind(i)));
        CsvTable table = new CsvTable(
                file, TableFormat.FOUND, new TableColumns("kind", drop, Missing.REFUSE, Text.REFUSE, Task.AUTO));

        DataSplit split = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> table.load(SIZES, 1));

        assertThat(split.shape()).isEqualTo(InputShape.row(count - count / 2));
    }

    @Test
    void messagesShowOnlyTheBeginningOfManyNames() throws IOException {
        String header =
                IntStream.range(0, 1000).mapToObj(i -> "column" + i + ",").collect(Collectors.joining());
        Files.writeString(file, header + "kind\n" + rows(i -> (i % 7 + ",").repeat(1000) + kind(i)));
        TableColumns another = new TableColumns("kind", List.of("another"), Missing.REFUSE, Text.REFUSE, Task.AUTO);
        TableRecipe recipe = load(Files.readString(file)).table().orElseThrow();

        assertThatThrownBy(() -> new CsvTable(file, TableFormat.FOUND, another).load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("data.drop must name columns, got 'another'; the first line is column0,column1,")
                .hasMessageEndingWith("... (1001 columns)");
        for (String other : List.of("column7", "kind7")) {
            Files.writeString(
                    file,
                    header.replace("column5,", other + ",") + "kind\n"
                            + rows(i -> (i % 7 + ",").repeat(1000) + kind(i)));
            assertThatThrownBy(() -> NewRows.read(file, TableFormat.FOUND, recipe))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageContaining("; the first line is column0,column1,")
                    .hasMessageEndingWith("... (1001 columns)");
        }
    }

    @Test
    void readsLinesThatEndAsOnOldMacs() throws IOException {
        String rows = IntStream.range(0, 10_000) // more than what the separator is found in
                .mapToObj(i -> i * i + "," + i * 7 % 5 + "," + kind(i) + "\r")
                .collect(Collectors.joining());
        Files.writeString(file, "x,y,kind\r" + rows);

        CsvTable table = new CsvTable(file, "last");

        assertThat(table.rowCount()).isEqualTo(10_000);
        assertThat(table.load(SIZES, 1).classNames()).containsExactly("a", "b");
    }
}
