package io.github.autol2.arbiter;

import java.nio.file.Path;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;

/** A search of 12 candidates on 2 threads, for a JVM that may be killed at any moment. */
final class KilledSearch {

    static final int CANDIDATES = 12;

    private KilledSearch() {}

    static OptimizationConfiguration configuration(Path model) {
        return configuration(model, CANDIDATES);
    }

    static OptimizationConfiguration configuration(Path model, int candidates) {
        LambdaGenerator generator =
                new LambdaGenerator(new RandomSearchGenerator(Searches.space().build()), Searches.quick());
        return Searches.configuration(generator, candidates)
                .modelSaver(new BestModelSaver(model.toString(), false))
                .rngSeed(17)
                .build();
    }

    /**
     * With a folder: goes on there, on 2 threads or, with a number of candidates, on one and with other processes. Says when it begins,
     * what trains and what has become of each candidate.
     */
    public static void main(String[] arguments) {
        Path parts = Path.of(arguments[0]);
        boolean joins = arguments.length > 1;
        int candidates = joins ? Integer.parseInt(arguments[1]) : CANDIDATES;
        SearchRunner runner =
                new SearchRunner(joins ? 1 : 2, configuration(parts.resolveSibling("best.zip"), candidates), parts);
        if (joins) {
            runner.joining();
            runner.addListeners(new BaseStatusListener() {
                private int last = -1;

                @Override
                public void onCandidateIteration(CandidateInfo info, Object candidate, int iteration) {
                    if (info.getIndex() != last) {
                        last = info.getIndex();
                        System.out.println("trains " + last);
                    }
                }
            });
        }
        System.out.println("begins");
        runner.execute();
        Searches.outcome(runner).forEach(line -> System.out.println("outcome " + line));
    }
}
