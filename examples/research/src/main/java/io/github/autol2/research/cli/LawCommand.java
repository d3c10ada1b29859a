package io.github.autol2.research.cli;

import io.github.autol2.config.SettingsReader;
import io.github.autol2.prediction.PeakTimeLaw;
import io.github.autol2.program.cli.CommonOptions;
import io.github.autol2.program.cli.ProgressDisplay;
import io.github.autol2.program.cli.ResumeOptions;
import io.github.autol2.program.cli.RunInput;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.research.law.LawExperiment;
import io.github.autol2.research.law.LawExperiment.Row;
import io.github.autol2.research.law.LawSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 law}: does the time of the best accuracy go as 1/(eta lambda)? Writes law.csv. */
@Command(name = "law", description = "Train with several lambdas and learning rates and fit when accuracy peaks.")
final class LawCommand implements Callable<Integer> {

    private static final String RESULT = "law.csv";

    @Mixin
    private CommonOptions common;

    @Mixin
    private ResumeOptions resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/law",
            description = "The result files go into this folder; the default is ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--lambdas",
            paramLabel = "LIST",
            description = "This sets law.lambdas: train with these; the default is 0.1,0.03,0.01,0.003,0.001.")
    private void setLambdas(String list) {
        common.set("--lambdas", "law.lambdas", list);
    }

    @Option(
            names = "--etas",
            paramLabel = "LIST",
            description = "This sets law.etas: train with these learning rates; the default is 0.02,0.05,0.1.")
    private void setEtas(String list) {
        common.set("--etas", "law.etas", list);
    }

    @Override
    public Integer call() throws IOException {
        SettingsReader reader = new SettingsReader(common.settings());
        LawSettings law = LawSettings.read(reader);
        RunInput input = RunInput.withoutLambda(reader, common, "law");
        input.data().classes(); // accuracy judges lambdas
        // Its parts are kept by lambda and learning rate, so that other lists find their own.
        UnfinishedRun parts = resume.open(out, input.parts("law", "law.lambdas", "law.etas"), RESULT);
        List<Row> rows = train(law, input, parts);
        parts.finish(folder -> LawExperiment.table(rows).write(folder.resolve(RESULT)));

        long peaked = rows.stream().filter(Row::hasPeaked).count();
        common.print(peaked + " of " + rows.size() + " runs peaked.");
        common.print(fitted(rows));
        common.print("Written to " + out + ": law.csv.");
        return 0;
    }

    private List<Row> train(LawSettings law, RunInput input, UnfinishedRun parts) throws IOException {
        long runs = (long) law.lambdas().size()
                * law.etas().size()
                * input.settings().seeds().size();
        try (ProgressDisplay progress =
                common.progress("training", input.settings().iterations() * runs)) {
            return new LawExperiment(input.settings(), input.data(), parts).run(law.lambdas(), law.etas(), progress);
        }
    }

    private static String fitted(List<Row> rows) {
        try {
            PeakTimeLaw law = LawExperiment.law(rows);
            return String.format(
                    Locale.ROOT,
                    "t* ~ lambda^%s eta^%s, scatter of log t*: %.2f",
                    law.lambdaExponent(),
                    law.etaExponent(),
                    law.scatter());
        } catch (IllegalArgumentException tooFew) {
            return "No law can be fitted to these: " + tooFew.getMessage() + ".";
        }
    }
}
