package io.github.autol2.dl4j.log;

/** A program that logs one line of this library, for {@link RunLogTest}, which starts it with several logging implementations. */
final class LoggedLine {

    private LoggedLine() {}

    public static void main(String[] arguments) {
        RunLog.of(LoggedLine.class).warn("lambda {} -> {}", 0.1, 0.03);
    }
}
