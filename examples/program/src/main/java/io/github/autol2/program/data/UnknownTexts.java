package io.github.autol2.program.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Tells of texts in rows that the network does not know, because the training rows did not have them. */
final class UnknownTexts {

    private UnknownTexts() {}

    /**
     * A sentence for each column with such texts.
     *
     * @param what    the rows are called, such as {@code test rows}
     * @param rows    of the body
     * @param columns where each feature of the recipe stands in the rows
     */
    static List<String> notes(String what, TableBody body, int[] rows, int[] columns, TableRecipe recipe) {
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            TableFeature feature = recipe.features().get(i);
            int column = columns[i];
            Set<String> known = new HashSet<>(feature.categories());
            List<String> unknown = feature.holdsText()
                    ? IntStream.of(rows)
                            .mapToObj(row -> body.cell(row, column))
                            .filter(cell -> !body.cells().isMissing(cell) && !known.contains(cell))
                            .toList()
                    : List.of();
            if (!unknown.isEmpty()) {
                notes.add("Column " + feature.title() + ": the network does not know the text of " + unknown.size()
                        + " of "
                        + rows.length + " " + what + ", such as '" + unknown.get(0)
                        + "', and takes it for none of those that it knows.");
            }
        }
        return notes;
    }
}
