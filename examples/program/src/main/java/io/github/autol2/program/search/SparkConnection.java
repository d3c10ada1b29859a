package io.github.autol2.program.search;

import io.github.autol2.arbiter.spark.Cluster;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The user's Spark cluster, for one search. Spark is the cluster's own version, which the user has on the class path: the program has none.
 * Each system property {@code spark.*} of the user's wins over what is set here; with pruning {@code spark.plugins} gets one more.
 */
public final class SparkConnection implements AutoCloseable {

    private static final String CONTEXT = "org.apache.spark.api.java.JavaSparkContext";
    private static final String PLUGINS = "spark.plugins";
    private static final String OPENED = "sun.nio.ch";
    private static final String HOW = "start the program with Spark's jars first: java --add-opens=java.base/" + OPENED
            + "=ALL-UNNAMED -cp \"$SPARK_HOME/jars/*" + File.pathSeparator
            + "examples/target/autol2.jar\" io.github.autol2.program.cli.Autol2 search --spark ";
    /** What the fence has told ND4J here. */
    private static final List<String> FENCE = List.of("opexec", "ndarrayfactory.class", "memorymanager");

    private final JavaSparkContext context;

    private SparkConnection(JavaSparkContext context) {
        this.context = context;
    }

    /**
     * Checks that Spark can be used in this JVM. Reaches for no cluster.
     *
     * @throws IllegalArgumentException if Spark's jars or Spark's rights are missing
     */
    public static void check(String master) {
        Module own = SparkConnection.class.getModule();
        try {
            Class.forName(CONTEXT, false, SparkConnection.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw missing(master, e);
        }
        if (!Object.class.getModule().isExported(OPENED, own)) {
            throw new IllegalArgumentException(
                    "Spark needs --add-opens=java.base/" + OPENED + "=ALL-UNNAMED: " + HOW + master);
        }
    }

    private static IllegalArgumentException missing(String master, Throwable e) {
        return new IllegalArgumentException("Spark's jars are not on the class path (" + e + "): " + HOW + master, e);
    }

    /**
     * Connects to a cluster, and waits until one of its machines has done a job.
     *
     * @param master  of the cluster, as Spark writes it
     * @param helpers whether the networks there have oneDNN helpers
     * @param asks    whether its jobs ask while they run: in a search with pruning
     * @throws IllegalArgumentException if some of Spark's jars are missing
     * @throws IOException              if the cluster cannot be reached
     */
    public static SparkConnection open(String master, boolean helpers, boolean asks) throws IOException {
        try {
            JavaSparkContext context = new JavaSparkContext(configuration(master, helpers, asks));
            context.parallelize(List.of(0), 1).count(); // a master that does not answer shows only now
            return new SparkConnection(context);
        } catch (LinkageError e) {
            throw missing(master, e);
        } catch (Exception e) { // Scala throws what it does not declare
            String reason = e.toString().lines().findFirst().orElseThrow();
            throw new IOException("search.spark: the cluster " + master + " cannot be used: " + reason, e);
        }
    }

    private static SparkConf configuration(String master, boolean helpers, boolean asks) throws IOException {
        SparkConf configuration = new SparkConf()
                .setMaster(master)
                .setIfMissing("spark.app.name", "autol2 search")
                .setIfMissing(
                        "spark.executorEnv.OMP_NUM_THREADS",
                        Optional.ofNullable(System.getenv("OMP_NUM_THREADS")).orElse("1")) // as here
                .setIfMissing("spark.executor.defaultJavaOptions", options(helpers));
        if (asks) {
            configuration.set(
                    PLUGINS,
                    Stream.of(configuration.get(PLUGINS, ""), QuestionsOnSpark.class.getName())
                            .filter(names -> !names.isBlank())
                            .collect(Collectors.joining(",")));
        }
        return configuration.contains("spark.executor.extraClassPath")
                ? configuration
                : configuration.setIfMissing("spark.jars", String.join(",", jars()));
    }

    private static String options(boolean helpers) {
        return Stream.concat(
                        Stream.of("-Dautol2.onednn=" + helpers),
                        FENCE.stream()
                                .filter(name -> System.getProperty(name) != null)
                                .map(name -> "-D" + name + "=" + System.getProperty(name)))
                .collect(Collectors.joining(" "));
    }

    /** The class path without Spark's own jars, with what manifests add to it. */
    private static Set<String> jars() throws IOException {
        Path sparks = jar(JavaSparkContext.class).getParent();
        Set<String> jars = new LinkedHashSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path jar = Path.of(entry).toAbsolutePath();
            if (Files.isRegularFile(jar) && !sparks.equals(jar.getParent())) {
                jars.add(jar.toUri().toString());
                jars.addAll(fromManifest(jar));
            }
        }
        return jars;
    }

    private static List<String> fromManifest(Path jar) throws IOException {
        List<String> others = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            String line = file.getManifest() == null
                    ? null
                    : file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            for (String other : line == null ? new String[0] : line.strip().split(" +")) {
                URI place = jar.toUri().resolve(other);
                if (Files.isRegularFile(Path.of(place))) {
                    others.add(place.toString());
                }
            }
        }
        return others;
    }

    private static Path jar(Class<?> type) throws IOException {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Who does the jobs of the search. */
    public Cluster cluster() {
        return new OnSpark(context);
    }

    /** Ends what still runs on the cluster. */
    @Override
    public void close() {
        context.close();
    }
}
