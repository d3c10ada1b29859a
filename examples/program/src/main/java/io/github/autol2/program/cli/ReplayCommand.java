package io.github.autol2.program.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.autol2.config.LambdaSettings;
import io.github.autol2.files.AtomicFile;
import io.github.autol2.program.config.ModelSettings;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.config.TrainSettings;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.AutoL2Rule;
import io.github.autol2.schedule.AutoL2State;
import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.Measurement;
import io.github.autol2.schedule.TrainingStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import java.util.function.LongToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code autol2 replay}: when would the rule have divided lambda in a recorded training run? */
@Command(
        name = "replay",
        description = "Apply the rule to a recorded log (columns step,loss,accuracy) and print the divisions.")
final class ReplayCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common;

    @Parameters(
            paramLabel = "FILE.csv",
            description = "This is the log; each row is one measurement, and no windows are formed.")
    private Path file;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The divisions are also written to the file replay.json in this folder.")
    private Path out;

    @Option(
            names = "--initial-lambda",
            paramLabel = "NUMBER",
            description = "The paper's rule starts with this lambda; the default is 0.1.")
    private Double initialLambda;

    @Option(
            names = "--decay-factor",
            paramLabel = "NUMBER",
            description = "The paper's rule divides lambda by this number; the default is 10.")
    private Double decayFactor;

    @Option(
            names = "--refractory",
            paramLabel = "NUMBER",
            description = "The paper's rule waits for this / lambda steps after a division; the default is 0.1.")
    private Double refractory;

    @Override
    public Integer call() throws IOException {
        boolean given = initialLambda != null || decayFactor != null || refractory != null;
        if (given && common.hasSettings()) {
            throw new InvalidUsageException(
                    "--initial-lambda, --decay-factor and --refractory do not go with --config or --set");
        }
        if (out != null) {
            OutputFolder.check(out);
        }
        Rule rule = common.hasSettings() ? configured() : new Rule(paper(), iteration -> 1);
        ArrayNode decays = rule.replay(file);
        ObjectNode root = JsonMapper.builder().build().createObjectNode();
        root.set("decays", decays);
        String json = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(root);
        if (out != null) {
            OutputFolder.make(out);
            AtomicFile.write(out.resolve("replay.json"), temporary -> Files.writeString(temporary, json + "\n"));
        }
        common.print(json);
        return 0;
    }

    /**
     * What is replayed.
     *
     * @param etaEff effective learning rate at an iteration
     */
    private record Rule(AutoL2Options options, LongToDoubleFunction etaEff) {

        ArrayNode replay(Path log) {
            Replay<?> replay = new Replay<>(options.rule(), etaEff);
            TrainingLog.forEach(log, replay);
            return replay.decays;
        }
    }

    private Rule configured() {
        RunSettings settings = RunSettings.read(common.settings());
        if (!settings.lambda().hasRule()) {
            throw new InvalidUsageException("lambda.mode must be adaptive or paper for a replay, got "
                    + settings.lambda().mode().name().toLowerCase(Locale.ROOT));
        }
        if (settings.lambda().measureEvery().isPresent()) {
            throw new InvalidUsageException(
                    "lambda.measureEvery does not act in a replay: each row is one measurement");
        }
        if (settings.lambda().mode() == LambdaSettings.Mode.ADAPTIVE
                && settings.lambda().initial().isEmpty()) {
            throw new InvalidUsageException(
                    "lambda.initial is needed for a replay in the mode adaptive, which takes it from the network "
                            + "otherwise");
        }
        if (settings.model().kind() == ModelSettings.Kind.FILE) {
            throw new InvalidUsageException(
                    "model.kind must be mlp or cnn for a replay, which takes the learning rate from train.*, "
                            + "got file");
        }
        long budget = settings.iterations();
        TrainSettings train = settings.train();
        return new Rule(
                settings.lambda().options(budget),
                iteration ->
                        train.learningRate() * train.schedule().factorAt(iteration, budget) / (1 - train.momentum()));
    }

    private AutoL2Options paper() {
        AutoL2Options options = AutoL2Options.paper();
        options = with("--initial-lambda", initialLambda, options, options::withInitialLambda);
        options = with("--decay-factor", decayFactor, options, options::withDecayFactor);
        return with("--refractory", refractory, options, options::withRefractory);
    }

    private static AutoL2Options with(
            String name, Double given, AutoL2Options options, DoubleFunction<AutoL2Options> change) {
        try {
            return given == null ? options : change.apply(given);
        } catch (IllegalArgumentException e) {
            throw new InvalidUsageException(name + ": " + e.getMessage(), e);
        }
    }

    /** The rule on its way through a log. */
    private static final class Replay<S extends AutoL2State> implements Consumer<TrainingLog.Row> {

        private final AutoL2Rule<S> rule;
        private final LongToDoubleFunction etaEff;
        private final ArrayNode decays = JsonMapper.builder().build().createArrayNode();
        private S state;

        Replay(AutoL2Rule<S> rule, LongToDoubleFunction etaEff) {
            this.rule = rule;
            this.etaEff = etaEff;
        }

        /** A log knows no penalties, so the first lambda comes from the learning rate, unless it is given. */
        @Override
        public void accept(TrainingLog.Row row) {
            if (state == null) {
                state = rule.start(0, new TrainingStart(row.loss(), 0, etaEff.applyAsDouble(0)));
            }
            AutoL2Rule.Step<S> step = rule.apply(
                    state, new Measurement(row.step(), row.loss(), 0, row.error(), etaEff.applyAsDouble(row.step())));
            if (step.decision() instanceof Decision.Change division) {
                decays.addObject().put("step", division.iteration()).put("lambda", division.newLambda());
            }
            state = step.state();
        }
    }
}
