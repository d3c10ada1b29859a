package io.github.autol2.arbiter;

import java.nio.file.Path;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;

/** A search of 12 candidates on 2 threads, for a JVM that may be killed at any moment. */
final class KilledSearch {

    static final int CANDIDATES = 12;

    private KilledSearch() {}

    static OptimizationConfiguration configuration(Path model) {
        LambdaGenerator generator =
                new LambdaGenerator(new RandomSearchGenerator(Searches.space().build()), Searches.quick());
        return Searches.configuration(generator, CANDIDATES)
                .modelSaver(new BestModelSaver(model.toString(), false))
                .rngSeed(17)
                .build();
    }

    /** With a folder: goes on there, and says when it begins and what has become of each candidate. */
    public static void main(String[] folder) {
        Path parts = Path.of(folder[0]);
        SearchRunner runner = new SearchRunner(2, configuration(parts.resolveSibling("best.zip")), parts);
        System.out.println("begins");
        runner.execute();
        Searches.outcome(runner).forEach(line -> System.out.println("outcome " + line));
    }
}
