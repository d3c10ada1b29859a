package io.github.autol2.dl4j.onednn;

import io.github.autol2.dl4j.network.Deeplearning4jNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * What can be known before ND4J is loaded.
 *
 * @param disabled whether the user has disabled all helpers
 * @param cpu      whether ND4J's CPU backend is there
 * @param cuda     whether its CUDA backend is there, which goes first
 * @param version  Deeplearning4j's; empty if its jar does not tell
 * @param modular  whether Deeplearning4j is on the module path
 */
record Surroundings(boolean disabled, boolean cpu, boolean cuda, Optional<String> version, boolean modular) {

    /** The version whose helpers ask for a class that has moved. */
    static final String VERSION = "1.0.0-M2.1";

    static Surroundings look() {
        return new Surroundings(
                Boolean.getBoolean(OneDnn.DISABLE),
                isThere(Deeplearning4jNames.CPU_BACKEND),
                isThere(Deeplearning4jNames.CUDA_BACKEND),
                version(Deeplearning4jNames.versionFiles()),
                MultiLayerNetwork.class.getModule().isNamed());
    }

    /** Why there can be no helpers. */
    Optional<String> obstacle() {
        if (disabled) {
            return Optional.of("the system property " + OneDnn.DISABLE + " is true");
        }
        if (!cpu || cuda) {
            return Optional.of("the backend is not nd4j-native");
        }
        if (version.filter(VERSION::equals).isEmpty()) {
            return Optional.of("Deeplearning4j must be " + VERSION + ", got " + version.orElse("an unknown version"));
        }
        if (modular) {
            return Optional.of("Deeplearning4j is on the module path; they need the class path");
        }
        return Optional.empty();
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name, false, Surroundings.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** What the first of these resources of Deeplearning4j's jar says that is there. */
    static Optional<String> version(List<String> files) {
        return files.stream()
                .map(Surroundings::version)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> version(String file) {
        try (InputStream in = MultiLayerNetwork.class.getResourceAsStream("/" + file)) {
            if (in == null) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            properties.load(in);
            return Optional.ofNullable(properties.getProperty("version"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
