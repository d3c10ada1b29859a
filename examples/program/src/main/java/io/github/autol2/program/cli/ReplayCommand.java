package io.github.autol2.program.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.autol2.config.LambdaSettings;
import io.github.autol2.program.config.ModelSettings;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.config.TrainSettings;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.AutoL2Rule;
import io.github.autol2.schedule.AutoL2State;
import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.Measurement;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.DoubleFunction;
import java.util.function.LongToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autol2 replay}: when would the rule have divided lambda in a recorded training run? */
@Command(
        name = "replay",
        description = "Apply the rule to a recorded log (columns step,loss,accuracy) and print the divisions.")
final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "FILE.csv", description = "The log; each row is one measurement, no windows are formed.")
    private Path file;

    @Option(names = "--initial-lambda", paramLabel = "NUMBER", description = "Of the paper's rule.")
    private Double initialLambda;

    @Option(names = "--decay-factor", paramLabel = "NUMBER", description = "Of the paper's rule.")
    private Double decayFactor;

    @Option(
            names = "--refractory",
            paramLabel = "NUMBER",
            description = "Of the paper's rule; the period is this / lambda steps.")
    private Double refractory;

    @Override
    public Integer call() throws JsonProcessingException {
        boolean given = initialLambda != null || decayFactor != null || refractory != null;
        if (given && common.hasSettings()) {
            throw new InvalidUsageException(
                    "--initial-lambda, --decay-factor and --refractory do not go with --config or --set");
        }
        List<TrainingLog.Row> log = TrainingLog.read(file);
        ArrayNode decays = common.hasSettings() ? replayConfigured(log) : replay(paper(), iteration -> 1, log);
        ObjectNode root = JsonMapper.builder().build().createObjectNode();
        root.set("decays", decays);
        spec.commandLine()
                .getOut()
                .println(JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(root));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private ArrayNode replayConfigured(List<TrainingLog.Row> log) {
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
        return replay(
                settings.lambda().options(budget),
                iteration ->
                        train.learningRate() * train.schedule().factorAt(iteration, budget) / (1 - train.momentum()),
                log);
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

    private static ArrayNode replay(AutoL2Options options, LongToDoubleFunction etaEff, List<TrainingLog.Row> log) {
        ArrayNode decays = JsonMapper.builder().build().createArrayNode();
        AutoL2State state = AutoL2Rule.start(options, 0, 0);
        for (TrainingLog.Row row : log) {
            AutoL2Rule.Step step = AutoL2Rule.apply(
                    options,
                    state,
                    new Measurement(row.step(), row.loss(), row.error(), etaEff.applyAsDouble(row.step())));
            if (step.decision() instanceof Decision.Divide division) {
                decays.addObject().put("step", division.iteration()).put("lambda", division.newLambda());
            }
            state = step.state();
        }
        return decays;
    }
}
