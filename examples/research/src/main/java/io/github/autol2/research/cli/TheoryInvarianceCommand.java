package io.github.autol2.research.cli;

import com.github.freva.asciitable.AsciiTable;
import io.github.autol2.program.cli.InvalidUsageException;
import io.github.autol2.program.cli.ReportOptions;
import io.github.autol2.program.data.SplitSizes;
import io.github.autol2.program.data.SyntheticDigits;
import io.github.autol2.program.training.Threads;
import io.github.autol2.research.theory.ScaleInvariance;
import io.github.autol2.research.theory.ScaleInvariance.Result;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nd4j.linalg.dataset.DataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autol2 theory invariance}: L2 against a growing learning rate in a normalised network. */
@Command(
        name = "invariance",
        description = "A batch-normalised network with L2 beside one without it and a growing learning rate.")
final class TheoryInvarianceCommand implements Callable<Integer> {

    private static final long DATA_SEED = 1;
    private static final String[] HEADER = {
        "epsilon", "eta", "seed", "loss", "rate grows by", "exact rates", "limit", "no growth"
    };

    @Spec
    private CommandSpec spec;

    @Mixin
    private ReportOptions report;

    @Option(
            names = "--eta",
            split = ",",
            paramLabel = "NUMBER",
            defaultValue = "0.1,0.05",
            description = "Default: ${DEFAULT-VALUE}.")
    private List<Double> etas;

    @Option(
            names = "--lambda",
            paramLabel = "NUMBER",
            defaultValue = "0.01",
            description = "Default: ${DEFAULT-VALUE}.")
    private double lambda;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            defaultValue = "50",
            description = "Flow time, eta times updates; default: ${DEFAULT-VALUE}.")
    private double until;

    @Option(
            names = "--epsilon",
            split = ",",
            paramLabel = "NUMBER",
            defaultValue = "1e-5,1e-12",
            description = "Of the batch normalisation; default: ${DEFAULT-VALUE}.")
    private List<Double> epsilons;

    @Option(names = "--samples", paramLabel = "NUMBER", defaultValue = "64", description = "Default: ${DEFAULT-VALUE}.")
    private int samples;

    @Option(names = "--width", paramLabel = "NUMBER", defaultValue = "32", description = "Default: ${DEFAULT-VALUE}.")
    private int width;

    @Option(
            names = "--seeds",
            split = ",",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Default: ${DEFAULT-VALUE}.")
    private List<Long> seeds;

    @Override
    public Integer call() {
        for (double eta : etas) {
            require(eta > 0 && Double.isFinite(eta), "--eta", "> 0", eta);
            require(lambda >= 0 && eta * lambda < 1, "--lambda", ">= 0 and below 1/eta", lambda);
            require(until >= eta && until / eta < Integer.MAX_VALUE, "--until", "at least one step of --eta", until);
        }
        epsilons.forEach(epsilon -> require(epsilon > 0 && epsilon < 1, "--epsilon", "in (0, 1)", epsilon));
        seeds.forEach(
                seed -> require(seed != 0, "--seeds", "other than 0, which Deeplearning4j takes for no seed", seed));
        require(samples >= 2, "--samples", ">= 2", samples);
        require(width >= 1, "--width", ">= 1", width);
        Threads.useOneUnlessTheUserSaysOtherwise();
        DataSet data = new SyntheticDigits()
                .load(new SplitSizes(samples, 1, 1), DATA_SEED)
                .training();
        List<String[]> rows = new ArrayList<>();
        for (double epsilon : epsilons) {
            for (double eta : etas) {
                for (long seed : seeds) {
                    Result result = new ScaleInvariance(width, eta, lambda, (int) Math.round(until / eta), epsilon)
                            .run(data, seed);
                    rows.add(new String[] {
                        number("%.0e", epsilon),
                        number("%s", eta),
                        Long.toString(seed),
                        number("%.4f", result.loss()),
                        number("%.2f", result.growth()),
                        number("%.1e", result.exact()),
                        number("%.1e", result.limit()),
                        number("%.1e", result.constant())
                    });
                }
            }
        }
        PrintWriter output = spec.commandLine().getOut();
        output.println(
                "Largest difference of the logits from those of the network with L2, relative to the largest logit:");
        output.println(AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, HEADER, null, rows.toArray(String[][]::new)));
        output.flush();
        return 0;
    }

    private static void require(boolean holds, String option, String rule, Object value) {
        if (!holds) {
            throw new InvalidUsageException(option + " must be " + rule + ", got " + value);
        }
    }

    private static String number(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
