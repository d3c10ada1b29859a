package io.github.autol2.arbiter;

import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;

/** Whether those who were told which scores are good have heard the same as the score function says. */
final class ScoreDirection {

    private ScoreDirection() {}

    /**
     * @param configuration with a generator and a score function
     * @throws IllegalArgumentException if its generator or its result saver takes bad scores for good ones
     */
    static void check(OptimizationConfiguration configuration) {
        ScoreFunction score = configuration.getScoreFunction();
        CandidateGenerator generator = LambdaGenerator.innermost(configuration.getCandidateGenerator());
        if (generator instanceof TpeGenerator tpe) {
            check("TpeGenerator", tpe.minimizeScore(), score);
        }
        if (generator instanceof GeneticGenerator genetic) {
            check("GeneticGenerator", genetic.minimizeScore(), score);
        }
        if (configuration.getResultSaver() instanceof BestModelSaver saver) {
            check("BestModelSaver", saver.minimizeScore(), score);
        }
    }

    private static void check(String name, boolean minimizeScore, ScoreFunction score) {
        if (minimizeScore != score.minimize()) {
            throw new IllegalArgumentException("minimizeScore of " + name + " must be " + score.minimize()
                    + ", which is minimize() of the score function " + score + ", got " + minimizeScore
                    + ": it would take the worst network for the best");
        }
    }
}
