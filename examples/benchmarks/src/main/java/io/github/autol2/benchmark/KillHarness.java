package io.github.autol2.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.autol2.program.cli.Autol2;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * Kills runs of the program at random moments (SIGKILL), lets them go on with {@code --resume} until they are whole, and compares the
 * results with those of a run that nobody has killed: all numbers of JSON and CSV files but times, and the parameters and the updater's
 * state of networks, must be equal bit for bit.
 *
 * <pre>{@code KillHarness [KILLS of each command, default 10] [SEED of the moments, default 1] [COMMAND ...]}</pre>
 */
public final class KillHarness {

    private static final List<String> SMALL = List.of(
            "data.trainSize=64",
            "data.validationSize=64",
            "data.testSize=64",
            "train.batchSize=32",
            "train.evaluateEvery=20",
            "train.helpers=false",
            "model.width=8",
            "seeds=1,2");

    private static final Map<String, List<String>> COMMANDS = commands();
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final boolean ARCHIVES_CLASSES = // Java does so with classes of jars only
            Stream.of(CLASS_PATH.split(File.pathSeparator)).noneMatch(place -> new File(place).isDirectory());
    private static final long LONGEST_SECONDS = 1800;
    private static final List<String> TIMES = List.of("seconds", "start", "end");
    private static final String LOCK = ".autol2-lock";
    private static final String UNFINISHED = "unfinished";

    private final Path folder;
    private final Random random;
    private int kills;
    private int inWork;

    private KillHarness(Path folder, long seed) {
        this.folder = folder;
        this.random = new Random(seed);
    }

    private static Map<String, List<String>> commands() {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("train", List.of("train", "--set", "train.steps=200", "--set", "train.keepEvery=0"));
        commands.put("calibrate", List.of("calibrate", "--set", "train.steps=400"));
        commands.put("tune", List.of("tune", "--set", "train.steps=200"));
        commands.put("search", List.of("search", "--candidates", "4", "--set", "train.steps=200", "--threads", "2"));
        commands.put(
                "figure",
                List.of(
                        "figure",
                        "1b",
                        "--threads",
                        "1",
                        "--set",
                        "train.steps=200",
                        "--set",
                        "calibration.share=0.3",
                        "--set",
                        "figure.budgets=100",
                        "--set",
                        "figure.lambdas=0.1,0.01"));
        return commands;
    }

    /**
     * What became of one command.
     *
     * @param kills      that ended a run
     * @param inWork     those of them that found something in the folder of finished parts
     * @param wholeRuns  that ended by themselves and were compared
     * @param difference the first one that was found; empty if all results are equal
     */
    public record Outcome(String command, int kills, int inWork, int wholeRuns, String difference) {}

    public static void main(String[] arguments) throws Exception {
        int kills = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        List<String> commands = arguments.length > 2
                ? Arrays.asList(arguments).subList(2, arguments.length)
                : List.copyOf(COMMANDS.keySet());
        boolean equal = true;
        for (String command : commands) {
            Outcome outcome = run(command, kills, seed, Files.createTempDirectory("kill-harness"));
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %4d kills, %4d of them with finished parts, %3d whole runs: %s%n",
                    outcome.command(),
                    outcome.kills(),
                    outcome.inWork(),
                    outcome.wholeRuns(),
                    outcome.difference().isEmpty() ? "all equal to the unbroken one" : outcome.difference());
            equal &= outcome.difference().isEmpty();
        }
        System.exit(equal ? 0 : 1);
    }

    /**
     * Kills runs of one command.
     *
     * @param command one of train, calibrate, tune, search and figure
     * @param kills   at least 1; the last run killed still goes on to its end
     * @param seed    of the moments
     * @param folder  for all files
     */
    public static Outcome run(String command, int kills, long seed, Path folder)
            throws IOException, InterruptedException {
        return new KillHarness(folder, seed).run(command, kills);
    }

    private Outcome run(String command, int most) throws IOException, InterruptedException {
        Path first = folder.resolve("first"); // it leaves an archive of classes, with which the others start sooner
        if (ARCHIVES_CLASSES) {
            finish(start(command, first, false), first);
        }
        Path whole = folder.resolve("whole");
        long start = System.nanoTime();
        finish(start(command, whole, false), whole);
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, String> expected = results(whole);
        String difference = ARCHIVES_CLASSES ? difference(expected, results(first)) : "";
        int wholeRuns = 0;
        while (difference.isEmpty() && kills < most) {
            Path cut = folder.resolve("cut" + wholeRuns);
            killUntilWhole(command, cut, seconds, most, expected.keySet());
            wholeRuns++;
            difference = difference(expected, results(cut));
        }
        String place = wholeRuns == 0 ? "two unbroken runs: " : "run " + (wholeRuns - 1) + ": ";
        return new Outcome(command, kills, inWork, wholeRuns, difference.isEmpty() ? "" : place + difference);
    }

    /** Kills one run and goes on with it until it has ended by itself or until there are enough kills; then it is left alone. */
    private void killUntilWhole(String command, Path cut, double seconds, int most, Set<String> names)
            throws IOException, InterruptedException {
        boolean resume = false;
        while (kills < most) {
            Process process = start(command, cut, resume);
            if (process.waitFor((long) (1000 * seconds * random.nextDouble()), TimeUnit.MILLISECONDS)) {
                finish(process, cut);
                return;
            }
            process.destroyForcibly().waitFor();
            kills++;
            inWork += hasParts(cut) ? 1 : 0;
            if (isWhole(cut, names)) {
                return; // it was killed behind its end
            }
            resume = true;
        }
        finish(start(command, cut, true), cut);
    }

    private static boolean hasParts(Path out) throws IOException {
        if (!Files.isDirectory(out.resolve(UNFINISHED))) {
            return false;
        }
        try (Stream<Path> parts = Files.list(out.resolve(UNFINISHED))) {
            return parts.map(part -> part.getFileName().toString())
                    .anyMatch(name -> !name.startsWith(".") && !name.equals("settings.json"));
        }
    }

    private static boolean isWhole(Path out, Set<String> names) throws IOException {
        return !Files.exists(out.resolve(UNFINISHED).resolve("settings.json")) // goes first where results are whole
                && Files.exists(out)
                && results(out).keySet().equals(names);
    }

    private Process start(String command, Path out, boolean resume) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1", // starts sooner and computes the same
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "-cp",
                CLASS_PATH));
        if (ARCHIVES_CLASSES) {
            Path classes = folder.resolve("classes.jsa");
            line.add((Files.exists(classes) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=") + classes);
        }
        line.add(Autol2.class.getName());
        line.addAll(COMMANDS.get(command));
        SMALL.forEach(setting -> line.addAll(List.of("--set", setting)));
        line.addAll(List.of("--quiet", "--out", out.toString()));
        if (resume) {
            line.add("--resume");
        }
        Files.createDirectories(out.toAbsolutePath().getParent());
        Path log = out.resolveSibling(out.getFileName() + ".log");
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("OMP_NUM_THREADS", "1");
        return builder.start();
    }

    private static void finish(Process process, Path out) throws IOException, InterruptedException {
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("a run in " + out + " has not ended well: " + process
                    + Files.readString(out.resolveSibling(out.getFileName() + ".log")));
        }
    }

    private static String difference(Map<String, String> expected, Map<String, String> got) {
        if (!expected.keySet().equals(got.keySet())) {
            return "files " + got.keySet() + " instead of " + expected.keySet();
        }
        return expected.keySet().stream()
                .filter(name -> !expected.get(name).equals(got.get(name)))
                .findFirst()
                .map(name -> name + " differs")
                .orElse("");
    }

    /** The content of all files of results by name, without times; of pages and pictures, which show the same, only the names. */
    private static Map<String, String> results(Path out) throws IOException {
        Map<String, String> results = new TreeMap<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (name.equals(LOCK)) {
                    continue; // of a run that was killed behind its end
                }
                results.put(
                        name,
                        name.endsWith(".json")
                                ? withoutTimes(new ObjectMapper().readTree(file.toFile()))
                                        .toString()
                                : name.endsWith(".csv")
                                        ? withoutTimes(file)
                                        : name.endsWith(".zip") ? network(file) : "");
            }
        }
        return results;
    }

    private static JsonNode withoutTimes(JsonNode node) {
        node.forEach(KillHarness::withoutTimes);
        if (node instanceof ObjectNode object) {
            object.remove(TIMES);
        }
        return node;
    }

    private static String withoutTimes(Path csv) throws IOException {
        CSVFormat format = CSVFormat.RFC4180.builder().setHeader().get();
        try (CSVParser rows = CSVParser.parse(csv, StandardCharsets.UTF_8, format)) {
            return rows.stream()
                    .map(row -> {
                        Map<String, String> cells = new TreeMap<>(row.toMap());
                        TIMES.forEach(cells::remove);
                        return cells.toString();
                    })
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String network(Path zip) throws IOException {
        StringBuilder content = new StringBuilder();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (String name : List.of("coefficients.bin", "updaterState.bin", "autol2.json")) {
                ZipEntry entry = file.getEntry(name);
                if (entry != null) {
                    try (InputStream in = file.getInputStream(entry)) {
                        content.append(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
                    }
                }
            }
        }
        return content.toString();
    }
}
