package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableClassesTest {

    private static final int ROWS = 1000;
    private static final String QUANTITY = " in 1000 rows: that looks like a quantity to predict";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("table.csv");
    }

    /** Rows whose label is {@code label}, but for one. */
    private CsvTable table(IntFunction<String> label, String odd) throws IOException {
        Files.writeString(
                file,
                "x;y\n"
                        + IntStream.range(0, ROWS)
                                .mapToObj(i -> i + ";" + (i == 500 ? odd : label.apply(i)) + "\n")
                                .collect(Collectors.joining()));
        return new CsvTable(file, "last");
    }

    /** A code of the class beside it, and a number of which only a part of the rows shares the class. */
    @Test
    void notesAColumnThatTellsTheClassByItself() throws IOException {
        Files.writeString(
                file,
                "code;size;kind\n"
                        + IntStream.range(0, 60)
                                .mapToObj(i -> "k" + i % 6 + ";" + (i + 1) % 4 + ";" + (i % 2 == 0 ? "a" : "b") + "\n")
                                .collect(Collectors.joining()));

        assertThat(new CsvTable(file, "last").notes())
                .containsExactly(
                        "Column 'code' alone tells the class of every row: if it is the class in other words, leave it out with data.drop.",
                        "Column 'size' alone tells the class of every row: if it is the class in other words, leave it out with data.drop.");
    }

    @Test
    void notesNoColumnThatTellsTheClassOfMostRowsOrOfFewEach() throws IOException {
        Files.writeString(
                file,
                "code;id;kind\n"
                        + IntStream.range(0, 60)
                                .mapToObj(i ->
                                        "k" + i % 6 + ";n" + i % 20 + ";" + (i % 2 == 0 || i == 59 ? "a" : "b") + "\n")
                                .collect(Collectors.joining()));

        assertThat(new CsvTable(file, "last").notes()).isEmpty();
    }

    /** Two rows of a rare class, both 93 years old, as nobody else is. */
    @Test
    void notesNoColumnThatTellsARareClassByChance() throws IOException {
        Files.writeString(
                file,
                "age;ill\n"
                        + IntStream.range(0, 600)
                                .mapToObj(i -> (i < 2 ? "93;yes" : 20 + i % 30 + ";no") + "\n")
                                .collect(Collectors.joining()));

        assertThat(new CsvTable(file, "last").notes()).isEmpty();
    }

    @Test
    void datesVersionsAndAddressesAreNoNumbers() throws IOException {
        assertThat(table(i -> "10.0.0." + i % 25, "10.0.1.1").describe()).contains("Classes, 26:");
        assertThat(table(i -> "1." + i % 25 + ".0", "2.0.1").describe()).contains("Classes, 26:");
        assertThat(table(i -> i % 24 + ":00", "12:30").describe()).contains("Classes, 25:");
    }

    private static void assertRefused(CsvTable table, String problem) {
        assertThatThrownBy(() -> table.load(new SplitSizes(600, 200, 200), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "-", ">500", "12 years"})
    void aNumericLabelWithAnOddCellIsStillAQuantity(String odd) throws IOException {
        assertRefused(
                table(i -> "" + i % 100, odd),
                "label column 'y' must hold classes, got 101 different values" + QUANTITY + ", but for '" + odd
                        + "' in line 502; set data.task=regression, or data.task=classes if they are classes");
    }

    @ParameterizedTest
    @CsvSource({"1e400", "1 200", "$12", "7 %"})
    void whatPeopleReadAsANumberIsNotOdd(String number) throws IOException {
        assertRefused(table(i -> "" + i % 100, number), "got 101 different values" + QUANTITY + "; set ");
    }

    @Test
    void allNumbersMayBeWrittenInAWayThatIsNotRead() throws IOException {
        assertRefused(table(i -> "$" + i % 100 + "." + i % 7, "$1"), "different values" + QUANTITY + "; set ");
        assertRefused(table(i -> i % 10 + "," + i % 7, "9"), "different values" + QUANTITY + "; set ");
    }

    @Test
    void namesAFewOfManyOddCells() throws IOException {
        assertRefused(
                table(i -> i % 10 == 0 ? "t" + i / 100 : "" + i % 100, "t0"),
                ", but for 't0' in line 2, 't1' in line 102, 't2' in line 202, 't3' in line 302, 't4' in line 402 and "
                        + "others; set ");
    }

    @Test
    void aFewCodesAndATextAreClassesWithANote() throws IOException {
        CsvTable table = table(i -> "" + i % 30, "other");

        assertThat(table.load(new SplitSizes(600, 200, 200), 1).classNames())
                .hasSize(31)
                .contains("other");
        assertThat(table.notes())
                .contains("The classes are numbers, but for 'other': if that means that there is no class, say so with "
                        + "data.gaps and data.unlabelled=leave-out.");
    }

    @Test
    void textsWithAFewNumbersAmongThemAreClasses() throws IOException {
        CsvTable table = table(i -> i % 30 < 15 ? "" + i % 30 : "t" + i % 30, "t29");

        assertThat(table.load(new SplitSizes(600, 200, 200), 1).classNames()).hasSize(30);
        assertThat(table.notes()).noneMatch(note -> note.startsWith("The classes are numbers"));
    }
}
