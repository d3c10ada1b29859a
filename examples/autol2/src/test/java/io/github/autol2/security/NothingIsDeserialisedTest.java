package io.github.autol2.security;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.util.SerializedSupplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.common.util.SerializationUtils;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Java deserialisation of a file runs whatever code its writer wants. So no class of this project may do it, neither itself nor through
 * a reader of Deeplearning4j, ND4J, Arbiter or Apache Commons that does.
 */
@SuppressWarnings("UnusedMethod") // the guilty ones are read as classes
@Tag("slow")
class NothingIsDeserialisedTest {

    private static final String ROOT = "io.github.autol2";

    /** Classes whose bytes use ObjectInputStream, and the methods of theirs that do, directly or through each other. */
    private static final List<String> READERS = List.of(
            "org.deeplearning4j.util.ModelSerializer (restore.*|getObjectFromFile)",
            "org.deeplearning4j.util.ModelGuesser load.*",
            "org.deeplearning4j.nn.multilayer.MultiLayerNetwork load",
            "org.deeplearning4j.nn.graph.ComputationGraph load",
            "org.deeplearning4j.earlystopping.saver.LocalFile.* (getBestModel|getLatestModel)",
            "org.deeplearning4j.arbiter.saver.local.* getResultModel",
            "org.deeplearning4j.arbiter.optimize.generator.util.SerializedSupplier (<init>|get)",
            "org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration from.*",
            "org.deeplearning4j.arbiter.BaseNetworkSpace from.*",
            "org.deeplearning4j.arbiter.MultiLayerSpace from.*",
            "org.deeplearning4j.arbiter.ComputationGraphSpace from.*",
            "org.nd4j.common.util.SerializationUtils (read.*|deserialize.*|fromByteArray)",
            "org.nd4j.linalg.dataset.(api.)?(DataSet|MultiDataSet) load",
            "org.nd4j.linalg.dataset.ExistingMiniBatchDataSetIterator <init>",
            "org.deeplearning4j.datasets.iterator.file.File.*Iterator <init>",
            "org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer restore.*",
            "org.nd4j.linalg.factory.Nd4j (read.*|load.*)",
            "org.apache.commons.lang3.SerializationUtils (deserialize|clone|roundtrip)");

    /** Classes that make an ObjectInputStream, too, but only for who deserialises or reads a space already, or are such a stream themselves. */
    private static final List<String> FOLLOWERS = List.of(
            "org.deeplearning4j.arbiter.optimize.serde.jackson.FixedValueDeserializer",
            "org.nd4j.linalg.api.buffer.BaseDataBuffer",
            "org.datavec.api.records.reader.impl.regex.RegexSequenceRecordReader",
            "org.datavec.api.transform.analysis.json.TDigestDeserializer",
            "org.apache.commons.*ObjectInputStream");

    /** Of the jars that this project reads files with. */
    private static final Pattern LIBRARIES =
            Pattern.compile("(deeplearning4j|nd4j|arbiter|datavec|commons-(lang3|io|configuration2))[^/\\\\]*\\.jar$");

    private static final String SPACE_FILE = ROOT + ".program.search.SpaceFile";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static ArchRule noObjectStreams() {
        return noClasses()
                .should()
                .dependOnClassesThat(JavaClass.Predicates.assignableTo(ObjectInputStream.class)
                        .as("are object input streams"));
    }

    private static ArchRule noReaders() {
        return noClasses().should().accessTargetWhere(new DescribedPredicate<>("the reader deserialises") {
            @Override
            public boolean test(JavaAccess<?> access) {
                String target = access.getTargetOwner().getName() + " " + access.getName();
                return READERS.stream().anyMatch(target::matches);
            }
        });
    }

    @Test
    void noClassDeserialises() {
        assertThat(MAIN).hasSizeGreaterThan(200);
        assertThat(MAIN.contain(SPACE_FILE)).isTrue();
        for (String module : List.of("quickstart", "benchmark", "research", "arbiter", "dl4j")) {
            assertThat(MAIN.containPackage(ROOT + "." + module)).as(module).isTrue();
        }
        noObjectStreams().check(MAIN);
        noReaders().check(MAIN);
    }

    @Test
    void theListNamesEachClassOfTheLibrariesThatMakesAnObjectInputStream() throws IOException {
        Set<String> makers = new TreeSet<>();
        for (String place : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (LIBRARIES.matcher(place).find()) {
                makers.addAll(makers(place));
            }
        }

        assertThat(makers)
                .hasSizeGreaterThan(5)
                .allMatch(maker -> READERS.stream().anyMatch(reader -> maker.matches(reader.split(" ", 2)[0]))
                        || FOLLOWERS.stream().anyMatch(maker::matches));
    }

    /** The classes in a jar whose bytes name both ObjectInputStream and a constructor from a stream. */
    private static List<String> makers(String jar) throws IOException {
        List<String> makers = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar)) {
            for (ZipEntry entry : zip.stream()
                    .filter(file ->
                            file.getName().endsWith(".class") && !file.getName().startsWith("org/nd4j/shade"))
                    .toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                    if (bytes.contains("java/io/ObjectInputStream") && bytes.contains("(Ljava/io/InputStream;)V")) {
                        makers.add(entry.getName().replace('/', '.').replaceFirst("\\.class$", ""));
                    }
                }
            }
        }
        return makers;
    }

    @Test
    void theTestFailsWhereAClassDoes() {
        for (Class<?> guilty : List.of(ByItself.class, BySubclass.class)) {
            assertThatThrownBy(() -> noObjectStreams().check(new ClassFileImporter().importClasses(guilty)))
                    .as(guilty.getSimpleName())
                    .isInstanceOf(AssertionError.class);
        }
        for (Class<?> guilty : List.of(
                ByObject.class,
                ByNetwork.class,
                ByModel.class,
                ByTool.class,
                ByReference.class,
                BySpace.class,
                ByData.class,
                BySeveralData.class,
                ByGenerator.class)) {
            assertThatThrownBy(() -> noReaders().check(new ClassFileImporter().importClasses(guilty)))
                    .as(guilty.getSimpleName())
                    .isInstanceOf(AssertionError.class);
        }
    }

    private static final class ByItself {
        Object read(InputStream in) throws IOException, ClassNotFoundException {
            return new ObjectInputStream(in).readObject();
        }
    }

    private static final class BySubclass extends ObjectInputStream {
        BySubclass(InputStream in) throws IOException {
            super(in);
        }
    }

    private static final class ByObject {
        Object read(File file) {
            return ModelSerializer.getObjectFromFile(file, "score");
        }
    }

    private static final class ByNetwork {
        Object read(File file) throws IOException {
            return ModelSerializer.restoreMultiLayerNetwork(file);
        }
    }

    private static final class ByModel {
        Object read(File file) throws IOException {
            return MultiLayerNetwork.load(file, true);
        }
    }

    private static final class ByTool {
        Object read(File file) {
            return SerializationUtils.readObject(file);
        }
    }

    private static final class ByReference {
        java.util.function.Function<File, Object> reader() {
            return SerializationUtils::readObject;
        }
    }

    private static final class ByData {
        void read(DataSet data, File file) {
            data.load(file);
        }
    }

    private static final class BySeveralData {
        void read(MultiDataSet data, File file) throws IOException {
            data.load(file);
        }
    }

    private static final class ByGenerator {
        Object read(SerializedSupplier<?> supplier) {
            return supplier.get();
        }
    }

    private static final class BySpace {
        Object read(String json) {
            return OptimizationConfiguration.fromJson(json);
        }
    }
}
