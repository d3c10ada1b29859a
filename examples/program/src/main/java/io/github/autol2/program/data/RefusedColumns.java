package io.github.autol2.program.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Columns that cannot be taken as the settings are, and settings that would do, so that nobody has to find them one by one.
 *
 * @param refused in their order, at least two
 */
record RefusedColumns(List<FeatureColumn> refused) {

    private static final int MOST_NAMES = 30;

    /** What takes a column. */
    private enum Remedy {
        DROP,
        CATEGORIES,
        ONE_HOT,
        FILL,
        /** Only the user knows. */
        UNKNOWN
    }

    /**
     * Looks at all columns.
     *
     * @param training the rows that means and texts come from
     * @throws InvalidDataException if some cannot be taken: what is wrong with the first, and what would do for all
     */
    static void check(List<FeatureColumn> features, int[] training) {
        List<FeatureColumn> refused = new ArrayList<>();
        List<InvalidDataException> problems = new ArrayList<>();
        for (FeatureColumn feature : features) {
            feature.problem(training).ifPresent(problem -> {
                refused.add(feature);
                problems.add(problem);
            });
        }
        if (problems.size() == 1) {
            throw problems.get(0);
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems.get(0).getMessage() + new RefusedColumns(refused).advice());
        }
    }

    private String advice() {
        List<FeatureColumn> open = with(Remedy.UNKNOWN);
        String settings = settings().collect(Collectors.joining(" "));
        return ". In all, " + refused.size() + " columns are refused: " + titles(refused) + "."
                + (settings.isEmpty()
                        ? ""
                        : " These settings take " + (open.isEmpty() ? "them" : "all but " + titles(open)) + ": "
                                + settings + (textsHaveGaps() ? ", or category in the place of fill" : ""))
                + (refused.get(0).columns().takesLastForLabel()
                        ? ". The last column is taken for what is to be predicted; data.label takes another"
                        : "");
    }

    /** Whether there are texts for which the two ways to fill gaps differ. */
    private boolean textsHaveGaps() {
        return toFill().anyMatch(FeatureColumn::holdsTexts);
    }

    /** Columns whose gaps the settings must fill. */
    private Stream<FeatureColumn> toFill() {
        return refused.stream()
                .filter(column -> column.columns().missing() == TableColumns.Missing.REFUSE)
                .filter(column -> column.cells().missing() > 0)
                .filter(column -> remedy(column) != Remedy.DROP && remedy(column) != Remedy.UNKNOWN);
    }

    private Stream<String> settings() {
        TableColumns columns = refused.get(0).columns();
        boolean fill = toFill().findAny().isPresent();
        return Stream.of(
                        list("data.drop", columns.drop(), with(Remedy.DROP)),
                        list("data.categories", columns.categories(), with(Remedy.CATEGORIES)),
                        with(Remedy.ONE_HOT).isEmpty() ? "" : "--set data.text=one-hot",
                        fill ? "--set data.missing=fill" : "")
                .filter(setting -> !setting.isEmpty());
    }

    /** A key with the columns that it has and those that are added, quoted as shells need it. */
    private static String list(String key, List<String> had, List<FeatureColumn> added) {
        if (added.isEmpty()) {
            return "";
        }
        String setting = key + "="
                + Stream.concat(had.stream(), added.stream().map(FeatureColumn::setting))
                        .collect(Collectors.joining(","));
        return "--set " + (setting.matches("[\\w.,=-]+") ? setting : "'" + setting.replace("'", "'\\''") + "'");
    }

    private List<FeatureColumn> with(Remedy remedy) {
        return refused.stream().filter(column -> remedy(column) == remedy).toList();
    }

    private static Remedy remedy(FeatureColumn column) {
        ParsedColumn cells = column.cells();
        if (cells.numbers() + cells.texts() == 0) {
            return Remedy.DROP;
        }
        if (!column.holdsTexts()) {
            return cells.firstTooLarge() == ParsedColumn.NONE ? Remedy.FILL : Remedy.UNKNOWN;
        }
        boolean many = column.body().differentValues(column.column()) > FeatureColumn.MOST_CATEGORIES;
        if (column.category() || cells.texts() == 0) {
            return many ? Remedy.DROP : Remedy.FILL;
        }
        String text = column.body().cell(cells.firstText(), column.column());
        boolean error = column.isMostlyRight()
                || (cells.numbers() > cells.texts() && !many && column.body().isRare(text, column.column()));
        if (error || Cells.misread(text).isPresent() || Cells.looksLikeNumber(text)) {
            return Remedy.UNKNOWN;
        }
        if (many) {
            return Remedy.DROP;
        }
        return cells.numbers() > 0 ? Remedy.CATEGORIES : Remedy.ONE_HOT;
    }

    private static String titles(List<FeatureColumn> columns) {
        return columns.stream().limit(MOST_NAMES).map(FeatureColumn::title).collect(Collectors.joining(", "))
                + (columns.size() > MOST_NAMES ? " and " + (columns.size() - MOST_NAMES) + " more" : "");
    }
}
