import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.dl4j.LambdaStats;
import io.github.autol2.dl4j.LambdaUpdate;
import io.github.autol2.schedule.AutoL2Options;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.storage.FileStatsStorage;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** lambda beside what StatsListener writes, in one session of a storage in memory and of one in a file. Any failure is an exception. */
public final class Statistics {

    private static final int ITERATIONS = 300;

    public static void main(String[] args) throws Exception {
        InMemoryStatsStorage memory = new InMemoryStatsStorage();
        check("memory", memory, train(memory));

        Path file = Path.of(args[0]);
        FileStatsStorage written = new FileStatsStorage(file.toFile());
        Trained trained = train(written);
        written.close();
        FileStatsStorage read = new FileStatsStorage(file.toFile());
        check("file, opened again", read, trained);
        read.close();
    }

    private record Trained(String session, AutoL2Listener autoL2) {}

    private static Trained train(StatsStorage storage) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(16).activation(Activation.RELU).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT).nIn(16).nOut(2).activation(Activation.SOFTMAX).build())
                .build());
        network.init();
        StatsListener stats = new StatsListener(storage);
        AutoL2Listener autoL2 = AutoL2Listener.builder(AutoL2Options.adaptive(ITERATIONS).withInitialLambda(0.3))
                .observer(new LambdaStats(storage, stats.getSessionID()))
                .build();
        network.addListeners(stats, autoL2);
        INDArray features = Nd4j.randn(32, 4);
        INDArray labels = Nd4j.zeros(32, 2);
        for (int i = 0; i < 32; i++) {
            labels.putScalar(i, features.getDouble(i, 0) > 0 ? 1 : 0, 1);
        }
        DataSet batch = new DataSet(features, labels);
        for (int i = 0; i < ITERATIONS; i++) {
            network.fit(batch);
        }
        return new Trained(stats.getSessionID(), autoL2);
    }

    private static void check(String where, StatsStorage storage, Trained trained) {
        String session = trained.session();
        require(storage.listSessionIDs().equals(List.of(session)), "one session, got " + storage.listSessionIDs());
        require(storage.listTypeIDsForSession(session).size() == 2, "two types, got " + storage.listTypeIDsForSession(session));
        List<LambdaUpdate> updates = storage.getAllUpdatesAfter(session, LambdaStats.TYPE, LambdaStats.WORKER, 0).stream()
                .map(Statistics::update)
                .toList();
        List<Double> divided = updates.stream()
                .filter(update -> update.kind() == LambdaUpdate.Kind.DIVISION)
                .map(LambdaUpdate::lambda)
                .toList();
        List<Double> expected = trained.autoL2().changes().stream().map(division -> division.newLambda()).toList();
        require(!divided.isEmpty() && divided.equals(expected), "divisions " + expected + ", got " + divided);
        long measured = updates.stream().filter(update -> update.kind() == LambdaUpdate.Kind.MEASUREMENT).count();
        require(measured == trained.autoL2().history().size(), "each measurement");
        System.out.println("statistics in " + where + ": " + measured + " measurements, lambda " + divided);
    }

    private static LambdaUpdate update(Persistable stored) {
        return (LambdaUpdate) stored;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
