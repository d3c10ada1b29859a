package io.github.autol2.research.cli;

import com.github.freva.asciitable.AsciiTable;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.cli.CommonOptions;
import io.github.autol2.program.cli.OutputFolder;
import io.github.autol2.program.data.SplitSizes;
import io.github.autol2.program.data.SyntheticDigits;
import io.github.autol2.program.results.NumberTable;
import io.github.autol2.program.training.Threads;
import io.github.autol2.research.theory.InvarianceSettings;
import io.github.autol2.research.theory.ScaleInvariance;
import io.github.autol2.research.theory.ScaleInvariance.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nd4j.linalg.dataset.DataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 theory invariance}: L2 against a growing learning rate in a normalised network. */
@Command(
        name = "invariance",
        description =
                "Compare a batch-normalised network with L2 with one that has no penalty and a growing learning rate.")
final class TheoryInvarianceCommand implements Callable<Integer> {

    private static final long DATA_SEED = 1;
    private static final String[] HEADER = {
        "epsilon", "eta", "seed", "loss", "rate grows by", "exact rates", "limit", "no growth"
    };

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/theory",
            description = "The file invariance.csv goes into this folder; the default is ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--eta",
            paramLabel = "LIST",
            description = "This sets invariance.eta, the learning rates; the default is 0.1,0.05.")
    private void setEta(String value) {
        common.set("--eta", "invariance.eta", value);
    }

    @Option(
            names = "--lambda",
            paramLabel = "NUMBER",
            description = "This sets invariance.lambda; the default is 0.01.")
    private void setLambda(String value) {
        common.set("--lambda", "invariance.lambda", value);
    }

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "This sets invariance.until, the flow time (eta times updates); the default is 50.")
    private void setUntil(String value) {
        common.set("--until", "invariance.until", value);
    }

    @Option(
            names = "--epsilon",
            paramLabel = "LIST",
            description = "This sets invariance.epsilon, that of the batch normalisation; the default is 1e-5,1e-12.")
    private void setEpsilon(String value) {
        common.set("--epsilon", "invariance.epsilon", value);
    }

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "This sets invariance.samples: train on N examples; the default is 64.")
    private void setSamples(String value) {
        common.set("--samples", "invariance.samples", value);
    }

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "This sets invariance.width: the hidden layer has N units; the default is 32.")
    private void setWidth(String value) {
        common.set("--width", "invariance.width", value);
    }

    @Option(
            names = "--seeds",
            paramLabel = "LIST",
            description = "This sets seeds: train one pair of networks for each; the default is 1.")
    private void setSeeds(String list) {
        common.set("--seeds", "seeds", list);
    }

    @Override
    public Integer call() throws IOException {
        InvarianceSettings settings = InvarianceSettings.read(new SettingsReader(common.settings()));
        OutputFolder.check(out);
        Threads.limitToOneByDefault();
        DataSet data = new SyntheticDigits()
                .load(new SplitSizes(settings.samples(), 1, 1), DATA_SEED)
                .training();
        List<String[]> rows = new ArrayList<>();
        NumberTable table = new NumberTable("epsilon", "eta", "seed", "loss", "growth", "exact", "limit", "constant");
        for (double epsilon : settings.epsilons()) {
            for (double eta : settings.etas()) {
                for (long seed : settings.seeds()) {
                    Result result = run(settings, data, epsilon, eta, seed);
                    table.row(
                            epsilon,
                            eta,
                            seed,
                            result.loss(),
                            result.growth(),
                            result.exact(),
                            result.limit(),
                            result.constant());
                    rows.add(row(epsilon, eta, seed, result));
                }
            }
        }
        OutputFolder.make(out);
        table.write(out.resolve("invariance.csv"));
        common.print(
                "Largest difference of the logits from those of the network with L2, relative to the largest logit:");
        common.print(AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, HEADER, null, rows.toArray(String[][]::new)));
        common.print("Written to " + out + ": invariance.csv.");
        return 0;
    }

    private static Result run(InvarianceSettings settings, DataSet data, double epsilon, double eta, long seed) {
        int steps = (int) Math.round(settings.until() / eta);
        return new ScaleInvariance(settings.width(), eta, settings.lambda(), steps, epsilon).run(data, seed);
    }

    private static String[] row(double epsilon, double eta, long seed, Result result) {
        return new String[] {
            number("%.0e", epsilon),
            number("%s", eta),
            Long.toString(seed),
            number("%.4f", result.loss()),
            number("%.2f", result.growth()),
            number("%.1e", result.exact()),
            number("%.1e", result.limit()),
            number("%.1e", result.constant())
        };
    }

    private static String number(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
