package io.github.autol2.benchmark;

import io.github.autol2.dl4j.LambdaPage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** A page of lambda and another process that loads it, as a browser would; without the browser's drawing. */
final class OpenPage implements AutoCloseable {

    /** From one loading to the next, as the page asks for it. */
    static final int SECONDS = 2;

    private static final double NANOSECONDS = 1e9; // in a second

    private final LambdaPage page;
    private final Process visitor;
    private final BufferedReader lengths;

    OpenPage() {
        try {
            page = LambdaPage.open();
            // one thread for compiler and collector: what this process takes is not what the page costs
            visitor = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            PageVisitor.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lengths = visitor.inputReader(StandardCharsets.UTF_8);
    }

    LambdaPage page() {
        return page;
    }

    /** Asks the other process to load the page, and does not wait for it. */
    void load() {
        try {
            visitor.getOutputStream().write((page.address() + "\n").getBytes(StandardCharsets.UTF_8));
            visitor.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it is loaded, and returns its characters. */
    int loaded() {
        try {
            String length = lengths.readLine();
            if (length == null) {
                throw new IllegalStateException("the page could not be loaded: see above");
            }
            return Integer.parseInt(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time of the thread that answers, in seconds. */
    static double ownSeconds() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                        .filter(thread ->
                                thread != null && thread.getThreadName().equals("AutoL2 page"))
                        .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                        .sum()
                / NANOSECONDS;
    }

    @Override
    public void close() {
        visitor.destroy();
        page.close();
    }
}
