package io.github.autol2.program.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Training, validation and test rows, disjoint, in memory. Each data set holds features [rows, inputs] and labels [rows, outputs],
 * both of type float; labels are one-hot for classes, and standardised for a quantity. The arrays are not copied: who changes them changes them for all readers.
 *
 * @param training   at least one row
 * @param validation may have no rows
 * @param test       at least one row
 * @param shape      of one input
 * @param target     what the label columns mean
 * @param table      how rows of a table became inputs; empty for images
 * @param notes      sentences about what may be wrong with validation and test rows
 */
public record DataSplit(
        DataSet training,
        DataSet validation,
        DataSet test,
        InputShape shape,
        Target target,
        Optional<TableRecipe> table,
        List<String> notes) {

    private static final int HASHED_ROWS = 500; // at a time

    public DataSplit {
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(target, "target");
        notes = List.copyOf(notes);
        check("training", training, 1, shape, target.outputs());
        check("validation", validation, 0, shape, target.outputs());
        check("test", test, 1, shape, target.outputs());
    }

    /** Rows without notes. */
    public DataSplit(
            DataSet training,
            DataSet validation,
            DataSet test,
            InputShape shape,
            Target target,
            Optional<TableRecipe> table) {
        this(training, validation, test, shape, target, table, List.of());
    }

    /** Rows of classes that did not come from a table. */
    public DataSplit(DataSet training, DataSet validation, DataSet test, InputShape shape, List<String> classNames) {
        this(training, validation, test, shape, new Target.Classes(classNames), Optional.empty());
    }

    /** The same rows with another meaning of the labels. */
    DataSplit withTarget(Target other) {
        return new DataSplit(
                training, validation, test, shape, other, table.map(recipe -> recipe.withTarget(other)), notes);
    }

    /**
     * The names of the classes in the order of the label columns, at least two.
     *
     * @throws InvalidDataException if the rows have no classes
     */
    public List<String> classNames() {
        return classes().names();
    }

    /**
     * The target of who needs classes.
     *
     * @throws InvalidDataException if the rows have no classes
     */
    public Target.Classes classes() {
        if (target instanceof Target.Classes classes) {
            return classes;
        }
        throw new InvalidDataException("with data.task=regression there are no classes, which this command judges by: "
                + "data, model, train, calibrate, tune and predict go with it");
    }

    /**
     * Tells these rows from others: the number of rows and a hash of all their numbers.
     *
     * @return for example {@code 512+256+1000 rows, sha256 1f3a...}
     */
    public String fingerprint() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        List<String> counts = new ArrayList<>();
        for (DataSet part : List.of(training, validation, test)) {
            counts.add(Integer.toString(part.numExamples()));
            for (INDArray array : List.of(part.getFeatures(), part.getLabels())) {
                for (long row = 0; row < array.size(0); row += HASHED_ROWS) {
                    float[] numbers = Portions.rows(array, row, Math.min(array.size(0), row + HASHED_ROWS))
                            .data()
                            .asFloat();
                    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * numbers.length);
                    bytes.asFloatBuffer().put(numbers);
                    digest.update(bytes);
                }
            }
        }
        String meaning =
                target instanceof Target.Classes classes ? String.join("\n", classes.names()) + "\n" : "" + target;
        digest.update(meaning.getBytes(StandardCharsets.UTF_8));
        return String.join("+", counts) + " rows, sha256 " + HexFormat.of().formatHex(digest.digest());
    }

    private static void check(String name, DataSet rows, int minimum, InputShape shape, int outputs) {
        Objects.requireNonNull(rows, name);
        checkArray(name + " features", rows.getFeatures(), shape.inputs());
        checkArray(name + " labels", rows.getLabels(), outputs);
        long count = rows.getFeatures().size(0);
        if (count < minimum) {
            throw new IllegalArgumentException(
                    "the " + name + " set must have at least " + minimum + " row, got " + count);
        }
        if (rows.getLabels().size(0) != count) {
            throw new IllegalArgumentException("the " + name + " set must have a label for each of its " + count
                    + " rows, got " + rows.getLabels().size(0));
        }
    }

    private static void checkArray(String name, INDArray array, int columns) {
        if (array.rank() != 2 || array.size(1) != columns || array.dataType() != DataType.FLOAT) {
            throw new IllegalArgumentException("the " + name + " must be floats of shape [rows, " + columns + "], got "
                    + array.dataType() + " of shape " + Arrays.toString(array.shape()));
        }
    }
}
