package io.github.autol2.program.results;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import io.github.autol2.program.data.FourDigits;
import io.github.autol2.program.training.Figures;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.schedule.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The runs as a table on the terminal, and lambda's way through each run. */
public final class SummaryTable {

    private SummaryTable() {}

    /** One row for each run, then mean and standard error; accuracies in percent, R2 as it is, RMSE in the unit of the table. */
    public static String of(List<RunResult> runs) {
        List<Row> rows = new ArrayList<>();
        runs.forEach(run -> rows.add(new Row(Long.toString(run.seed()), statistic -> statistic.of(run))));
        rows.add(new Row("mean", statistic -> statistic.mean(runs)));
        if (runs.size() > 1) {
            rows.add(new Row("std. error", statistic -> statistic.standardError(runs)));
        }
        return AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                rows,
                runs.get(0).last().test() instanceof Figures.OfQuantity ? ofQuantity() : ofClasses());
    }

    private static List<ColumnData<Row>> ofClasses() {
        return List.of(
                column("seed", row -> row.name),
                column("train %", percent(Statistic.TRAIN)),
                column("best validation %", percent(Statistic.VALIDATION_BEST)),
                column("at step", steps(Statistic.BEST_STEP)),
                column("test % there", percent(Statistic.TEST_AT_BEST)),
                column("balanced % there", percent(Statistic.SECOND_TEST_AT_BEST)),
                column("best test %", percent(Statistic.TEST_BEST)),
                column("t*", steps(Statistic.T_STAR)),
                column("final test %", percent(Statistic.TEST_FINAL)));
    }

    private static List<ColumnData<Row>> ofQuantity() {
        return List.of(
                column("seed", row -> row.name),
                column("train R2", digits(Statistic.TRAIN)),
                column("best validation R2", digits(Statistic.VALIDATION_BEST)),
                column("at step", steps(Statistic.BEST_STEP)),
                column("test R2 there", digits(Statistic.TEST_AT_BEST)),
                column("test RMSE there", digits(Statistic.SECOND_TEST_AT_BEST)),
                column("final test R2", digits(Statistic.TEST_FINAL)),
                column("final test RMSE", digits(Statistic.SECOND_TEST_FINAL)));
    }

    /** For example {@code seed 1: lambda 0.0065 -> 0.00217 (step 321, loss) -> 0.000722 (step 1240, both)}. */
    public static String trajectory(RunResult run) {
        StringBuilder line = new StringBuilder("seed " + run.seed() + ": lambda " + threeDigits(run.initialLambda()));
        for (Decision.Divide division : run.divisions()) {
            line.append(" -> ")
                    .append(threeDigits(division.newLambda()))
                    .append(" (step ")
                    .append(division.iteration())
                    .append(", ")
                    .append(division.cause().label())
                    .append(')');
        }
        return line.toString();
    }

    /** A number as short as its first three digits allow. */
    public static String threeDigits(double value) {
        return value == 0
                ? "0"
                : Double.toString(Double.parseDouble(String.format(Locale.ROOT, "%.2e", value)))
                        .replace('E', 'e');
    }

    private static ColumnData<Row> column(String header, Function<Row, String> value) {
        return new Column().header(header).dataAlign(HorizontalAlign.RIGHT).with(value);
    }

    private static Function<Row, String> percent(Statistic statistic) {
        return row -> String.format(Locale.ROOT, "%.2f", 100 * row.figures.applyAsDouble(statistic));
    }

    private static Function<Row, String> digits(Statistic statistic) {
        return row -> FourDigits.of(row.figures.applyAsDouble(statistic));
    }

    private static Function<Row, String> steps(Statistic statistic) {
        return row -> String.format(Locale.ROOT, "%.0f", row.figures.applyAsDouble(statistic));
    }

    private record Row(String name, ToDoubleFunction<Statistic> figures) {}
}
