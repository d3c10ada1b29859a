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
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms in which archives hand out well-known data sets: air quality, adult, titanic and their like. */
class PublicTablesTest {

    private static final int ROWS = 20;
    private static final SplitSizes SIZES = new SplitSizes(12, 4, 4);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("public.csv");
    }

    private static String rows(IntFunction<String> row) {
        return IntStream.range(0, ROWS).mapToObj(i -> row.apply(i) + "\n").collect(Collectors.joining());
    }

    private static String kind(int i) {
        return i % 2 == 0 ? "a" : "b";
    }

    private static TableFormat gaps(String... texts) {
        return new TableFormat(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(List.of(texts)));
    }

    private static TableColumns columns(Missing missing, Task task) {
        return new TableColumns("last", List.of(), missing, Text.ONE_HOT, task);
    }

    @Test
    void aNumberMayMeanThatThereIsNoValue() throws IOException {
        Files.writeString(
                file,
                "temperature;humidity;kind\n"
                        + rows(i -> (i % 5 == 0 ? "-200" : i + ",5") + ";" + (i % 5 == 1 ? "-200,0" : "" + i) + ";"
                                + kind(i)));
        CsvTable table = new CsvTable(file, gaps("-200"), columns(Missing.FILL, Task.AUTO));

        TableRecipe recipe = table.load(SIZES, 1).table().orElseThrow();

        assertThat(table.describe())
                .contains(
                        "  column 'temperature': numbers, 4 without a value",
                        "  column 'humidity': numbers, 4 without a value");
        assertThat(recipe.features())
                .allSatisfy(feature -> assertThat(feature.mean()).isPositive());
        Path other = Files.writeString(folder.resolve("new.csv"), "temperature;humidity\n-200;-200,0\n");
        assertThat(NewRows.read(other, TableFormat.FOUND, recipe).inputs().toFloatVector())
                .containsExactly(0, 0); // the means
    }

    @Test
    void refusesAQuantityWithoutAValue() throws IOException {
        Files.writeString(file, "x,y\n" + rows(i -> i + "," + (i == 3 ? "-200.0" : "1" + i)));

        assertThatThrownBy(
                        () -> new CsvTable(file, gaps("-200"), columns(Missing.FILL, Task.REGRESSION)).load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(
                        file
                                + ", line 5: label column 'y' must hold finite numbers below 3.4e38, got '-200.0', which data.gaps takes "
                                + "for none; data.unlabelled=leave-out leaves out such rows; data.label says which column that is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x;y;kind;;\n", "x;y;kind;\n"})
    void cutsAllLastColumnsThatAreEmpty(String header) throws IOException {
        Files.writeString(file, header + rows(i -> i + ",5;1;" + kind(i) + ";;") + ";;;;\n;;;;\n");

        DataSplit split = new CsvTable(file, "last").load(SIZES, 1);

        assertThat(split.classNames()).containsExactly("a", "b");
        assertThat(split.shape()).isEqualTo(InputShape.row(2));
    }

    @Test
    void anEmptyTextInQuotesIsACellBetweenBlanks() throws IOException {
        Files.writeString(
                file,
                "\"sex\" \"mass\" \"kind\"\n"
                        + rows(i -> "\"" + (i + 1) + "\"  " + (i % 4 == 0 ? "\"\"" : "\"male\"") + " " + i + " \""
                                + kind(i) + "\" "));

        CsvTable table = new CsvTable(file, TableFormat.FOUND, columns(Missing.FILL, Task.AUTO));

        assertThat(table.load(SIZES, 1).classNames()).containsExactly("a", "b");
        assertThat(table.describe())
                .contains("  column 0 (counted from 0): left out", "  column 'mass': numbers")
                .anySatisfy(
                        line -> assertThat(line).startsWith("  column 'sex': ").endsWith(", 5 without a value"));
    }

    @Test
    void saysWhatIsWrongWithAPartBeforeSizesThatFollowFromIt() throws IOException {
        Files.writeString(file, "x,y,kind\n" + rows(i -> i + "," + i * i + "," + kind(i)));
        Path test = Files.writeString(folder.resolve("test.csv"), "x,y,kind\n1,2,a\n1,2\n");

        assertThatThrownBy(() -> new CsvTable(
                                new TableFiles(file, Optional.empty(), Optional.of(test)),
                                TableFormat.FOUND,
                                TableColumns.all("last"))
                        .load(new SplitSizes(800_000, 200_000, 1), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(test + ", line 3: must have the 3 columns of the first line, got 2");
    }

    /** Names, categories, gaps, tickets of which some are numbers, and a column that is mostly empty. */
    private void titanic() throws IOException {
        Files.writeString(
                file,
                "Name,Sex,Age,Ticket,Cabin,Survived\n"
                        + IntStream.range(0, 120)
                                .mapToObj(i -> "\"Braund, Mr. " + i + "\","
                                        + List.of("male", "female").get(i % 2) + ","
                                        + (i % 5 == 0 ? "" : i % 60) + "," + (i % 3 == 0 ? "A/5 " : "") + i * 7 + ","
                                        + (i % 10 == 0 ? "C" + i % 4 : "") + "," + i / 7 % 2 + "\n")
                                .collect(Collectors.joining()));
    }

    @Test
    void saysWhichSettingsTakeAllColumns() throws IOException {
        titanic();

        assertThatThrownBy(() -> new CsvTable(file, "last").load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file
                        + ", line 2: column 'Name' must hold numbers, got 'Braund, Mr. 0'; its 120 different values are too many "
                        + "for categories, and data.drop leaves it out. In all, 5 columns are refused: 'Name', 'Sex', "
                        + "'Age', 'Ticket', 'Cabin'. These settings take them: --set data.drop=Name,Ticket --set "
                        + "data.text=one-hot --set data.missing=fill, or category in the place of fill. The last column is taken for what is to be predicted; "
                        + "data.label takes another");
        TableColumns told = new TableColumns("last", List.of("Name", "Ticket"), Missing.FILL, Text.ONE_HOT, Task.AUTO);
        assertThat(new CsvTable(file, TableFormat.FOUND, told)
                        .load(new SplitSizes(80, 20, 20), 1)
                        .training()
                        .numExamples())
                .isEqualTo(80);
    }

    @Test
    void addsToTheSettingsThatAreThere() throws IOException {
        Files.writeString(
                file,
                "\"town, country\",Sp. Atk,share,code,kind\n"
                        + IntStream.range(0, 120)
                                .mapToObj(i -> "town" + i + ",text" + i + "," + i + "%,"
                                        + List.of("1", "2", "other", "other").get(i % 4) + "," + kind(i) + "\n")
                                .collect(Collectors.joining()));
        TableColumns columns = new TableColumns("kind", List.of("Sp. Atk"), Missing.REFUSE, Text.ONE_HOT, Task.AUTO);

        assertThatThrownBy(() -> new CsvTable(file, TableFormat.FOUND, columns).load(new SplitSizes(80, 20, 20), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageEndingWith(
                        ". In all, 3 columns are refused: 'town, country', 'share', 'code'. These settings take all but 'share': "
                                + "--set 'data.drop=Sp. Atk,\"town, country\"' --set data.categories=code");
    }

    @Test
    void quotesASettingWithAnApostropheAsAShellNeedsIt() throws IOException {
        Files.writeString(
                file,
                "Mother's age,code,kind\n"
                        + IntStream.range(0, 120)
                                .mapToObj(i -> "text" + i + ","
                                        + List.of("1", "2", "other", "other").get(i % 4) + "," + kind(i) + "\n")
                                .collect(Collectors.joining()));
        TableColumns columns = new TableColumns("kind", List.of(), Missing.REFUSE, Text.ONE_HOT, Task.AUTO);

        assertThatThrownBy(() -> new CsvTable(file, TableFormat.FOUND, columns).load(new SplitSizes(80, 20, 20), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageEndingWith("--set 'data.drop=Mother'\\''s age' --set data.categories=code");
    }

    @Test
    void aGapMayBeACategoryOfItsOwn() throws IOException {
        Files.writeString(
                file,
                "alley,roof,size,kind\n"
                        + rows(i -> (i % 4 == 0 ? "Pave" : "") + "," + (i % 3 == 0 ? "flat" : "steep") + ","
                                + (i % 5 == 0 ? "" : "3") + "," + kind(i)));
        CsvTable table = new CsvTable(file, TableFormat.FOUND, columns(Missing.CATEGORY, Task.AUTO));

        TableRecipe recipe = table.load(SIZES, 1).table().orElseThrow();

        assertThat(recipe.features().get(0).categories()).containsExactly("NA", "Pave");
        assertThat(recipe.features().get(1).categories()).containsExactly("flat", "steep");
        Path other = Files.writeString(folder.resolve("new.csv"), "alley,roof,size\n,,NA\nPave,flat,3\n");
        NewRows rows = NewRows.read(other, TableFormat.FOUND, recipe);
        assertThat(rows.inputs().getRow(0).toFloatVector())
                .containsExactly(1, 0, 0, 1, 0); // steep is the most frequent
        assertThat(rows.inputs().getRow(1).toFloatVector()).containsExactly(0, 1, 1, 0, 0);
        assertThat(rows.notes())
                .containsExactly(
                        "Cells without a value among the rows: 3; they count as in training, by data.missing.");
    }

    @Test
    void aGapIsNoTextThatIsThere() throws IOException {
        Files.writeString(
                file,
                "continent,x,kind\n" + rows(i -> List.of("NA", "EU", "").get(i % 3) + "," + i * i + "," + kind(i)));

        CsvTable table = new CsvTable(file, gaps(), columns(Missing.CATEGORY, Task.AUTO));

        assertThat(table.load(SIZES, 1).table().orElseThrow().features().get(0).categories())
                .containsExactly("EU", "NA", "NA_");
    }

    @ParameterizedTest
    @ValueSource(strings = {"|1x3 Cross validator\n", "Made by hand.\nRates, in percent.\n\n"})
    void saysThatSomethingStandsAboveTheTable(String above) throws IOException {
        Files.writeString(file, above + "a,b,c,kind\n" + rows(i -> i + "," + i * i + ",1," + kind(i)));

        assertThatThrownBy(() -> new CsvTable(file, "last").rowCount())
                .isInstanceOf(InvalidDataException.class)
                .hasMessageEndingWith("; most lines have 4: delete what stands above the table, such as '"
                        + above.lines().findFirst().orElseThrow() + "'");
    }

    @Test
    void saysThatTheFirstLineMayStandAboveTheTable() throws IOException {
        Files.writeString(file, "506,3,,\na,b,c,kind\n" + rows(i -> i + "," + i * i + ",1," + kind(i)));

        assertThatThrownBy(() -> new CsvTable(file, "last").rowCount())
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(file
                        + ", line 1: label column 3 (counted from 0) must hold a class, got ''; data.unlabelled=leave-out leaves "
                        + "out rows without a class; delete line 1 if it stands above the table; ");
    }

    @Test
    void saysThatSingleQuotesDoNotKeepATextTogether() throws IOException {
        Files.writeString(
                file, "x,state,kind\n" + rows(i -> i + "," + (i == 7 ? "'bad, old'" : "'good'") + "," + kind(i)));

        assertThatThrownBy(() -> new CsvTable(file, "last").rowCount())
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file
                        + ", line 9: must have the 3 columns of the first line, got 4; single quotes do not keep a text "
                        + "together, double quotes do");
    }

    @Test
    void tellsOfAnotherColumnThatIsCalledLikeALabel() throws IOException {
        Files.writeString(file, "Class,x,habitat\n" + rows(i -> kind(i) + "," + i * i + "," + kind(i / 2)));

        String note =
                "Column 'Class' is called like a label, and the last column is taken for it: data.label=Class takes this one.";
        assertThat(new CsvTable(file, TableFormat.FOUND, columns(Missing.REFUSE, Task.AUTO)).notes())
                .containsExactly(note);
        for (String label : List.of("habitat", "Class")) {
            TableColumns told = new TableColumns(label, List.of(), Missing.REFUSE, Text.ONE_HOT, Task.AUTO);
            assertThat(new CsvTable(file, TableFormat.FOUND, told).notes()).isEmpty();
        }
    }

    private static TableColumns labelled(String label, Task task) {
        return new TableColumns(
                label,
                List.of(),
                List.of(),
                List.of(),
                Missing.REFUSE,
                Text.REFUSE,
                task,
                TableColumns.Unlabelled.LEAVE_OUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x,y,kind\n", ""})
    void leavesOutRowsWithoutAClassWhereItIsTold(String header) throws IOException {
        Files.writeString(file, header + "7,7,\n" + rows(i -> i + "," + i * i + "," + kind(i)) + "8,8,?\nnone,,NA\n");
        CsvTable table = new CsvTable(file, TableFormat.FOUND, labelled("last", Task.AUTO));

        assertThat(table.rowCount()).isEqualTo(ROWS);
        assertThat(table.load(SIZES, 1).classNames()).containsExactly("a", "b");
        assertThat(table.describe()).contains("Rows without a class, which are left out: 3.");
        assertThat(table.summary()).contains("Rows without a class, which are left out: 3.");
        assertThatThrownBy(() -> new CsvTable(file, "last").rowCount())
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("label column ");
    }

    @Test
    void leavesOutRowsOfAllFilesWithoutAQuantity() throws IOException {
        Files.writeString(file, "price,x\n" + rows(i -> (i == 4 ? "?" : "" + i * i) + "," + i));
        Path test = Files.writeString(folder.resolve("test.csv"), "x,price\n1,\n2,4\n3,9\n4,NA\n");

        CsvTable table = new CsvTable(
                new TableFiles(file, Optional.empty(), Optional.of(test)),
                TableFormat.FOUND,
                labelled("price", Task.REGRESSION));

        assertThat(table.rowCounts()).isEqualTo(new TableFiles.Counts(ROWS - 1, Optional.empty(), Optional.of(2)));
        assertThat(table.load(new SplitSizes(14, 5, 2), 1).test().numExamples()).isEqualTo(2);
        assertThat(table.describe()).contains("Rows without a quantity, which are left out: 1.");
    }

    @Test
    void refusesATableWhoseRowsAllLackAClass() throws IOException {
        Files.writeString(file, "x,kind\n1,\n2,?\n");

        assertThatThrownBy(() -> new CsvTable(file, TableFormat.FOUND, labelled("kind", Task.AUTO)).rowCount())
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        file + ": must have a row with a class or quantity, got none in label column 'kind' of 2 rows");
    }

    @Test
    void newRowsMayBeginWithRowNamesOfR() throws IOException {
        Files.writeString(file, "x,y,kind\n" + rows(i -> i + "," + i * i + "," + kind(i)));
        TableRecipe recipe = new CsvTable(file, "last").load(SIZES, 1).table().orElseThrow();
        Path plain = Files.writeString(folder.resolve("plain.csv"), "x,y\n1,2\n3,4\n5,6\n");
        Path numbered =
                Files.writeString(folder.resolve("numbered.txt"), "\"x\" \"y\"\n\"1\" 1 2\n\"2\" 3 4\n\"3\" 5 6\n");
        Path named = Files.writeString(
                folder.resolve("named.csv"), "\"\",\"y\",\"x\"\n\"23\",2,1\n\"7\",4,3\n\"105\",6,5\n");

        float[][] expected =
                NewRows.read(plain, TableFormat.FOUND, recipe).inputs().toFloatMatrix();

        for (Path rows : List.of(numbered, named)) {
            assertThat(NewRows.read(rows, TableFormat.FOUND, recipe).inputs().toFloatMatrix())
                    .isDeepEqualTo(expected);
        }
    }
}
