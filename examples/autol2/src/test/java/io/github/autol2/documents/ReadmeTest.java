package io.github.autol2.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.config.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The README tells the truth: its Java is compiled and run, its settings are read, its tables are compared. */
class ReadmeTest {

    private static final String PARAMETERS = "org.deeplearning4j.nn.multilayer.MultiLayerNetwork network, "
            + "org.nd4j.linalg.dataset.api.iterator.DataSetIterator data, "
            + "org.nd4j.linalg.dataset.api.iterator.DataSetIterator training, "
            + "org.nd4j.linalg.dataset.api.iterator.DataSetIterator validation, int epochs, int batchesPerEpoch, java.nio.file.Path folder, "
            + "org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration configuration, "
            + "org.deeplearning4j.arbiter.MultiLayerSpace space";

    private static Path root;
    private static String readme;

    @TempDir
    private Path folder;

    @BeforeAll
    static void read() throws IOException {
        root = Path.of("").toAbsolutePath().getParent().getParent();
        readme = Files.readString(root.resolve("README.md"));
    }

    @Test
    void everyJavaSnippetCompilesAndThoseThatTrainRun() throws Exception {
        List<String> snippets = blocks("java");
        assertThat(snippets).hasSizeGreaterThanOrEqualTo(4);
        for (int i = 0; i < snippets.size(); i++) {
            Class<?> compiled = compile("Snippet" + i, snippets.get(i));
            if (snippets.get(i).contains("network.fit")) {
                compiled.getMethod(
                                "run",
                                MultiLayerNetwork.class,
                                DataSetIterator.class,
                                DataSetIterator.class,
                                DataSetIterator.class,
                                int.class,
                                int.class,
                                Path.class,
                                OptimizationConfiguration.class,
                                MultiLayerSpace.class)
                        .invoke(null, network(), data(), data(), data(), 2, 4, folder, null, null);
            }
        }
    }

    @Test
    void thePropertiesAreValidSettings() throws IOException {
        for (String properties : blocks("properties")) {
            Path file = Files.writeString(folder.resolve("settings.properties"), properties);

            RunSettings.read(Settings.load(Optional.of(file), List.of()));
        }
        assertThat(blocks("properties")).isNotEmpty();
    }

    @Test
    void theTableOfKeysIsTheProgramsOwn() {
        SettingsReader reader = new SettingsReader(Settings.load(Optional.empty(), List.of()));
        RunSettings.read(reader);
        String expected = reader.described().stream()
                .map(key -> "| `" + key.key() + "` | " + key.byDefault() + " | " + key.allowed() + " | "
                        + key.description() + " |")
                .collect(Collectors.joining("\n"));

        assertThat(readme).contains("| key | default | allowed | meaning |\n|---|---|---|---|\n" + expected + "\n\n");
    }

    @Test
    void theMavenCoordinatesAreThoseOfTheModule() throws IOException {
        String pom = Files.readString(root.resolve("autol2-dl4j-listener/pom.xml"));
        String snippet = blocks("xml").get(0);
        for (String tag : List.of("groupId", "version")) {
            assertThat(element(snippet, tag)).isEqualTo(element(pom, tag)); // the parent's
        }
        assertThat(pom).contains("<artifactId>" + element(snippet, "artifactId") + "</artifactId>");
    }

    @Test
    void theCommandsNameWhatTheBuildMakes() throws IOException {
        assertThat(Files.readString(root.resolve("examples/autol2/pom.xml"))).contains("<finalName>autol2</finalName>");
        assertThat(Files.readString(root.resolve(".ci/run"))).contains("mvn").contains(" verify");
        assertThat(blocks("bash"))
                .contains("mvn verify\n")
                .allSatisfy(block -> assertThat(block)
                        .containsAnyOf("mvn verify", "examples/target/autol2.jar", "examples/target/benchmarks.jar"));
    }

    private static List<String> blocks(String language) {
        List<String> blocks = new ArrayList<>();
        Matcher matcher =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(readme);
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    private static String element(String xml, String tag) {
        Matcher matcher = Pattern.compile("<" + tag + ">([^<]+)</" + tag + ">").matcher(xml);
        assertThat(matcher.find()).as(tag).isTrue();
        return matcher.group(1);
    }

    /** The imports, and all else as the body of a method. */
    private Class<?> compile(String name, String snippet) throws Exception {
        String imports =
                snippet.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        String body =
                snippet.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        Path source = Files.writeString(
                folder.resolve(name + ".java"),
                imports + "\npublic class " + name + " { public static void run(" + PARAMETERS
                        + ") throws Exception {\n" + body + "\n} }\n");
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
        assertThat(compiled).as("%s%n%s", problems.getDiagnostics(), snippet).isTrue();
        return new java.net.URLClassLoader(
                        new java.net.URL[] {folder.toUri().toURL()}, getClass().getClassLoader())
                .loadClass(name);
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

    private static DataSetIterator data() {
        DataSet data = new DataSet(Nd4j.rand(8, 3), Nd4j.zeros(8, 2));
        for (int row = 0; row < 8; row++) {
            data.getLabels().putScalar(row, row % 2, 1);
        }
        return new ListDataSetIterator<>(data.asList(), 2);
    }
}
