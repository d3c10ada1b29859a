package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.program.data.TableColumns.Missing;
import io.github.autol2.program.data.TableColumns.Task;
import io.github.autol2.program.data.TableColumns.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableQuantityTest {

    private static final SplitSizes SIZES = new SplitSizes(12, 4, 4);

    /** The price is 1000 + 10 times the first column. */
    private static final String BODY = IntStream.range(0, 20)
            .mapToObj(i -> i + ",7," + (1000 + 10 * i) + "\n")
            .collect(Collectors.joining());

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("houses.csv");
    }

    private CsvTable table(String content) throws IOException {
        Files.writeString(file, content);
        return new CsvTable(
                file,
                TableFormat.FOUND,
                new TableColumns("last", List.of(), Missing.REFUSE, Text.REFUSE, Task.REGRESSION));
    }

    private static float[] labels(DataSplit split) {
        return split.training().getLabels().data().asFloat();
    }

    @Test
    void standardisesTheQuantityByTheTrainingRows() throws IOException {
        // when
        DataSplit split = table("x,y,price\n" + BODY).load(SIZES, 1);

        // then
        float[] training = labels(split);
        assertThat(training).hasSize(12);
        assertThat(IntStream.range(0, 12).mapToDouble(i -> training[i]).sum()).isCloseTo(0, within(1e-5));
        assertThat(IntStream.range(0, 12)
                        .mapToDouble(i -> training[i] * training[i])
                        .sum())
                .isCloseTo(12, within(1e-5));
        Target.Quantity quantity = (Target.Quantity) split.target();
        assertThat(split.table().orElseThrow().target()).isEqualTo(quantity);
        // the first column is standardised by the same rows, and the price is linear in it
        float[] test = split.test().getLabels().data().asFloat();
        float[] x = split.test().getFeatures().getColumn(0).toFloatVector();
        assertThat(test).containsExactly(x, within(1e-5f));
        assertThat(Arrays.stream(new double[] {test[0], test[1], test[2], test[3]})
                        .map(quantity::value)
                        .map(value -> Math.rint(value * 1000) / 1000 % 10))
                .containsOnly(0.0);
    }

    @Test
    void anotherQuantityGivesAnotherFingerprint() throws IOException {
        String before = table(BODY).load(SIZES, 1).fingerprint();

        // standardised, these labels are the same numbers
        String after = table(BODY.replaceAll(",1(\\d\\d\\d)\n", ",2$1\n"))
                .load(SIZES, 1)
                .fingerprint();

        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void aDecimalCommaOfTheQuantityAloneIsFound() throws IOException {
        DataSplit split = table("x;price\n"
                        + IntStream.range(0, 20)
                                .mapToObj(i -> i + ";" + i + ",5\n")
                                .collect(Collectors.joining()))
                .load(SIZES, 1);

        assertThat(((Target.Quantity) split.target()).mean() % 1).isNotEqualTo(0);
    }

    @Test
    void aHeaderIsFoundByTheNameOfTheQuantityAlone() throws IOException {
        String body = IntStream.range(0, 20)
                .mapToObj(i -> (i % 2 == 0 ? "red" : "blue") + "," + i + "\n")
                .collect(Collectors.joining());

        assertThat(table("red,price\n" + body).rowCount()).isEqualTo(20);
        assertThat(table(body).rowCount()).isEqualTo(20);
    }

    @Test
    void tellsItsRange() throws IOException {
        assertThat(table("x,y,price\n" + BODY).describe())
                .contains(
                        "  column 'price': the quantity to predict, as the last column: data.label takes another",
                        "A quantity, from 1000.0 to 1190.0, on average 1095.");
    }

    @Test
    void hasNoClasses() throws IOException {
        DataSplit split = table(BODY).load(SIZES, 1);

        assertThatThrownBy(split::classNames)
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("with data.task=regression there are no classes, which this command judges by");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NA", "", "dear", "1e39", "1,2"})
    void refusesARowWithoutItsQuantity(String cell) throws IOException {
        CsvTable table = table("x;price\n1;2\n2;" + cell + "\n3;2.5\n");

        assertThatThrownBy(table::rowCount)
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ", line 3: label column 'price' must hold finite numbers below 3.4e38, got '" + cell
                        + "'"
                        + (cell.equals("NA") ? ", which data.gaps takes for none" : "")
                        + (List.of("NA", "").contains(cell) ? "; data.unlabelled=leave-out leaves out such rows" : "")
                        + (cell.equals("1,2")
                                ? "; data.decimal says what their decimal sign is"
                                : "; data.label says which column that is; the first line is x;price"));
    }

    @Test
    void refusesPartsInWhichTheQuantityIsTheSame() throws IOException {
        CsvTable same = table(BODY.replaceAll(",1\\d\\d\\d\n", ",5\n"));
        assertThatThrownBy(() -> same.load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": label column 2 (counted from 0) must hold at least 2 different values in the "
                        + "training rows, or R2 means nothing, got one value in 12 rows; take more rows");
        CsvTable table = table(BODY);
        assertThatThrownBy(() -> table.load(new SplitSizes(12, 1, 4), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(
                        "in the validation rows, or R2 means nothing, got one value in 1 rows; " + "take more rows");
        assertThatThrownBy(() -> table.load(new SplitSizes(12, 4, 1), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("in the test rows");
    }

    @Test
    void whatANetworkIsTrainedOnMustBeFinite() {
        assertThatThrownBy(() -> new Target.Quantity(Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mean must be finite and deviation finite and > 0, got NaN and 1.0");
        assertThatThrownBy(() -> new Target.Quantity(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mean must be finite and deviation finite and > 0, got 1.0 and 0.0");
    }
}
