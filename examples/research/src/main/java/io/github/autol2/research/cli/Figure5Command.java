package io.github.autol2.research.cli;

import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.cli.CommonOptions;
import io.github.autol2.research.theory.Figure5Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 figure 5}: modes with a large (a) and a small (b) eigenvalue, and trained two-layer networks beside the theory (c). */
@Command(
        name = "5",
        description =
                "Make Figure 5: theory for a large (a) and a small (b) eigenvalue; trained two-layer networks beside it (c).")
final class Figure5Command implements Callable<Integer> {

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/figure-5",
            description = "The result files go into this folder; the default is ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--panel",
            paramLabel = "a|b|c",
            description = "This sets figure5.panel: make only this panel; the default is all three.")
    private void setPanel(String name) {
        common.set("--panel", "figure5.panel", name == null ? null : name.toLowerCase(Locale.ROOT));
    }

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "This sets data.kind to idx and data.path to the folder with the four files of MNIST, for panel c; "
                            + "the default is built-in digits.")
    private void setData(Path folder) {
        common.set("--data", "data.kind", folder == null ? null : "idx");
        common.set("--data", "data.path", folder);
    }

    @Option(
            names = "--widths",
            paramLabel = "LIST",
            description = "This sets figure5.widths: train ReLU networks of these widths; the default is 1024,4096.")
    private void setWidths(String list) {
        common.set("--widths", "figure5.widths", list);
    }

    @Option(
            names = "--linear-widths",
            paramLabel = "LIST",
            description = "This sets figure5.linearWidths: take linear networks of these widths; "
                    + "the default is 4096,16384,65536,262144.")
    private void setLinearWidths(String list) {
        common.set("--linear-widths", "figure5.linearWidths", list);
    }

    @Option(
            names = "--seeds",
            paramLabel = "LIST",
            description = "This sets seeds: train one ReLU network of each width for each seed; the default is 1.")
    private void setSeeds(String list) {
        common.set("--seeds", "seeds", list);
    }

    @Option(
            names = "--lambda",
            paramLabel = "NUMBER",
            description = "This sets figure5.lambda, the coefficient in panel c; the default is 0.002.")
    private void setLambda(String number) {
        common.set("--lambda", "figure5.lambda", number);
    }

    @Option(
            names = "--eta",
            paramLabel = "NUMBER",
            description = "This sets figure5.eta, the learning rate in panel c; the default is 0.05.")
    private void setEta(String number) {
        common.set("--eta", "figure5.eta", number);
    }

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "This sets figure5.until, the flow time at the end of panel c; the default is 200.")
    private void setUntil(String time) {
        common.set("--until", "figure5.until", time);
    }

    @Override
    public Integer call() throws IOException {
        new Figure5Run(Figure5Settings.read(new SettingsReader(common.settings())), common).write(out);
        return 0;
    }
}
