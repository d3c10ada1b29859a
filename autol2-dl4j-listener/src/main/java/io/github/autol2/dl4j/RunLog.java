package io.github.autol2.dl4j;

import java.util.ServiceLoader;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.spi.Provider;
import org.slf4j.LoggerFactory;

/**
 * Where this library's lines go: to Log4j 2 where the program has an implementation of it, otherwise to SLF4J, which Deeplearning4j itself
 * logs through. So the lines appear beside Deeplearning4j's own, whatever the program logs with, and Log4j's API is not even started where
 * nothing is behind it.
 */
interface RunLog {

    /** A line for everyone; braces stand for the arguments. */
    void info(String message, Object... arguments);

    /** A line that asks for attention. */
    void warn(String message, Object... arguments);

    /** The log of a class. */
    static RunLog of(Class<?> source) {
        return hasLog4j(RunLog.class.getClassLoader()) ? log4j(source) : slf4j(source);
    }

    /** Whether a class loader knows an implementation of Log4j's API (Log4j itself, or its bridge to SLF4J). */
    static boolean hasLog4j(ClassLoader loader) {
        return ServiceLoader.load(Provider.class, loader).stream().findAny().isPresent()
                || loader.getResource("META-INF/log4j-provider.properties") != null;
    }

    private static RunLog log4j(Class<?> source) {
        org.apache.logging.log4j.Logger logger = LogManager.getLogger(source);
        return new RunLog() {
            @Override
            public void info(String message, Object... arguments) {
                logger.info(message, arguments);
            }

            @Override
            public void warn(String message, Object... arguments) {
                logger.warn(message, arguments);
            }
        };
    }

    /** The log of a class in SLF4J. */
    static RunLog slf4j(Class<?> source) {
        org.slf4j.Logger logger = LoggerFactory.getLogger(source);
        return new RunLog() {
            @Override
            public void info(String message, Object... arguments) {
                logger.info(message, arguments);
            }

            @Override
            public void warn(String message, Object... arguments) {
                logger.warn(message, arguments);
            }
        };
    }
}
