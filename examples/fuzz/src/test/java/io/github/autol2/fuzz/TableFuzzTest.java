package io.github.autol2.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.github.autol2.program.data.CsvTable;
import io.github.autol2.program.data.InvalidDataException;
import io.github.autol2.program.data.SplitSizes;
import io.github.autol2.program.data.TableColumns;
import io.github.autol2.program.data.TableColumns.Missing;
import io.github.autol2.program.data.TableColumns.Task;
import io.github.autol2.program.data.TableColumns.Text;
import io.github.autol2.program.data.TableColumns.Unlabelled;
import io.github.autol2.program.data.TableFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A table with a label column, as text in any encoding. */
@Tag("slow")
class TableFuzzTest {

    @TempDir
    private static Path folder;

    private final FuzzedFile file = new FuzzedFile(folder.resolve("table.csv"));

    static Stream<Arguments> seeds() {
        String plain = "x,y,kind\n1,2,a\n3,4,b\n5,6,a\n7,8,b\n9,1,a\n2,3,b\n";
        String wild =
                "\uFEFF\"\";x;\"the\nname\";kind\n\"1\";1,5;red;a\n\"2\";NA;blue;b\n\"3\";2,5;red;a\n\"4\";1;?;b\n";
        return Damaged.of(Stream.of(
                Arguments.of(plain.getBytes(StandardCharsets.UTF_8), false, false),
                Arguments.of(wild.getBytes(StandardCharsets.UTF_8), true, false),
                Arguments.of(plain.getBytes(StandardCharsets.UTF_16LE), false, false),
                Arguments.of("1 2\n2 3\n3 4\n4 5\n".getBytes(StandardCharsets.UTF_8), false, true)));
    }

    /**
     * Describes the table and divides it.
     *
     * @param lenient    whether gaps and texts are categories, and rows without a label are left out
     * @param regression whether the label is a quantity
     */
    @MethodSource("seeds")
    @FuzzTest
    void readsATableOrRefusesIt(byte @NotNull [] content, boolean lenient, boolean regression) throws IOException {
        TableColumns columns = new TableColumns(
                "last",
                List.of(),
                List.of(),
                List.of(),
                lenient ? Missing.CATEGORY : Missing.REFUSE,
                lenient ? Text.ONE_HOT : Text.REFUSE,
                regression ? Task.REGRESSION : Task.AUTO,
                lenient ? Unlabelled.LEAVE_OUT : Unlabelled.REFUSE);
        file.read(
                content,
                path -> {
                    CsvTable table = new CsvTable(path, TableFormat.FOUND, columns);
                    table.describe();
                    int rows = table.rowCount();
                    table.load(new SplitSizes(Math.max(1, rows / 2), rows / 4, 1), 1);
                },
                InvalidDataException.class);
    }
}
