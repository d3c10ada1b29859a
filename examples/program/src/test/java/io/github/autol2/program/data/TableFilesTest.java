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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFilesTest {

    @TempDir
    private Path folder;

    private Path main;

    @BeforeEach
    void writeTheTrainingRows() throws IOException {
        main = Files.writeString(
                folder.resolve("train.csv"),
                "x,y,kind\n"
                        + IntStream.range(0, 10)
                                .mapToObj(i -> i + "," + i * i % 7 + "," + (i % 2 == 0 ? "a" : "b") + "\n")
                                .collect(Collectors.joining()));
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private CsvTable table(Optional<Path> validation, Optional<Path> test) {
        return new CsvTable(new TableFiles(main, validation, test), TableFormat.FOUND, TableColumns.all("last"));
    }

    @Test
    void eachFileIsOnePartAndTheTrainingRowsStandardiseAll() throws IOException {
        // given: other orders of the columns, another separator and decimal sign
        Path validation = write("valid.csv", "kind;y;x\na;1;4,5\nb;2;0\n");
        Path test = write("test.csv", "kind,x,y\nb,4.5,1\n");

        // when
        CsvTable table = table(Optional.of(validation), Optional.of(test));
        DataSplit split = table.load(new SplitSizes(10, 2, 1), 1);

        // then
        assertThat(table.rowCounts()).isEqualTo(new TableFiles.Counts(10, Optional.of(2), Optional.of(1)));
        assertThat(split.training().numExamples()).isEqualTo(10);
        assertThat(split.validation().getLabels().toFloatMatrix()).isDeepEqualTo(new float[][] {{1, 0}, {0, 1}});
        assertThat(split.test().getLabels().toFloatMatrix()).isDeepEqualTo(new float[][] {{0, 1}});
        // 4.5 is the mean of 0 to 9, whose deviation is sqrt(8.25)
        assertThat(split.validation().getFeatures().getFloat(0, 0)).isZero();
        assertThat(split.validation().getFeatures().getFloat(1, 0)).isEqualTo((float) (-4.5 / Math.sqrt(8.25)));
        assertThat(split.test().getFeatures().getRow(0).toFloatVector())
                .isEqualTo(split.validation().getFeatures().getRow(0).toFloatVector());
    }

    @Test
    void thePartWithoutAFileIsOfTheFirstOne() throws IOException {
        Path test = write("test.csv", "x,y,kind\n1,1,a\n");

        DataSplit split = table(Optional.empty(), Optional.of(test)).load(new SplitSizes(8, 2, 1), 1);

        assertThat(split.validation().numExamples()).isEqualTo(2);
        assertThat(split.test().numExamples()).isEqualTo(1);
        assertThatThrownBy(() -> table(Optional.empty(), Optional.of(test)).load(new SplitSizes(9, 2, 1), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(main + ": data.trainSize 9 + data.validationSize 2 exceed the 10 rows of the file");
        assertThatThrownBy(() -> table(Optional.of(test), Optional.of(test)).load(new SplitSizes(11, 1, 1), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(main + ": data.trainSize 11 exceeds the 10 rows of the file");
    }

    @Test
    void aQuantityIsStandardisedByTheTrainingRows() throws IOException {
        Path test = write("test.csv", "kind,y,x\na,1,4.5\nb,1,0\n");
        main = write("train.csv", Files.readString(main).replace(",a", ",1").replace(",b", ",2"));
        write("test.csv", "kind,y,x\n1.5,1,4.5\n3,1,0\n");

        DataSplit split = new CsvTable(
                        new TableFiles(main, Optional.empty(), Optional.of(test)),
                        TableFormat.FOUND,
                        new TableColumns("kind", List.of(), Missing.REFUSE, Text.REFUSE, Task.REGRESSION))
                .load(new SplitSizes(6, 4, 2), 1);

        Target.Quantity quantity = (Target.Quantity) split.target();
        assertThat(split.test().getLabels().toFloatMatrix())
                .isDeepEqualTo(new float[][] {{quantity.standardised(1.5)}, {quantity.standardised(3)}});
    }

    @Test
    void refusesFilesThatDoNotGoWithTheFirstOne() throws IOException {
        assertRefused("x,y,kind\n1,1,c\n", ", line 2: the class must be one of the training table's, a, b, got 'c'");
        assertRefused("x,y,kind\n1,1,\n", ", line 2: the class must be one of the training table's, a, b, got ''");
        assertRefused("x,y\n1,1\n", ": must have the label column 'kind', as the training rows have it");
        assertRefused(
                "x,kind\n1,a\n",
                ": must have the column 'y' that the network was trained on; the first line is x,kind");
        assertRefused(
                "x,y,kind\nNA,1,a\n",
                ", line 2: column 'x' has no value, got 'NA'; only a network that was "
                        + "trained with data.missing=fill or category fills gaps");
        assertRefused("x,y,kind\n1e39,1,a\n", ", line 2: column 'x' must hold finite numbers below 3.4e38, got 1e39");
    }

    private void assertRefused(String content, String problem) throws IOException {
        Path test = write("test.csv", content);
        assertThatThrownBy(() -> table(Optional.empty(), Optional.of(test)).load(new SplitSizes(8, 2, 1), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(test + problem);
    }

    @Test
    void tellsTheRowsOfEachFile() throws IOException {
        Path validation = write("valid.csv", "x,y,kind\n1,1,a\n2,2,b\n");
        Path test = write("test.csv", "x,y,kind\n1,1,a\n");

        assertThat(table(Optional.of(validation), Optional.of(test)).describe())
                .contains(validation + ": 2 rows for validation.", test + ": 1 rows for the test.");
    }

    @Test
    void tellsOfTextsOfEachPartThatTheTrainingRowsDoNotHave() throws IOException {
        main = write("train.csv", Files.readString(main).replaceAll("(?m)^(\\d),\\d", "$1,red"));
        Path test = write("test.csv", "x,y,kind\n1,Red,a\n1,red,b\n2,Rot,a\n");
        TableColumns oneHot = new TableColumns("last", List.of(), Missing.REFUSE, Text.ONE_HOT, Task.AUTO);

        DataSplit split = new CsvTable(
                        new TableFiles(main, Optional.empty(), Optional.of(test)), TableFormat.FOUND, oneHot)
                .load(new SplitSizes(8, 2, 3), 1);

        assertThat(split.notes())
                .containsExactly(
                        "Column 'y': the network does not know the text of 2 of 3 test rows, such as 'Red', and takes it "
                                + "for none of those that it knows.");
        assertThat(ClassWeights.BALANCED
                        .apply(new LabelNoise(0.1).apply(split, 1))
                        .notes())
                .isEqualTo(split.notes());
    }

    @Test
    void tellsOfNumbersInTheOtherFilesThatMayMeanNoValue() throws IOException {
        Path validation = write("valid.csv", "x,y,kind\n-999,1,a\n2,3,b\n-999,1,b\n");
        Path test = write("test.csv", "x,y,kind\n1,1,a\n2,3,b\n");

        DataSplit split = table(Optional.of(validation), Optional.of(test)).load(new SplitSizes(10, 3, 2), 1);

        assertThat(split.notes())
                .containsExactly(
                        "Among the validation rows, column 'x' has -999 in 2 rows, far below all others: if that "
                                + "means that there is no value, say so with data.gaps.");
    }

    /** Only one row has the text, so that it is in one part. */
    @Test
    void tellsOfTextsOfOneFileThatTheTrainingRowsDoNotHave() throws IOException {
        main = write(
                "train.csv",
                Files.readString(main).replaceAll("(?m)^(\\d),\\d", "$1,red").replace("5,red", "5,Red"));
        TableColumns oneHot = new TableColumns("last", List.of(), Missing.REFUSE, Text.ONE_HOT, Task.AUTO);
        CsvTable table = new CsvTable(new TableFiles(main), TableFormat.FOUND, oneHot);

        List<List<String>> notes = IntStream.range(1, 20)
                .mapToObj(seed -> table.load(new SplitSizes(4, 3, 3), seed).notes())
                .toList();

        String sentence =
                "Column 'y': the network does not know the text of 1 of 3 %s rows, such as 'Red', and takes it for none "
                        + "of those that it knows.";
        assertThat(notes)
                .contains(List.of(), List.of(sentence.formatted("validation")), List.of(sentence.formatted("test")));
    }

    @Test
    void refusesWhatStandardisedNumbersCannotHold() throws IOException {
        main = write("train.csv", "x,y,kind\n" + "0,1,a\n0.00001,2,b\n".repeat(5));

        Path test = write("test.csv", "x,y,kind\n1e35,1,a\n");

        assertThatThrownBy(() -> table(Optional.empty(), Optional.of(test)).load(new SplitSizes(8, 2, 1), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(
                        test + ", line 2: column 'x' must not be so far from the training rows, whose mean is ")
                .hasMessageEndingWith(", that it fits into no float, got 1e35");
    }

    @Test
    void describesTheColumnsInShort() throws IOException {
        main = write(
                "train.csv",
                "id,x,colour,size,kind\n"
                        + IntStream.range(0, 10)
                                .mapToObj(i ->
                                        i + "," + (i == 3 ? "?" : i * i) + ",red,7," + (i % 2 == 0 ? "a" : "b") + "\n")
                                .collect(Collectors.joining()));
        TableColumns columns = new TableColumns("last", List.of("size"), Missing.FILL, Text.ONE_HOT, Task.AUTO);

        assertThat(new CsvTable(new TableFiles(main), TableFormat.FOUND, columns).summary())
                .containsExactly(
                        main + ": 10 rows, with a header; text in UTF-8, separated by ',', decimal sign '.'.",
                        "Columns: 1 of numbers; 1 of texts; left out: 'id', 'size'; gaps to fill: 1; the class is 'kind', the last column.");
    }
}
