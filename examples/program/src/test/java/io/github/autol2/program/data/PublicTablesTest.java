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
                .hasMessageStartingWith(file
                        + ", line 5: label column 'y' must hold finite numbers below 3.4e38, got '-200.0', which data.gaps takes "
                        + "for none; data.label says which column that is");
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
}
