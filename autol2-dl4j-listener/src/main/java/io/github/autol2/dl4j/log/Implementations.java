package io.github.autol2.dl4j.log;

import java.util.ServiceLoader;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.spi.Provider;
import org.slf4j.LoggerFactory;

/** What lines can be logged with. */
final class Implementations {

    private Implementations() {}

    /** Whether a class loader knows an implementation of Log4j's API (Log4j itself, or its bridge to SLF4J). */
    static boolean hasLog4j(ClassLoader loader) {
        return ServiceLoader.load(Provider.class, loader).stream().findAny().isPresent()
                || loader.getResource("META-INF/log4j-provider.properties") != null;
    }

    /** The log of a class in Log4j 2. */
    static RunLog log4j(Class<?> source) {
        org.apache.logging.log4j.Logger logger = LogManager.getLogger(source);
        return new Methods(logger::debug, logger::info, logger::warn, logger::error);
    }

    /** The log of a class in SLF4J. */
    static RunLog slf4j(Class<?> source) {
        org.slf4j.Logger logger = LoggerFactory.getLogger(source);
        return new Methods(logger::debug, logger::info, logger::warn, logger::error);
    }

    /** A method of an implementation, for one level. */
    private interface Method {
        void log(String message, Object... arguments);
    }

    /** The methods of an implementation. */
    private record Methods(Method onDebug, Method onInfo, Method onWarn, Method onError) implements RunLog {
        @Override
        public void debug(String message, Object... arguments) {
            onDebug.log(message, arguments);
        }

        @Override
        public void info(String message, Object... arguments) {
            onInfo.log(message, arguments);
        }

        @Override
        public void warn(String message, Object... arguments) {
            onWarn.log(message, arguments);
        }

        @Override
        public void error(String message, Object... arguments) {
            onError.log(message, arguments);
        }
    }
}
