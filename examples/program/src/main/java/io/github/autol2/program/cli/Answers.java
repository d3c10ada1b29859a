package io.github.autol2.program.cli;

import io.github.autol2.program.data.FourDigits;
import io.github.autol2.program.data.NewRows;
import io.github.autol2.program.data.TableRecipe;
import io.github.autol2.program.data.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What a network's outputs for the rows of a table are written as. */
sealed interface Answers {

    /** For what a network was trained on. */
    static Answers of(TableRecipe recipe) {
        return recipe.target() instanceof Target.Quantity quantity
                ? new OfQuantity(quantity)
                : new OfClasses(((Target.Classes) recipe.target()).names());
    }

    /** The names of the cells. */
    List<String> header();

    /** The cells of a row. */
    List<Object> cells(float[] outputs);

    /** How good the outputs are, if the table says what would have been right. */
    Optional<String> judged(NewRows rows, List<float[]> outputs);

    /**
     * The class and the probabilities.
     *
     * @param names in the order of the outputs
     */
    record OfClasses(List<String> names) implements Answers {

        @Override
        public List<String> header() {
            List<String> header = new ArrayList<>(List.of("class"));
            names.forEach(name -> header.add("p(" + name + ")"));
            return header;
        }

        @Override
        public List<Object> cells(float[] outputs) {
            List<Object> cells = new ArrayList<>(List.of(name(outputs)));
            for (float probability : outputs) {
                cells.add(probability);
            }
            return cells;
        }

        @Override
        public Optional<String> judged(NewRows rows, List<float[]> outputs) {
            return rows.labels().filter(labels -> rows.firstLabel().isPresent()).map(labels -> {
                Map<String, int[]> counts = new TreeMap<>(); // right and all of each class
                int right = 0;
                int judged = 0;
                String stranger = "";
                for (int row = 0; row < outputs.size(); row++) {
                    if (!names.contains(labels.get(row))) {
                        stranger = stranger.isEmpty() ? labels.get(row) : stranger;
                        continue;
                    }
                    judged++;
                    int hit = name(outputs.get(row)).equals(labels.get(row)) ? 1 : 0;
                    int[] count = counts.computeIfAbsent(labels.get(row), name -> new int[2]);
                    count[0] += hit;
                    count[1]++;
                    right += hit;
                }
                String unknown = stranger.isEmpty() ? "" : ", such as '" + stranger + "'";
                if (judged == 0) {
                    return "The table names no class that the network knows" + unknown + ".";
                }
                String rest = judged == outputs.size()
                        ? ""
                        : " " + (outputs.size() - judged) + " of " + outputs.size()
                                + " rows do not count: they name no class, or one that the network does not know"
                                + unknown + ".";
                return String.format(
                        Locale.ROOT,
                        "%.2f %% of the rows have the class that the table names. Balanced accuracy: %.2f %%.%s",
                        100.0 * right / judged,
                        100
                                * counts.values().stream()
                                        .mapToDouble(count -> (double) count[0] / count[1])
                                        .average()
                                        .orElseThrow(),
                        rest);
            });
        }

        private String name(float[] probabilities) {
            int best = 0;
            for (int i = 1; i < probabilities.length; i++) {
                best = probabilities[i] > probabilities[best] ? i : best;
            }
            return names.get(best);
        }
    }

    /** The value in the unit of the table that the network was trained on. */
    record OfQuantity(Target.Quantity quantity) implements Answers {

        @Override
        public List<String> header() {
            return List.of("value");
        }

        @Override
        public List<Object> cells(float[] outputs) {
            return List.of(quantity.value(outputs[0]));
        }

        @Override
        public Optional<String> judged(NewRows rows, List<float[]> outputs) {
            List<double[]> pairs = new ArrayList<>(); // right and predicted
            for (int row = 0; row < outputs.size(); row++) {
                OptionalDouble right = rows.quantity(row);
                if (right.isPresent()) {
                    pairs.add(new double[] {right.getAsDouble(), quantity.value(outputs.get(row)[0])});
                }
            }
            if (pairs.isEmpty()) {
                return rows.firstLabel()
                        .map(label -> "The table names no value that is a number, but texts such as '" + label + "'.");
            }
            double mean = pairs.stream().mapToDouble(pair -> pair[0]).average().orElseThrow();
            double variance = pairs.stream()
                    .mapToDouble(pair -> (pair[0] - mean) * (pair[0] - mean))
                    .average()
                    .orElseThrow();
            double error = pairs.stream()
                    .mapToDouble(pair -> (pair[0] - pair[1]) * (pair[0] - pair[1]))
                    .average()
                    .orElseThrow();
            String r2 = variance > 0 ? String.format(Locale.ROOT, "R2 %.4f, ", 1 - error / variance) : "";
            return Optional.of(r2
                    + String.format(
                            Locale.ROOT,
                            "RMSE %s against the values that the table has for %d of %d rows.",
                            FourDigits.of(Math.sqrt(error)),
                            pairs.size(),
                            outputs.size()));
        }
    }
}
