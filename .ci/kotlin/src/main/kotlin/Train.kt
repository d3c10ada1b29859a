import io.github.autol2.dl4j.AutoL2Listener
import io.github.autol2.schedule.AutoL2Options
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator

fun train(network: MultiLayerNetwork, data: DataSetIterator, epochs: Int, batchesPerEpoch: Int) {
    val listener = AutoL2Listener(AutoL2Options.adaptive(epochs.toLong() * batchesPerEpoch))
    network.addListeners(listener)
    network.fit(data, epochs)
    println("lambda ${listener.lambda()} after ${listener.changes().size} divisions")
}
