package io.github.autol2.program.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the columns of a table are for.
 *
 * @param label   of the class or quantity, as {@link ColumnNames} says
 * @param drop    columns to leave out
 * @param keep    columns not to leave out, although they seem to number the rows
 * @param categories columns whose values are texts, also where they look like numbers
 * @param missing what becomes of a cell without a value
 * @param text    what becomes of a column of text
 * @param task    whether the label is a class or a quantity
 * @param unlabelled what becomes of a row without a class or quantity
 */
public record TableColumns(
        String label,
        List<String> drop,
        List<String> keep,
        List<String> categories,
        Missing missing,
        Text text,
        Task task,
        Unlabelled unlabelled) {

    /** What becomes of a cell without a value, such as an empty one, NA or ?. */
    public enum Missing {
        /** It is an error. */
        REFUSE,
        /** It gets the mean of the training rows, or their most frequent text. */
        FILL,
        /** It gets the mean; in a column of text it is one more category, if the training rows have it. */
        CATEGORY
    }

    /** What becomes of a column of text. */
    public enum Text {
        /** It is an error. */
        REFUSE,
        /** It becomes one column of 0 and 1 for each of its texts. */
        ONE_HOT
    }

    /** What becomes of a row without a class or quantity. */
    public enum Unlabelled {
        /** It is an error. */
        REFUSE,
        /** Nobody sees it. */
        LEAVE_OUT
    }

    /** What the label is. */
    public enum Task {
        /** A class, if it does not look like a quantity. */
        AUTO,
        /** A class, however many there are. */
        CLASSES,
        /** A quantity. */
        REGRESSION
    }

    public TableColumns {
        Objects.requireNonNull(label, "label");
        drop = List.copyOf(drop);
        keep = List.copyOf(keep);
        categories = List.copyOf(categories);
        Objects.requireNonNull(missing, "missing");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(unlabelled, "unlabelled");
    }

    /** Columns of rows that all have a class or quantity. */
    public TableColumns(
            String label,
            List<String> drop,
            List<String> keep,
            List<String> categories,
            Missing missing,
            Text text,
            Task task) {
        this(label, drop, keep, categories, missing, text, task, Unlabelled.REFUSE);
    }

    /** Columns of which only those that hold texts are categories. */
    public TableColumns(String label, List<String> drop, Missing missing, Text text, Task task) {
        this(label, drop, List.of(), List.of(), missing, text, task);
    }

    /** All columns, with nothing missing and no text. */
    public static TableColumns all(String label) {
        return new TableColumns(label, List.of(), Missing.REFUSE, Text.REFUSE, Task.AUTO);
    }

    /** Whether the last column is the label, perhaps because nobody has chosen one. */
    boolean takesLastForLabel() {
        return label.equals("last");
    }

    /** Whether a column is named, which takes a header. */
    boolean needHeader(ColumnNames names) {
        return Stream.of(List.of(label), drop, keep, categories)
                .flatMap(List::stream)
                .anyMatch(names::isName);
    }

    /** Refuses numbers of columns that are names of others, too; the first line must be a header. */
    void refuseAmbiguous(ColumnNames names) {
        names.refuseAmbiguous("data.label", label);
        drop.forEach(text -> names.refuseAmbiguous("data.drop", text));
        keep.forEach(text -> names.refuseAmbiguous("data.keep", text));
        categories.forEach(text -> names.refuseAmbiguous("data.categories", text));
    }

    /** The number of the label column. */
    int labelColumn(ColumnNames names) {
        if (names.isBeyond(label)) {
            throw new InvalidDataException(
                    names.file(),
                    "the label column must be one of 0 to " + (names.count() - 1) + ", got " + label
                            + "; the first line is " + names.table().firstLine());
        }
        int column = names.find(label);
        if (column == ColumnNames.NONE) {
            throw new InvalidDataException(
                    names.file(),
                    "the label column must be last, first, a column number or a name that the "
                            + "header has once, got '" + label + "'; the first line is "
                            + names.table().firstLine());
        }
        return column;
    }

    /** The numbers of the columns to leave out. */
    Set<Integer> dropped(ColumnNames names, int labelColumn) {
        return named(names, labelColumn, "data.drop", drop);
    }

    /** The numbers of the columns that are not left out whatever they look like. */
    Set<Integer> kept(ColumnNames names, int labelColumn) {
        return named(names, labelColumn, "data.keep", keep);
    }

    /** The numbers of the columns whose values are texts whatever they look like. */
    Set<Integer> categories(ColumnNames names, int labelColumn) {
        return named(names, labelColumn, "data.categories", categories);
    }

    private static Set<Integer> named(ColumnNames names, int labelColumn, String key, List<String> wanted) {
        Set<Integer> columns = new TreeSet<>();
        for (String name : wanted) {
            int column = names.find(name);
            if (names.isBeyond(name)) {
                throw new InvalidDataException(
                        names.file(),
                        "a column of " + key + " must be one of 0 to " + (names.count() - 1) + ", got " + name);
            }
            if (names.isTwice(name)) {
                throw new InvalidDataException(
                        names.file(),
                        key + " must name columns that the header has once, or give their numbers, got '" + name + "'");
            }
            if (column == ColumnNames.NONE) {
                throw new InvalidDataException(
                        names.file(),
                        key + " must name columns, got '" + name + "'; the first line is "
                                + names.table().firstLine());
            }
            if (column == labelColumn) {
                throw new InvalidDataException(
                        names.file(), key + " must not name the label column, got '" + name + "'");
            }
            columns.add(column);
        }
        return columns;
    }

    /** Something must be left for the network to look at. */
    static void checkLeft(Path file, Set<Integer> dropped, int columns) {
        if (dropped.size() >= columns - 1) {
            throw new InvalidDataException(
                    file,
                    "must have a column besides the label and those that are left out, got " + columns
                            + " columns, of which " + dropped.size() + " are left out");
        }
    }
}
