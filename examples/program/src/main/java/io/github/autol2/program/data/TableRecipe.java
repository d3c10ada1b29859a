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
 */
public record TableRecipe(
        boolean header, int columns, int label, String labelName, List<TableFeature> features, Target target) {

    public TableRecipe {
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
        return new TableRecipe(header, columns, label, labelName, features, other);
    }

    /** The number of inputs. */
    public int inputs() {
        return features.stream().mapToInt(TableFeature::inputs).sum();
    }

    /**
     * Writes the inputs of a row.
     *
     * @param columns where each feature stands in the row
     */
    void write(RawTable table, RawTable.Line line, int[] columns, Cells cells, float[] target, int offset) {
        int at = offset;
        for (int i = 0; i < features.size(); i++) {
            TableFeature feature = features.get(i);
            String cell = line.cells()[columns[i]];
            double number = feature.mean();
            if (Cells.isMissing(cell)) {
                if (feature.fill().isEmpty()) {
                    throw refused(table, line, feature, "has no value, got '" + cell + "'");
                }
                cell = feature.fill();
            } else if (!feature.holdsText()) {
                String text = cell;
                number = cells.number(cell)
                        .orElseThrow(() -> refused(table, line, feature, "must hold numbers, got '" + text + "'"));
                if (Math.abs(number) > Float.MAX_VALUE) {
                    throw refused(table, line, feature, "must hold finite numbers below 3.4e38, got " + text);
                }
            }
            feature.write(cell, number, target, at);
            at += feature.inputs();
        }
    }

    private static InvalidDataException refused(
            RawTable table, RawTable.Line line, TableFeature feature, String problem) {
        return new InvalidDataException(
                table.text().file(), line.number(), "column " + feature.title() + " " + problem);
    }
}
