package io.github.autol2.research.cli;

import io.github.autol2.prediction.PeakTimeLaw;
import io.github.autol2.program.cli.InvalidUsageException;
import io.github.autol2.program.cli.ProgressDisplay;
import io.github.autol2.program.cli.TuningOptions;
import io.github.autol2.program.cli.TuningSession;
import io.github.autol2.research.law.LawExperiment;
import io.github.autol2.research.law.LawExperiment.Row;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 law}: does the time of the best accuracy go as 1/(eta lambda)? Writes law.csv. */
@Command(name = "law", description = "Train with several lambdas and learning rates and fit when accuracy peaks.")
final class LawCommand implements Callable<Integer> {

    @Mixin
    private TuningOptions options;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/law",
            description = "For the result files; default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--lambdas",
            paramLabel = "LIST",
            split = ",",
            defaultValue = "0.1,0.03,0.01,0.003,0.001",
            description = "Default: ${DEFAULT-VALUE}.")
    private double[] lambdas;

    @Option(
            names = "--etas",
            paramLabel = "LIST",
            split = ",",
            defaultValue = "0.02,0.05,0.1",
            description = "Learning rates; default: ${DEFAULT-VALUE}.")
    private double[] etas;

    @Override
    public Integer call() throws IOException {
        check("--lambdas", lambdas);
        check("--etas", etas);
        TuningSession session = options.open(out, "law", false);
        List<Row> rows = train(session);
        LawExperiment.table(rows).write(out.resolve("law.csv"));
        session.finish();

        PrintWriter output = session.output();
        long peaked = rows.stream().filter(Row::hasPeaked).count();
        output.println(peaked + " of " + rows.size() + " runs peaked.");
        try {
            PeakTimeLaw law = LawExperiment.law(rows);
            output.printf(
                    Locale.ROOT,
                    "t* ~ lambda^%s eta^%s, scatter of log t*: %.2f%n",
                    law.lambdaExponent(),
                    law.etaExponent(),
                    law.scatter());
        } catch (IllegalArgumentException tooFew) {
            output.println("No law can be fitted to these: " + tooFew.getMessage() + ".");
        }
        output.println("Written to " + out + ": law.csv.");
        output.flush();
        return 0;
    }

    private List<Row> train(TuningSession session) throws IOException {
        long runs =
                (long) lambdas.length * etas.length * session.settings().seeds().size();
        try (ProgressDisplay progress =
                session.progress("training", session.settings().iterations() * runs)) {
            return new LawExperiment(session.settings(), session.data(), session.parts())
                    .run(list(lambdas), list(etas), progress);
        }
    }

    private static void check(String option, double[] values) {
        for (double value : values) {
            if (!(value > 0 && Double.isFinite(value))) {
                throw new InvalidUsageException(option + " must be numbers > 0, got " + value);
            }
        }
        if (values.length < 2 || DoubleStream.of(values).distinct().count() < values.length) {
            throw new InvalidUsageException(option + " must be at least two different numbers");
        }
    }

    private static List<Double> list(double[] values) {
        return DoubleStream.of(values).boxed().toList();
    }
}
