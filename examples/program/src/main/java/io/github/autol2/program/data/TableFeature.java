package io.github.autol2.program.data;

import java.util.List;

/**
 * How one column of a table becomes inputs of a network.
 *
 * @param name       in the header; empty without one
 * @param column     its number, counted from 0
 * @param mean       of the training rows; 0 for text
 * @param deviation  of the training rows; 0 where the column is constant in them, and for text
 * @param categories the texts of the training rows in order, one input each; empty for numbers
 * @param fill       the text that a cell without a value counts as, {@code mean} in a column of numbers; empty where it is an error
 */
public record TableFeature(
        String name, int column, double mean, double deviation, List<String> categories, String fill) {

    public TableFeature {
        categories = List.copyOf(categories);
    }

    /** Whether each text is an input of its own. */
    public boolean holdsText() {
        return !categories.isEmpty();
    }

    /** For messages. */
    String title() {
        return name.isEmpty() ? column + " (counted from 0)" : "'" + name + "'";
    }

    /** The number of inputs. */
    int inputs() {
        return holdsText() ? categories.size() : 1;
    }

    /** Writes the inputs of a text; one that the training rows did not have becomes zeros. */
    void write(String text, float[] target, int offset) {
        for (int i = 0; i < categories.size(); i++) {
            target[offset + i] = categories.get(i).equals(text) ? 1 : 0;
        }
    }

    /** Writes the input of a number. */
    void write(double number, float[] target, int offset) {
        target[offset] = new Standardizer(mean, deviation).apply(number);
    }
}
