package io.github.autol2.program.cli;

import io.github.autol2.arbiter.run.SearchLoop;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.dl4j.LambdaCalibrator;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.model.Helpers;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.search.Search;
import io.github.autol2.program.search.SearchPage;
import io.github.autol2.program.search.SearchResult;
import io.github.autol2.program.search.SearchSettings;
import io.github.autol2.program.search.SearchSpaces;
import io.github.autol2.program.search.SpaceFile;
import io.github.autol2.program.training.Threads;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.logging.log4j.Level;
import org.deeplearning4j.arbiter.BaseNetworkSpace;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 search}: which network, learning rate and lambda? Writes search.json, report.html and model.zip. */
@Command(name = "search", description = "Search over other hyperparameters; the lambda of each candidate is predicted.")
final class SearchCommand implements Callable<Integer> {

    private static final int MOST_PORT = 65_535;

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

    @Option(
            names = "--join",
            description =
                    "This shares the search with other processes or machines that run the same command with the same --out: each trains "
                            + "other candidates. They may begin, end and be killed at any time; the last one writes the results.")
    private boolean join;

    @Option(
            names = "--live",
            arity = "0..1",
            paramLabel = "PORT",
            fallbackValue = "0",
            description =
                    "This shows the search while it runs, on a page at 127.0.0.1, for browsers on this machine only; without a port at one "
                            + "that is free.")
    private Integer live;

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

    @Option(
            names = "--spark",
            paramLabel = "MASTER",
            description =
                    "This sets search.spark: the executors of a Spark cluster train the candidates, --threads at the same time, and read "
                            + "the data files themselves. Spark's jars must come first on the class path; examples/README.md shows how.")
    private void setSpark(String master) {
        common.set("--spark", SearchSettings.SPARK, master);
    }

    private static String lowerCase(String name) {
        return name == null ? null : name.toLowerCase(Locale.ROOT);
    }

    @Override
    public Integer call() throws IOException {
        if (live == null) {
            return search(Optional.empty());
        }
        if (live < 0 || live > MOST_PORT) {
            throw new InvalidUsageException("--live must be a port in [0, " + MOST_PORT + "], got " + live);
        }
        try (SearchPage page = SearchPage.open(live)) {
            return search(Optional.of(page));
        } catch (BindException e) {
            throw new InvalidUsageException("--live: port " + live + " cannot be used: " + e.getMessage(), e);
        }
    }

    private int search(Optional<SearchPage> page) throws IOException {
        SettingsReader reader = new SettingsReader(common.settings());
        SearchSettings plan = SearchSettings.read(reader);
        RunSettings settings = RunSettings.read(reader);
        RunInput.refuseLambda(settings, "search");
        if (!printSpace) {
            Machines.check(plan);
        }
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
        common.setLogLevel(
                "org.apache.spark.scheduler.TaskSchedulerImpl", Level.WARN); // tells that no machine takes a job
        RunInput input = new RunInput(settings, new LinkedHashMap<>(reader.effective()), data);
        input.data().classes(); // accuracy judges candidates
        input.checkCalibrationInSearch();
        Map<String, String> parts = parts(input);
        Map<String, String> toRepeat = new LinkedHashMap<>(parts); // the number of candidates may grow
        toRepeat.keySet().removeAll(List.of("search.candidates", "--candidates"));
        SearchStart start = new SearchStart(resume, out, plan.candidates(), toRepeat);
        SearchStart.Begun begun;
        SearchResult result;
        try (Machines machines = Machines.reach(plan, settings, reader)) {
            Supplier<Search> search = () -> prepare(plan, input, networks, machines);
            begun = join ? start.join(search) : start.begin(search);
            input.tell(common);
            result = run(begun.search(), page, parts, settings);
        }
        SearchOutput results = new SearchOutput(out, common.output());
        if (join && !resume.isLast(out)) {
            results.print(
                    result, "Another process is about to end this search, and writes its results to " + out + ".");
        } else {
            start.refuseFewer(begun.run());
            results.write(begun.run(), begun.search(), result, parts, input);
        }
        return result.best().isPresent() ? 0 : 1;
    }

    private SearchResult run(Search search, Optional<SearchPage> page, Map<String, String> config, RunSettings settings)
            throws IOException {
        List<StatusListener> listeners = new ArrayList<>();
        if (!common.quiet()) {
            listeners.add(new SearchProgress(search.most(), common.messages()));
        }
        page.ifPresent(live -> {
            live.show(
                    search, config, Search.iterations(settings), settings.data().validationSize());
            listeners.add(live);
            common.messages().println("The search is shown at " + live.address() + " while it runs.");
            common.messages().flush();
        });
        return search.run(listeners.toArray(StatusListener[]::new));
    }

    /** All that the finished parts depend on; what is an option, too, has its name as well, which readers of search.json know. */
    private static Map<String, String> parts(RunInput input) {
        Map<String, String> parts = input.parts("search", SearchSettings.THREADS, SearchSettings.SPARK);
        for (String name : List.of("generator", "candidates", "points", "lambda", "neighbours", "prune", "seed")) {
            parts.put("--" + name, parts.get("search." + name));
        }
        return parts;
    }

    private Search prepare(SearchSettings settings, RunInput input, BaseNetworkSpace<?> networks, Machines machines) {
        Search.Plan plan;
        try {
            plan = settings.plan(input.settings());
        } catch (IllegalArgumentException e) {
            throw new InvalidUsageException("search.prune: " + e.getMessage(), e);
        }
        try {
            return new Search(
                    plan,
                    input.settings(),
                    input.data(),
                    networks,
                    out.resolve(UnfinishedRun.FOLDER),
                    machines.elsewhere());
        } catch (IllegalArgumentException e) {
            throw new InvalidUsageException("the search space: " + e.getMessage(), e);
        }
    }
}
