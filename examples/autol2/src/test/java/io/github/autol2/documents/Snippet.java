package io.github.autol2.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.SparkListenable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Java of a document, inside a method that has what the reader is supposed to have. */
record Snippet(Document document, String text) {

    private static final String PARAMETERS = "org.deeplearning4j.nn.multilayer.MultiLayerNetwork network, "
            + "org.nd4j.linalg.dataset.api.iterator.DataSetIterator data, "
            + "org.nd4j.linalg.dataset.api.iterator.DataSetIterator training, "
            + "org.nd4j.linalg.dataset.api.iterator.DataSetIterator validation, int epochs, int "
            + "batchesPerEpoch, java.nio.file.Path folder, "
            + "org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration configuration, "
            + "org.deeplearning4j.arbiter.MultiLayerSpace space, org.nd4j.autodiff.samediff.SameDiff sameDiff, "
            + "org.deeplearning4j.spark.impl.SparkListenable spark, org.nd4j.linalg.dataset.DataSet batch";

    static List<Snippet> all() {
        return Document.all().stream()
                .flatMap(document -> document.blocks("java").stream().map(text -> new Snippet(document, text)))
                .toList();
    }

    boolean trains() {
        return text.contains("network.fit") || text.contains("sameDiff.fit");
    }

    /** Runs it with a small network and two classes. */
    void run(Path folder) throws Exception {
        compile(folder)
                .getMethod(
                        "run",
                        MultiLayerNetwork.class,
                        DataSetIterator.class,
                        DataSetIterator.class,
                        DataSetIterator.class,
                        int.class,
                        int.class,
                        Path.class,
                        OptimizationConfiguration.class,
                        MultiLayerSpace.class,
                        SameDiff.class,
                        SparkListenable.class,
                        DataSet.class)
                .invoke(null, network(), data(), data(), data(), 2, 4, folder, null, null, sameDiff(), null, null);
    }

    Class<?> compile(Path folder) throws IOException, ClassNotFoundException {
        String imports = text.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        String body = text.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        Path source = Files.writeString(
                folder.resolve("Snippet.java"),
                imports + "\npublic class Snippet { public static void run(" + PARAMETERS + ") throws Exception {\n"
                        + body + "\n} }\n");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        boolean compiled = compiler.getTask(
                        null,
                        null,
                        problems,
                        List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", folder.toString()),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                .call();
        assertThat(compiled)
                .as("%s: %s%n%s", document, problems.getDiagnostics(), text)
                .isTrue();
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader()).loadClass("Snippet");
    }

    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .updater(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(3)
                        .nOut(4)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(4)
                        .nOut(2)
                        .build())
                .build());
        network.init();
        return network;
    }

    /** With the same inputs and classes. */
    private static SameDiff sameDiff() {
        SameDiff network = SameDiff.create();
        SDVariable input = network.placeHolder("in", DataType.FLOAT, -1, 3);
        SDVariable labels = network.placeHolder("labels", DataType.FLOAT, -1, 2);
        SDVariable logits = input.mmul(network.var("weights", Nd4j.rand(DataType.FLOAT, 3, 2)));
        network.loss.softmaxCrossEntropy("loss", labels, logits, null);
        network.setTrainingConfig(TrainingConfig.builder()
                .updater(new Sgd(0.1))
                .dataSetFeatureMapping("in")
                .dataSetLabelMapping("labels")
                .build());
        return network;
    }

    private static DataSetIterator data() {
        DataSet data = new DataSet(Nd4j.rand(8, 3), Nd4j.zeros(8, 2));
        for (int row = 0; row < 8; row++) {
            data.getLabels().putScalar(row, row % 2, 1);
        }
        return new ListDataSetIterator<>(data.asList(), 2);
    }

    @Override
    public String toString() {
        return document + ": "
                + text.lines()
                        .filter(line -> !line.startsWith("import ") && !line.isBlank())
                        .findFirst()
                        .orElse("");
    }
}
