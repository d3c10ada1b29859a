package io.github.autol2.program.results;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions that this program was built from; the build writes them into {@code versions.properties}. */
public final class Versions {

    public static final String AUTOL2;
    public static final String DEEPLEARNING4J;

    static {
        Properties versions = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("/versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        AUTOL2 = versions.getProperty("autol2");
        DEEPLEARNING4J = versions.getProperty("deeplearning4j");
    }

    private Versions() {}
}
