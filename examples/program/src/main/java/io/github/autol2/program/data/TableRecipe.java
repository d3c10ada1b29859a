package io.github.autol2.program.data;

import java.util.List;
import java.util.Objects;

/**
 * What makes inputs of a network of a table's rows and what its outputs mean; it goes with the network, so that it can be asked about
 * the rows of another file.
 *
 * @param header     whether the file had one, by whose names the columns are found again
 * @param columns    number of columns, the label and those left out included
 * @param label      the label column, counted from 0
 * @param labelName  its name in the header; empty without one
 * @param features   in the order of the inputs
 * @param target     what the outputs mean
 * @param written    how the file was written
 */
public record TableRecipe(
        boolean header,
        int columns,
        int label,
        String labelName,
        List<TableFeature> features,
        Target target,
        Written written) {

    /**
     * How the file of the training rows was written, which decides for another file where that is not clear by itself.
     *
     * @param separator between cells
     * @param decimal   the decimal sign
     * @param gaps      texts that say, like an empty cell, that there is no value
     */
    public record Written(char separator, char decimal, List<String> gaps) {

        /** Of a recipe that does not know it. */
        public static final Written UNKNOWN = new Written(',', '.', TableFormat.GAPS);

        public Written {
            gaps = List.copyOf(gaps);
        }
    }

    public TableRecipe {
        Objects.requireNonNull(written, "written");
        features = List.copyOf(features);
        Objects.requireNonNull(target, "target");
        if (features.isEmpty() || label < 0 || label >= columns) {
            throw new IllegalArgumentException("there must be a feature and a label column");
        }
        for (TableFeature feature : features) {
            if (feature.column() < 0 || feature.column() >= columns || feature.column() == label) {
                throw new IllegalArgumentException("a feature cannot be column " + feature.column());
            }
        }
    }

    /** The same with another meaning of the outputs. */
    TableRecipe withTarget(Target other) {
        return new TableRecipe(header, columns, label, labelName, features, other, written);
    }

    /** Where each feature stands in the table of the training rows. */
    int[] columnsOfFeatures() {
        return features.stream().mapToInt(TableFeature::column).toArray();
    }

    /** The number of inputs. */
    public int inputs() {
        return features.stream().mapToInt(TableFeature::inputs).sum();
    }

    /**
     * Writes the inputs of a row.
     *
     * @param columns where each feature stands in the rows
     */
    void write(TableBody body, int row, int[] columns, float[] target, int offset) {
        int at = offset;
        for (int i = 0; i < columns.length; i++) {
            TableFeature feature = features.get(i);
            if (feature.holdsText()) {
                feature.write(text(body, row, columns[i], feature), target, at);
            } else {
                feature.write(number(body, row, columns[i], feature), target, at);
            }
            at += feature.inputs();
        }
    }

    private static String text(TableBody body, int row, int column, TableFeature feature) {
        String cell = body.cell(row, column);
        if (!body.cells().isMissing(cell)) {
            return cell;
        }
        requireFill(body, row, cell, feature);
        return feature.fill();
    }

    private static double number(TableBody body, int row, int column, TableFeature feature) {
        double number = body.column(column).number(row);
        if (Math.abs(number) <= Float.MAX_VALUE) {
            if (!Float.isFinite(new Standardizer(feature.mean(), feature.deviation()).apply(number))) {
                throw refused(
                        body,
                        row,
                        feature,
                        "must not be so far from the training rows, whose mean is " + feature.mean() + " and deviation "
                                + feature.deviation() + ", that it fits into no float, got "
                                + body.cell(row, column));
            }
            return number;
        }
        String cell = body.cell(row, column);
        if (!Double.isNaN(number)) {
            throw refused(body, row, feature, "must hold finite numbers below 3.4e38, got " + cell);
        }
        if (!body.cells().isMissing(cell)) {
            throw refused(
                    body,
                    row,
                    feature,
                    "must hold numbers, got '" + cell + "'"
                            + (Cells.looksLikeNumber(cell) ? "; data.decimal says what their decimal sign is" : ""));
        }
        requireFill(body, row, cell, feature);
        return feature.mean();
    }

    private static void requireFill(TableBody body, int row, String cell, TableFeature feature) {
        if (feature.fill().isEmpty()) {
            throw refused(
                    body,
                    row,
                    feature,
                    "has no value, got '" + cell
                            + "'; only a network that was trained with data.missing=fill or category fills gaps");
        }
    }

    private static InvalidDataException refused(TableBody body, int row, TableFeature feature, String problem) {
        return new InvalidDataException(
                body.table().file(), body.line(row), "column " + feature.title() + " " + problem);
    }
}
