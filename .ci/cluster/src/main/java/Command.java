import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * What {@code autol2 search --spark} promises: the same search.json as without it, but for the seconds, with executors that have nothing but
 * Spark; also after Ctrl-C and --resume. Any failure is an exception.
 */
public final class Command {

    private static final int WORKERS = 2;

    private final Path work;

    private Command(Path work) {
        this.work = work;
    }

    /**
     * @param arguments the folder to work in, which has Spark in home/jars
     */
    public static void main(String[] arguments) throws Exception {
        Command command = new Command(Path.of(arguments[0]).toAbsolutePath());
        command.writeTable();
        try (Standalone cluster = new Standalone(command.work, WORKERS)) {
            String spark = cluster.address();
            command.interrupt(command.compare(WORKERS, spark), spark);
            command.compare(1, spark, "--prune", "asha");
        }
        command.reachNobody();
    }

    private JsonNode compare(int threads, String spark, String... options) throws Exception {
        String name = String.join("", options);
        command("alone" + name, threads, options).run();
        JsonNode alone = result("alone" + name);
        Results.require(alone.at("/best/candidate").isInt(), "a candidate must finish");
        List<String> there = new ArrayList<>(List.of(options));
        there.addAll(List.of("--spark", spark));
        command("there" + name, threads, there.toArray(String[]::new)).run();
        Results.require(result("there" + name).equals(alone), "search.json must be the same: " + result("there" + name));
        String statuses = String.join(" ", alone.findValuesAsText("status"));
        Results.tell(
                "autol2 search --spark, " + threads + " at a time " + String.join(" ", options),
                "search.json is that of one machine (" + statuses + ")");
        return alone;
    }

    private void interrupt(JsonNode alone, String spark) throws Exception {
        Run interrupted = command("stopped", WORKERS, "--spark", spark);
        Process process = interrupted.start();
        while (!Files.exists(work.resolve("stopped/unfinished/candidate-00003.json"))) {
            Results.require(process.isAlive(), "the search ended before it was interrupted");
            Thread.sleep(5);
        }
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        process.waitFor();
        String told = interrupted.told();
        Results.require(told.contains("Interrupted. The finished parts ("), told);
        Results.require(!Files.exists(work.resolve("stopped/search.json")), "an interrupted search has no result");
        command("stopped", WORKERS, "--spark", spark, "--resume").run();
        Results.require(result("stopped").equals(alone), "search.json must be the same after --resume");
        Results.tell("autol2 search --spark, Ctrl-C and --resume", "search.json is that of one machine");
    }

    private void reachNobody() throws Exception {
        Run nobody = command("nobody", WORKERS, "--spark", "spark://127.0.0.1:1");
        int exitCode = nobody.start().waitFor();
        String told = nobody.told();
        Results.require(exitCode == 1, told);
        Results.require(told.contains("autol2: the run failed: search.spark: the cluster spark://127.0.0.1:1 cannot be used: "), told);
        Results.require(!Files.exists(work.resolve("nobody")), "nothing may be written");
        Results.tell("autol2 search --spark without a master", "refused");
    }

    private void writeTable() throws IOException {
        Random random = new Random(1);
        List<String> rows = new ArrayList<>(List.of("x,y,class"));
        for (int i = 0; i < 400; i++) {
            double x = random.nextGaussian();
            rows.add(x + "," + random.nextGaussian() + "," + (x + 0.5 * random.nextGaussian() > 0 ? "right" : "left"));
        }
        Files.write(work.resolve("table.csv"), rows);
    }

    private JsonNode result(String name) throws IOException {
        JsonNode result = new ObjectMapper().readTree(work.resolve(name).resolve("search.json").toFile());
        result.get("candidates").forEach(candidate -> ((ObjectNode) candidate).remove("seconds"));
        return result;
    }

    private Run command(String out, int threads, String... options) {
        List<String> line = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx1g",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "-cp",
                work.resolve("home/jars") + "/*:" + Path.of("examples/target/autol2.jar").toAbsolutePath(),
                "io.github.autol2.program.cli.Autol2"));
        line.addAll(List.of("search", "--quiet", "--out", out, "--candidates", "6", "--threads", "" + threads));
        List.of("data.kind=csv", "data.path=table.csv", "data.label=class", "train.steps=120", "model.width=8")
                .forEach(setting -> line.addAll(List.of("--set", setting)));
        line.addAll(List.of(options));
        return new Run(line, work.resolve(out + ".log"), work);
    }

    /** The program in a process of its own. */
    private record Run(List<String> line, Path log, Path folder) {

        Process start() throws IOException {
            return new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        }

        void run() throws IOException, InterruptedException {
            Results.require(start().waitFor() == 0, told());
        }

        String told() throws IOException {
            return Files.readString(log);
        }
    }
}
