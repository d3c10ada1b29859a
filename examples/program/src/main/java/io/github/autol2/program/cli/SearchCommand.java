package io.github.autol2.program.cli;

import io.github.autol2.arbiter.run.SearchLoop;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.dl4j.LambdaCalibrator;
import io.github.autol2.files.AtomicFile;
import io.github.autol2.files.ZipCopy;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.TableRecipe;
import io.github.autol2.program.model.Helpers;
import io.github.autol2.program.results.TableModel;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.search.Search;
import io.github.autol2.program.search.SearchFiles;
import io.github.autol2.program.search.SearchReport;
import io.github.autol2.program.search.SearchResult;
import io.github.autol2.program.search.SearchSettings;
import io.github.autol2.program.search.SearchSpaces;
import io.github.autol2.program.search.SearchTable;
import io.github.autol2.program.search.SpaceFile;
import io.github.autol2.program.training.Threads;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.Level;
import org.deeplearning4j.arbiter.BaseNetworkSpace;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 search}: which network, learning rate and lambda? Writes search.json, report.html and model.zip. */
@Command(name = "search", description = "Search over other hyperparameters; the lambda of each candidate is predicted.")
final class SearchCommand implements Callable<Integer> {

    private static final String MODEL = "model.zip";
    private static final String RESULT = "search.json";

    @Mixin
    private CommonOptions common;

    @Mixin
    private ResumeOptions resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/search",
            description = "The result files go into this folder; the default is ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--print-space",
            description = "This prints the search space as JSON, to be changed and given to --space, and exits.")
    private boolean printSpace;

    private Path space;

    @Option(
            names = "--space",
            paramLabel = "FILE",
            description =
                    "This file holds a search space that Arbiter has written as JSON or YAML, or a configuration with one. "
                            + "It names classes to load, so use only your own. "
                            + "By default the search varies depth, width and learning rate around the settings.")
    private void setSpace(Path file) {
        space = file;
        common.set("--space", "model.kind", file == null ? null : "file");
        common.set("--space", "model.file", file);
    }

    @Option(
            names = "--generator",
            paramLabel = "NAME",
            description = "This sets search.generator: random, grid, genetic or tpe; the default is random.")
    private void setGenerator(String name) {
        common.set("--generator", "search.generator", lowerCase(name));
    }

    @Option(
            names = "--candidates",
            paramLabel = "N",
            description = "This sets search.candidates: train at most N candidates; the default is 12.")
    private void setCandidates(String number) {
        common.set("--candidates", "search.candidates", number);
    }

    @Option(
            names = "--points",
            paramLabel = "N",
            description =
                    "This sets search.points: a grid has N values of each hyperparameter, at least 2; the default is 3.")
    private void setPoints(String number) {
        common.set("--points", "search.points", number);
    }

    @Option(
            names = "--lambda",
            paramLabel = "NAME",
            description =
                    "This sets search.lambda: predicted trains with a constant, adaptive with AutoL2 from the calibration, "
                            + "validated with AutoL2 that the validation data lead; the default is predicted.")
    private void setLambda(String name) {
        common.set("--lambda", "search.lambda", lowerCase(name));
    }

    @Option(
            names = "--neighbours",
            paramLabel = "N",
            description =
                    "This sets search.neighbours: train each network with N more lambdas around the prediction, each a candidate; "
                            + "the default is 0.")
    private void setNeighbours(String number) {
        common.set("--neighbours", "search.neighbours", number);
    }

    @Option(
            names = "--prune",
            paramLabel = "NAME",
            description =
                    "This sets search.prune: asha gives a candidate up that is not in the best third in its calibration or at a ninth or "
                            + "a third of its training (search.reduction and search.firstRung set other parts), median one that "
                            + "is below the median, none trains each to its end; the default is none.")
    private void setPrune(String name) {
        common.set("--prune", "search.prune", lowerCase(name));
    }

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "This sets search.seed, which the generator starts from; the default is 1.")
    private void setSeed(String number) {
        common.set("--seed", "search.seed", number);
    }

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "This sets search.threads: train N candidates at the same time; the default is one for each processor. "
                            + "The generators genetic and tpe use at most 8.")
    private void setThreads(String number) {
        common.set("--threads", SearchSettings.THREADS, number);
    }

    private static String lowerCase(String name) {
        return name == null ? null : name.toLowerCase(Locale.ROOT);
    }

    @Override
    public Integer call() throws IOException {
        SettingsReader reader = new SettingsReader(common.settings());
        SearchSettings plan = SearchSettings.read(reader);
        RunSettings settings = RunSettings.read(reader);
        RunInput.refuseLambda(settings, "search");
        DataSplit data = settings.data().load();
        BaseNetworkSpace<?> networks = space == null ? SearchSpaces.around(settings, data) : SpaceFile.load(space);
        if (printSpace) {
            common.print(SearchSpaces.json(networks));
            return 0;
        }
        Threads.limitToOneByDefault();
        Helpers.use(settings.train());
        common.setLogLevel("io.github.autol2.arbiter", Level.ERROR); // failed candidates are told with the result
        common.setLogLevel(SearchLoop.class.getName(), Level.OFF); // Failure tells what ends a search
        common.setLogLevel(LambdaCalibrator.class.getName(), Level.ERROR);
        RunInput input = new RunInput(settings, new LinkedHashMap<>(reader.effective()), data);
        input.data().classes(); // accuracy judges candidates
        input.checkCalibration();
        Map<String, String> parts = parts(input);
        Map<String, String> toRepeat = new LinkedHashMap<>(parts); // the number of candidates may grow
        toRepeat.keySet().removeAll(List.of("search.candidates", "--candidates"));
        resume.check(out, toRepeat);
        Search search = prepare(plan, input, networks);
        refuseFewer(plan, resume.before(out));
        UnfinishedRun unfinished = resume.openOrExtend(out, toRepeat);
        unfinished.claim(Search.MODEL);
        input.tell(common);
        SearchResult result = search.run(
                common.quiet() ? new BaseStatusListener() {} : new SearchProgress(search.most(), common.messages()));
        boolean replaces = Files.exists(out.resolve(RESULT));
        unfinished.replaceResults(folder -> write(folder, search, result, parts, input));
        if (replaces && result.best().isEmpty()) {
            Files.deleteIfExists(out.resolve(MODEL)); // of an earlier search
        }
        unfinished.setAside();
        print(result);
        return result.best().isPresent() ? 0 : 1;
    }

    private static void refuseFewer(SearchSettings plan, Optional<UnfinishedRun> before) throws IOException {
        int begun = before.isEmpty() ? 0 : before.get().count(Search.CANDIDATE);
        if (plan.candidates() < begun) {
            throw new InvalidUsageException("search.candidates must be at least the " + begun
                    + " that the search has begun already, got " + plan.candidates());
        }
    }

    /** All that the finished parts depend on; what is an option, too, has its name as well, which readers of search.json know. */
    private static Map<String, String> parts(RunInput input) {
        Map<String, String> parts = input.parts("search", SearchSettings.THREADS);
        for (String name : List.of("generator", "candidates", "points", "lambda", "neighbours", "prune", "seed")) {
            parts.put("--" + name, parts.get("search." + name));
        }
        return parts;
    }

    private Search prepare(SearchSettings settings, RunInput input, BaseNetworkSpace<?> networks) {
        Search.Plan plan;
        try {
            plan = settings.plan(input.settings());
        } catch (IllegalArgumentException e) {
            throw new InvalidUsageException("search.prune: " + e.getMessage(), e);
        }
        try {
            return new Search(plan, input.settings(), input.data(), networks, out.resolve(UnfinishedRun.FOLDER));
        } catch (IllegalArgumentException e) {
            throw new InvalidUsageException("the search space: " + e.getMessage(), e);
        }
    }

    private static void write(
            Path folder, Search search, SearchResult result, Map<String, String> parts, RunInput input)
            throws IOException {
        RunSettings settings = input.settings();
        long iterations = Search.iterations(settings);
        new SearchReport(result, parts, iterations, settings.data().validationSize())
                .page()
                .write(folder.resolve("report.html"));
        if (result.best().isPresent()) {
            Optional<TableRecipe> table = input.data().table();
            Map<String, byte[]> further = table.isPresent() ? TableModel.entries(table.get()) : Map.of();
            Path model = folder.resolve(MODEL);
            AtomicFile.write(model, temporary -> ZipCopy.write(search.model(), temporary, further));
        }
        SearchFiles.write(folder.resolve(RESULT), parts, result, iterations);
    }

    private void print(SearchResult result) {
        PrintWriter output = common.output();
        output.println(SearchTable.of(result));
        result.unfinished().forEach(output::println);
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
