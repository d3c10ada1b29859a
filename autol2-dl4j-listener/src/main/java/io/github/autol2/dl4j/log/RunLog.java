package io.github.autol2.dl4j.log;

/**
 * Where this library's lines go: to Log4j 2 where the program has an implementation of it, otherwise to SLF4J, which Deeplearning4j itself
 * logs through. So the lines appear beside Deeplearning4j's own, whatever the program logs with, and Log4j's API is not even started where
 * nothing is behind it.
 */
public interface RunLog {

    /**
     * Writes a line for who looks for a fault.
     *
     * @param message   braces stand for the arguments
     * @param arguments values for the braces, and perhaps an exception at the end
     */
    void debug(String message, Object... arguments);

    /**
     * Writes a line for everyone.
     *
     * @param message   braces stand for the arguments
     * @param arguments values for the braces, and perhaps an exception at the end
     */
    void info(String message, Object... arguments);

    /**
     * Writes a line that asks for attention.
     *
     * @param message   braces stand for the arguments
     * @param arguments values for the braces, and perhaps an exception at the end
     */
    void warn(String message, Object... arguments);

    /**
     * Writes a line about something that ends.
     *
     * @param message   braces stand for the arguments
     * @param arguments values for the braces, and perhaps an exception at the end
     */
    void error(String message, Object... arguments);

    /**
     * Finds out once what the program logs with.
     *
     * @param source names the log
     * @return the log of a class
     */
    static RunLog of(Class<?> source) {
        return Implementations.hasLog4j(RunLog.class.getClassLoader())
                ? Implementations.log4j(source)
                : Implementations.slf4j(source);
    }
}
