package io.github.autol2.program.cli;

import io.github.autol2.arbiter.LambdaOptions;
import io.github.autol2.arbiter.LambdaOptions.Method;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.dl4j.AtomicFile;
import io.github.autol2.dl4j.LambdaCalibrator;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.search.Search;
import io.github.autol2.program.search.SearchFiles;
import io.github.autol2.program.search.SearchReport;
import io.github.autol2.program.search.SearchResult;
import io.github.autol2.program.search.SearchSpaces;
import io.github.autol2.program.search.SearchTable;
import io.github.autol2.program.training.Threads;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.Level;
import org.deeplearning4j.arbiter.BaseNetworkSpace;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autol2 search}: which network, learning rate and lambda? Writes search.json, report.html and model.zip. */
@Command(name = "search", description = "Search over other hyperparameters; the lambda of each candidate is predicted.")
final class SearchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions run;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/search",
            description = "For the result files; default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--space",
            paramLabel = "FILE",
            description =
                    "A search space that Arbiter has written as JSON or YAML, or a configuration "
                            + "with one; it names classes to load: use only your own. Default: depth, width and learning rate around the settings.")
    private Path space;

    @Option(names = "--print-space", description = "Print the search space as JSON, to change it, and exit.")
    private boolean printSpace;

    @Option(
            names = "--generator",
            defaultValue = "random",
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private Search.Generator generator;

    @Option(
            names = "--candidates",
            paramLabel = "N",
            defaultValue = "12",
            description = "The most candidates; default: ${DEFAULT-VALUE}.")
    private int candidates;

    @Option(
            names = "--points",
            paramLabel = "N",
            defaultValue = "3",
            description = "Values of each hyperparameter in a grid, at least 2; default: ${DEFAULT-VALUE}.")
    private int points;

    @Option(
            names = "--lambda",
            defaultValue = "predicted",
            description = "predicted: a constant; adaptive: AutoL2 from the calibration; default: ${DEFAULT-VALUE}.")
    private Method method;

    @Option(
            names = "--neighbours",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Train each network with N more lambdas around the prediction, each a candidate; default: ${DEFAULT-VALUE}.")
    private int neighbours;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the generator; default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Candidates that train at the same time; default: one for each processor.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        SettingsReader reader = new SettingsReader(
                run.common().settings(space == null ? List.of() : List.of("model.kind=file", "model.file=" + space)));
        RunSettings settings = RunSettings.read(reader);
        check(settings);
        DataSplit data = settings.data().load();
        BaseNetworkSpace<?> networks = space == null ? SearchSpaces.around(settings, data) : SearchSpaces.load(space);
        if (printSpace) {
            spec.commandLine().getOut().println(SearchSpaces.json(networks));
            return 0;
        }
        Threads.useOneUnlessTheUserSaysOtherwise();
        run.common().setLogLevel("io.github.autol2.arbiter", Level.ERROR); // failed candidates are told with the result
        run.common().setLogLevel(LambdaCalibrator.class.getName(), Level.ERROR);
        TuningOptions.checkCalibration(settings, data);
        Map<String, String> parts = parts(reader);
        run.check(out, parts);
        Search search = prepare(settings, data, networks);
        UnfinishedRun unfinished = run.open(out, parts);
        SearchResult result = search.run(
                run.quiet()
                        ? new BaseStatusListener() {}
                        : new SearchProgress(search.most(), spec.commandLine().getErr()));
        write(search, result, parts, settings);
        unfinished.remove();
        print(result);
        return result.best().isPresent() ? 0 : 1;
    }

    private void check(RunSettings settings) {
        require(candidates >= 1, "--candidates must be >= 1, got " + candidates);
        require(points >= 2, "--points must be >= 2, got " + points);
        require(threads >= 1, "--threads must be >= 1, got " + threads);
        require(neighbours >= 0, "--neighbours must be >= 0, got " + neighbours);
        require(method == Method.PREDICTED || neighbours == 0, "--neighbours goes with --lambda predicted only");
        TuningOptions.refuseLambda(settings, "search");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new InvalidUsageException(rule);
        }
    }

    /** All that the finished parts of a search depend on. */
    private Map<String, String> parts(SettingsReader reader) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>(reader.effective());
        parts.put("command", "search");
        parts.put("--generator", generator.name().toLowerCase(Locale.ROOT));
        parts.put("--candidates", Integer.toString(candidates));
        parts.put("--points", Integer.toString(points));
        parts.put("--lambda", method.name().toLowerCase(Locale.ROOT));
        parts.put("--neighbours", Integer.toString(neighbours));
        parts.put("--seed", Long.toString(seed));
        return parts;
    }

    private Search prepare(RunSettings settings, DataSplit data, BaseNetworkSpace<?> networks) {
        LambdaOptions lambda = (method == Method.ADAPTIVE
                        ? LambdaOptions.adaptive()
                        : LambdaOptions.refined(neighbours))
                .withShare(settings.calibration().share())
                .withSeeds(settings.seeds());
        try {
            return new Search(
                    new Search.Plan(generator, points, candidates, lambda, seed, threads),
                    settings,
                    data,
                    networks,
                    out.resolve(UnfinishedRun.FOLDER));
        } catch (IllegalArgumentException e) {
            throw new InvalidUsageException("the search space: " + e.getMessage(), e);
        }
    }

    private void write(Search search, SearchResult result, Map<String, String> parts, RunSettings settings)
            throws IOException {
        long iterations = Search.iterations(settings);
        new SearchReport(result, parts, iterations, settings.data().validationSize())
                .page()
                .write(out.resolve("report.html"));
        if (result.best().isPresent()) {
            AtomicFile.write(
                    out.resolve("model.zip"),
                    temporary -> Files.copy(search.model(), temporary, StandardCopyOption.REPLACE_EXISTING));
        }
        SearchFiles.write(out.resolve("search.json"), parts, result, iterations);
    }

    private void print(SearchResult result) {
        PrintWriter output = spec.commandLine().getOut();
        output.println(SearchTable.of(result));
        result.candidates().stream()
                .filter(row -> !row.failure().isEmpty())
                .forEach(row -> output.println("Candidate " + row.index() + " failed: " + row.failure()));
        result.best()
                .ifPresent(best -> output.printf(
                        Locale.ROOT,
                        "The best, candidate %d: %.2f %% of the validation examples, %.2f %% of the "
                                + "test examples.%n",
                        best.index(),
                        100 * best.validationAccuracy(),
                        100 * result.testAccuracy()));
        output.println("Written to " + out + ": report.html, search.json"
                + (result.best().isPresent() ? ", model.zip." : "."));
        output.flush();
    }
}
