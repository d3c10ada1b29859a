import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.schedule.AutoL2Options;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Trains a small network with AutoL2 on points inside and outside of a circle; fails if lambda never falls or nothing is learned. */
public final class Train {

    public static void main(String[] args) {
        DataSet all = circle(400);
        ListDataSetIterator<DataSet> data = new ListDataSetIterator<>(all.asList(), 100);
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.5))
                .list()
                .layer(new DenseLayer.Builder().nIn(2).nOut(32).activation(Activation.RELU).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT).nIn(32).nOut(2).activation(Activation.SOFTMAX).build())
                .build());
        network.init();
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive(2000).fromTheStart());
        network.addListeners(listener);
        network.fit(data, 500);

        double accuracy = network.evaluate(data).accuracy();
        System.out.println("accuracy " + accuracy + ", lambda " + listener.lambda() + ", divisions " + listener.changes().size());
        if (accuracy < 0.9 || listener.changes().isEmpty()) {
            throw new IllegalStateException("the network must learn the circle and lambda must fall");
        }
    }

    private static DataSet circle(int points) {
        INDArray features = Nd4j.rand(points, 2).muli(2).subi(1);
        INDArray labels = Nd4j.zeros(points, 2);
        for (int i = 0; i < points; i++) {
            boolean inside = Math.hypot(features.getDouble(i, 0), features.getDouble(i, 1)) < 0.8;
            labels.putScalar(i, inside ? 1 : 0, 1);
        }
        return new DataSet(features, labels);
    }
}
