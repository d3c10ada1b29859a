package io.github.autol2.program.search;

import io.github.autol2.arbiter.candidate.LambdaOptions;
import io.github.autol2.arbiter.candidate.LambdaOptions.Method;
import io.github.autol2.arbiter.pruning.SuccessiveHalving;
import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.search.Search.Generator;
import io.github.autol2.program.search.Search.Prune;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The keys {@code search.*}.
 *
 * @param generator  how candidates are proposed
 * @param candidates the most candidates, at least 1
 * @param points     values of each hyperparameter in a grid, at least 2
 * @param lambda     how each candidate gets its lambda
 * @param neighbours further lambdas for each network, each a candidate, at least 0; 0 but for {@link Method#PREDICTED}
 * @param prune      when candidates are given up
 * @param reduction  of successive halving, at least 2: one of so many candidates passes a rung
 * @param firstRung  of successive halving, in iterations, at least 1; empty: as {@link SuccessiveHalving#of(long, int)} has it
 * @param seed       of the generator
 * @param threads    candidates that train at the same time, at least 1
 * @param spark      the master of the cluster that trains them; empty: this JVM does
 */
public record SearchSettings(
        Generator generator,
        int candidates,
        int points,
        Method lambda,
        int neighbours,
        Prune prune,
        int reduction,
        OptionalLong firstRung,
        long seed,
        int threads,
        Optional<String> spark) {

    /** The key of {@link #threads}, which changes no result but, with pruning, which candidates are given up. */
    public static final String THREADS = "search.threads";

    /** The key of {@link #spark}, which changes no result. */
    public static final String SPARK = "search.spark";

    /** A grid of three hyperparameters has then at most 2^30 points, which Arbiter can count. */
    private static final int MOST_POINTS = 1024;

    private static final Range COUNT = Range.atLeast(1);
    private static final Range POINTS = Range.atLeast(2);
    private static final Range NOT_NEGATIVE = Range.atLeast(0);

    public SearchSettings {
        COUNT.check("search.candidates", candidates);
        POINTS.check("search.points", points);
        NOT_NEGATIVE.check("search.neighbours", neighbours);
        POINTS.check("search.reduction", reduction);
        firstRung.ifPresent(iterations -> COUNT.check("search.firstRung", (double) iterations));
        COUNT.check(THREADS, threads);
    }

    /** Reads the keys and their relation. */
    public static SearchSettings read(SettingsReader reader) {
        SearchSettings search = new SearchSettings(
                reader.value(
                        "search.generator",
                        Generator.RANDOM,
                        Format.choice(Generator.class),
                        "how a search proposes candidates"),
                reader.value("search.candidates", 12, Format.integer(COUNT), "the most candidates of a search"),
                reader.value(
                        "search.points",
                        3,
                        Format.integer(POINTS),
                        "values of each hyperparameter, for the generator grid"),
                reader.value(
                        "search.lambda",
                        Method.PREDICTED,
                        Format.choice(Method.class),
                        "whether a candidate trains with its predicted lambda, with AutoL2 from its calibration, or with AutoL2 led by the validation data"),
                reader.value(
                        "search.neighbours",
                        0,
                        Format.integer(NOT_NEGATIVE),
                        "further lambdas around the prediction for each network, each a candidate"),
                reader.value(
                        "search.prune",
                        Prune.NONE,
                        Format.choice(Prune.class),
                        "when a candidate with low validation scores is given up: never, by successive halving, or below the median"),
                reader.value(
                        "search.reduction",
                        SuccessiveHalving.DEFAULT_ETA,
                        Format.integer(POINTS),
                        "one of so many candidates passes a rung of successive halving"),
                reader.optional(
                                "search.firstRung",
                                "a ninth of the training",
                                Format.integer(COUNT),
                                "iterations of the first rung of successive halving, at the least")
                        .map(OptionalLong::of)
                        .orElseGet(OptionalLong::empty),
                reader.value("search.seed", 1L, Format.wholeNumber(), "seed of the generator"),
                reader.optional(
                                THREADS,
                                "one for each processor",
                                Format.integer(COUNT),
                                "candidates that train at the same time")
                        .orElseGet(() -> Runtime.getRuntime().availableProcessors()),
                reader.optional(
                        SPARK,
                        "none",
                        Format.text(),
                        "master of the Spark cluster whose executors train the candidates, such as spark://host:7077"));
        reader.require(search.points <= MOST_POINTS, "search.points", "must be <= " + MOST_POINTS);
        reader.require(
                search.neighbours == 0 || search.lambda == Method.PREDICTED,
                "search.neighbours",
                "must be 0 with search.lambda = " + search.lambda.name().toLowerCase(Locale.ROOT),
                "search.lambda");
        return search;
    }

    /**
     * What is to be done for a run's settings.
     *
     * @throws IllegalArgumentException if the training is too short for the pruning
     */
    public Search.Plan plan(RunSettings run) {
        LambdaOptions way = switch (lambda) {
            case PREDICTED -> LambdaOptions.refined(neighbours);
            case ADAPTIVE -> LambdaOptions.adaptive();
            case VALIDATED -> LambdaOptions.validated();
        };
        LambdaOptions options = way.withShare(run.calibration().share()).withSeeds(run.seeds());
        if (!run.calibration().race()) {
            options = options.withoutRace();
        }
        long budget = Search.iterations(run);
        if (prune == Prune.ASHA && firstRung.isPresent() && firstRung.getAsLong() > budget / reduction) {
            throw new IllegalArgumentException(
                    "search.firstRung must be at most the steps of a training / search.reduction = "
                            + budget / reduction + ", got " + firstRung.getAsLong());
        }
        return new Search.Plan(
                generator, points, candidates, options, prune.rule(budget, reduction, firstRung), seed, threads);
    }
}
