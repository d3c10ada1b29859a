package io.github.autol2.arbiter;

import io.github.autol2.arbiter.candidate.CandidateLambda;
import io.github.autol2.arbiter.candidate.LambdaOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.deeplearning4j.arbiter.ComputationGraphSpace;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.conf.updater.NesterovsSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.layers.OutputLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.TaskCreator;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import org.deeplearning4j.arbiter.scoring.impl.EvaluationScoreFunction;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small searches for tests. */
final class Searches {

    /** Of the data source. */
    static final int BATCHES = 4;

    static final int EPOCHS = 40;

    private Searches() {}

    /** Two free parameters, width and learning rate; no l2. */
    static MultiLayerSpace.Builder space() {
        return new MultiLayerSpace.Builder()
                .seed(1)
                .activation(Activation.RELU)
                .updater(new NesterovsSpace(learningRate(), new FixedValue<>(0.9)))
                .addLayer(new DenseLayerSpace.Builder()
                        .nIn(4)
                        .nOut(new IntegerParameterSpace(4, 12))
                        .build())
                .addLayer(output())
                .numEpochs(EPOCHS);
    }

    /** The same as a graph. */
    static ComputationGraphSpace graphSpace() {
        return new ComputationGraphSpace.Builder()
                .seed(1)
                .activation(Activation.RELU)
                .updater(new NesterovsSpace(learningRate(), new FixedValue<>(0.9)))
                .addInputs("in")
                .setInputTypes(InputType.feedForward(4))
                .addLayer(
                        "hidden",
                        new DenseLayerSpace.Builder()
                                .nIn(4)
                                .nOut(new IntegerParameterSpace(4, 12))
                                .build(),
                        "in")
                .addLayer("out", output(), "hidden")
                .setOutputs("out")
                .numEpochs(EPOCHS)
                .build();
    }

    /** One calibration run for each lambda that it tries. */
    static LambdaOptions quick() {
        return LambdaOptions.predicted().withSeeds(List.of(1L));
    }

    /** The same without a race, which is what takes long, and with runs of 8 iterations for {@link #space}. */
    static LambdaOptions shortest() {
        return quick().withoutRace().withShare(0.05);
    }

    /** What became of each candidate, without times. */
    static List<String> outcome(SearchRunner runner) {
        return runner.getCandidateStatus().stream()
                .map(info -> info.getIndex() + " " + info.getCandidateStatus() + " " + info.getScore() + " "
                        + Arrays.toString(info.getFlatParams()))
                .toList();
    }

    /** What each candidate has come to, what it has cost and reported: all but stack traces and times. */
    static List<String> told(SearchRunner runner) {
        return runner.outcomes().stream()
                .map(outcome -> outcome.ending().status() + " "
                        + outcome.ending().reason() + " "
                        + outcome.iterations() + " "
                        + outcome.calibrationIterations() + " "
                        + outcome.calibration() + " "
                        + outcome.reports())
                .toList();
    }

    static CandidateLambda lambda(ResultReference reference) {
        try {
            return (CandidateLambda) reference.getResult().getModelSpecificResults();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int index(ResultReference reference) {
        try {
            return reference.getResult().getIndex();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts the candidates that train, as status listeners see it. */
    static final class Trained extends BaseStatusListener {
        final Set<Integer> candidates = ConcurrentHashMap.newKeySet();

        @Override
        public void onCandidateIteration(CandidateInfo info, Object candidate, int iteration) {
            candidates.add(info.getIndex());
        }
    }

    static ContinuousParameterSpace learningRate() {
        return new ContinuousParameterSpace(new LogUniformDistribution(0.03, 0.2));
    }

    static OutputLayerSpace output() {
        return new OutputLayerSpace.Builder()
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .lossFunction(LossFunction.MCXENT)
                .build();
    }

    static OptimizationConfiguration.Builder configuration(CandidateGenerator generator, int candidates) {
        return new OptimizationConfiguration.Builder()
                .candidateGenerator(generator)
                .dataSource(TwoClasses.class, new Properties())
                .scoreFunction(new EvaluationScoreFunction(Evaluation.Metric.ACCURACY))
                .terminationConditions(new MaxCandidatesCondition(candidates));
    }

    /** Two classes with a noisy border; Arbiter makes it by its no-argument constructor. Always the same. */
    public static final class TwoClasses implements DataSource {
        private static final long serialVersionUID = 1;

        @Override
        public void configure(Properties properties) {}

        @Override
        public Object trainData() {
            return rows(80, 7, 20);
        }

        @Override
        public Object testData() {
            return rows(200, 8, 200);
        }

        private static ListDataSetIterator<DataSet> rows(int count, long seed, int batch) {
            Random random = new Random(seed);
            INDArray features = Nd4j.create(random.doubles(4L * count, -1, 1).toArray(), new long[] {count, 4})
                    .castTo(Nd4j.defaultFloatingPointType());
            INDArray labels = Nd4j.zeros(count, 2);
            for (int row = 0; row < count; row++) {
                labels.putScalar(row, features.getDouble(row, 0) + 0.3 * random.nextGaussian() > 0 ? 1 : 0, 1);
            }
            return new ListDataSetIterator<>(new DataSet(features, labels).batchBy(batch), 1); // batches are made once
        }

        @Override
        public Class<?> getDataType() {
            return ListDataSetIterator.class;
        }
    }

    /** {@link TwoClasses} under another name. */
    abstract static class Delegate implements DataSource {
        private static final long serialVersionUID = 1;
        private final String name;
        private final TwoClasses data = new TwoClasses();

        Delegate(String name) {
            this.name = name;
        }

        @Override
        public void configure(Properties properties) {
            data.configure(properties);
        }

        @Override
        public Object trainData() {
            return data.trainData();
        }

        @Override
        public Object testData() {
            return data.testData();
        }

        @Override
        public Class<?> getDataType() {
            return data.getDataType();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A task creator with one task for all candidates. */
    record Tasks(Callable<OptimizationResult> task) implements TaskCreator {
        @Override
        @SuppressWarnings({"rawtypes", "deprecation"}) // Arbiter's
        public Callable<OptimizationResult> create(
                Candidate candidate,
                DataProvider provider,
                ScoreFunction score,
                List<StatusListener> listeners,
                IOptimizationRunner runner) {
            return task;
        }

        @Override
        @SuppressWarnings({"rawtypes", "deprecation"}) // Arbiter's
        public Callable<OptimizationResult> create(
                Candidate candidate,
                Class<? extends DataSource> source,
                Properties properties,
                ScoreFunction score,
                List<StatusListener> listeners,
                IOptimizationRunner runner) {
            return task;
        }
    }
}
