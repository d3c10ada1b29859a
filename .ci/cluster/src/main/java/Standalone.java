import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Spark's standalone master and workers, each a process of its own on 127.0.0.1, with one core each. */
final class Standalone implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("Starting Spark master at (spark://\\S+)");

    private final Path work;
    private final List<Process> processes = Collections.synchronizedList(new ArrayList<>());
    private final String address;
    private CompletableFuture<Boolean> killed = CompletableFuture.completedFuture(false);

    Standalone(Path work, int workers) throws IOException, InterruptedException {
        this.work = work;
        Path log = start("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0",
                "--webui-port", "0");
        this.address = waitFor(log, ADDRESS);
        for (int i = 0; i < workers; i++) {
            Path workerLog = start("worker" + i, "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1",
                    "--webui-port", "0", "--cores", "1", "--memory", "1g", "--work-dir", work.resolve("run").toString(),
                    address);
            waitFor(workerLog, Pattern.compile("(Successfully registered with master)"));
        }
    }

    String address() {
        return address;
    }

    /** Ends a worker and its executor by force two seconds from now, in mid-training. */
    void killAWorkerSoon() {
        ProcessHandle worker = processes.get(1).toHandle();
        killed = CompletableFuture.supplyAsync(
                () -> {
                    boolean executorKilled = worker.children().map(ProcessHandle::destroyForcibly).anyMatch(done -> done);
                    return worker.destroyForcibly() && executorKilled;
                },
                CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS));
    }

    /** Ends the executor of one of the workers by force. */
    void killAnExecutorIn(long milliseconds, int worker) {
        killed = CompletableFuture.supplyAsync(
                () -> executors()
                        .skip(Math.min(worker, executors().count() - 1))
                        .limit(1)
                        .map(ProcessHandle::destroyForcibly)
                        .anyMatch(done -> done),
                CompletableFuture.delayedExecutor(milliseconds, TimeUnit.MILLISECONDS));
    }

    /** Waits for the killing. */
    boolean killed() {
        return killed.join();
    }

    private Stream<ProcessHandle> executors() {
        return List.copyOf(processes).stream().skip(1).flatMap(worker -> worker.toHandle().children());
    }

    private Path start(String name, String main, String... arguments) throws IOException {
        Path log = work.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-cp",
                work.resolve("home/jars") + "/*",
                main));
        command.addAll(List.of(arguments));
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
        return log;
    }

    private static String waitFor(Path log, Pattern pattern) throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            Matcher matcher = pattern.matcher(Files.readString(log));
            if (matcher.find()) {
                return matcher.group(1);
            }
            Thread.sleep(200);
        }
        throw new IllegalStateException(log + " does not say: " + pattern);
    }

    @Override
    public void close() {
        executors().forEach(ProcessHandle::destroy);
        processes.forEach(Process::destroy);
    }
}
