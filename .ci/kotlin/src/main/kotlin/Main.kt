import kotlin.math.hypot
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator
import org.deeplearning4j.nn.conf.NeuralNetConfiguration
import org.deeplearning4j.nn.conf.layers.DenseLayer
import org.deeplearning4j.nn.conf.layers.OutputLayer
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork
import org.nd4j.linalg.activations.Activation
import org.nd4j.linalg.dataset.DataSet
import org.nd4j.linalg.factory.Nd4j
import org.nd4j.linalg.learning.config.Sgd
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction

/** Points inside and outside of a circle; fails if the network does not learn them. */
fun main() {
    val network = MultiLayerNetwork(
        NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(Sgd(0.5))
            .list()
            .layer(DenseLayer.Builder().nIn(2).nOut(32).activation(Activation.RELU).build())
            .layer(OutputLayer.Builder(LossFunction.MCXENT).nIn(32).nOut(2).activation(Activation.SOFTMAX).build())
            .build()
    )
    network.init()
    val data = ListDataSetIterator(circle(400).asList(), 100)
    train(network, data, 500, 4)
    val accuracy = network.evaluate<org.nd4j.evaluation.classification.Evaluation>(data).accuracy()
    println("accuracy $accuracy")
    check(accuracy > 0.9) { "the network must learn the circle" }
}

fun circle(points: Int): DataSet {
    val features = Nd4j.rand(points, 2).muli(2).subi(1)
    val labels = Nd4j.zeros(points, 2)
    for (i in 0 until points) {
        val inside = hypot(features.getDouble(i, 0), features.getDouble(i, 1)) < 0.8
        labels.putScalar(i.toLong(), if (inside) 1L else 0L, 1.0)
    }
    return DataSet(features, labels)
}
