package io.github.autol2.program.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.autol2.files.AtomicFile;
import io.github.autol2.program.training.CurvePoint;
import io.github.autol2.program.training.Figures;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.schedule.Decision;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.nd4j.linalg.factory.Nd4j;

/** {@code result.json} and {@code curve.csv}: full precision, UTF-8, {@code \n}. Each is replaced in one step. */
public final class ResultFiles {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final List<String> BEFORE_FIGURES = List.of("seed", "step", "lambda", "eta", "loss", "penalty");

    private static final CSVFormat CSV =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private ResultFiles() {}

    /** All points of all runs, one a row. */
    public static void writeCurves(Path file, List<RunResult> runs) throws IOException {
        AtomicFile.write(file, temporary -> {
            try (Writer writer = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8);
                    CSVPrinter rows = new CSVPrinter(writer, CSV)) {
                rows.printRecord(curveColumns(runs.get(0).last()));
                for (RunResult run : runs) {
                    for (CurvePoint p : run.curve()) {
                        rows.printRecord(curveRow(run.seed(), p));
                    }
                }
            }
        });
    }

    /** Of {@code curve.csv}, for runs with points like this one. */
    public static List<String> curveColumns(CurvePoint point) {
        return Stream.concat(
                        BEFORE_FIGURES.stream(),
                        point.test() instanceof Figures.OfQuantity
                                ? Stream.of(
                                        "trainR2", "validationR2", "testR2", "trainRmse", "validationRmse", "testRmse")
                                : Stream.of(
                                        "trainError",
                                        "validationAccuracy",
                                        "testAccuracy",
                                        "trainBalancedAccuracy",
                                        "validationBalancedAccuracy",
                                        "testBalancedAccuracy"))
                .toList();
    }

    /** The values of {@link #curveColumns}. */
    public static List<Object> curveRow(long seed, CurvePoint p) {
        return List.of(
                seed,
                p.step(),
                p.lambda(),
                p.eta(),
                p.loss(),
                p.penalty(),
                p.training() instanceof Figures.OfQuantity quantity ? quantity.r2() : p.trainError(),
                p.validation().main(),
                p.test().main(),
                p.training().second(),
                p.validation().second(),
                p.test().second());
    }

    /**
     * Settings, versions, one entry for each run, mean and standard error over the runs.
     *
     * @param config    every key with its effective value
     * @param table     what has been understood of a table, and what is to be said of files; may be empty
     * @param modelSeed the run whose network is in model.zip
     */
    public static void writeResult(
            Path file, Map<String, String> config, List<String> table, List<RunResult> runs, long modelSeed)
            throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.set("config", JSON.valueToTree(config));
        root.set("versions", versions());
        if (!table.isEmpty()) {
            root.set("table", JSON.valueToTree(table));
        }
        runs.forEach(run -> root.withArray("runs").add(entry(run)));
        root.put("modelSeed", modelSeed);
        String second = names(runs.get(0)).get(1);
        root.set("mean", all(second, statistic -> statistic.mean(runs)));
        root.set("standardError", all(second, statistic -> statistic.standardError(runs)));
        AtomicFile.write(file, temporary -> Files.writeString(temporary, JSON.writeValueAsString(root) + "\n"));
    }

    /** Of all that the figures may depend on. */
    public static ObjectNode versions() {
        ObjectNode versions = JSON.createObjectNode();
        versions.put("java", Runtime.version().toString());
        versions.put("autol2", Versions.AUTOL2);
        versions.put("deeplearning4j", Versions.DEEPLEARNING4J);
        versions.put("backend", Nd4j.getBackend().getClass().getSimpleName());
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return versions;
    }

    /** One run. */
    public static ObjectNode entry(RunResult run) {
        ObjectNode entry = JSON.createObjectNode();
        entry.put("seed", run.seed());
        entry.put("steps", run.last().step());
        entry.put("seconds", run.seconds());
        ObjectNode lambda = entry.putObject("lambda");
        lambda.put("mode", run.mode());
        lambda.put("initial", run.initialLambda());
        lambda.put("final", run.last().lambda());
        lambda.putArray("decays");
        for (Decision.Change division : run.divisions()) {
            lambda.withArray("decays")
                    .addObject()
                    .put("iteration", division.iteration())
                    .put("lambda", division.newLambda())
                    .put("cause", division.cause().label());
        }
        List<String> names = names(run);
        entry.set(names.get(0), figures(Statistic.MAIN, statistic -> statistic.of(run)));
        entry.set(names.get(1), figures(Statistic.SECOND, statistic -> statistic.of(run)));
        return entry;
    }

    /** What the main and the second figure of a run are. */
    private static List<String> names(RunResult run) {
        return run.last().test() instanceof Figures.OfQuantity
                ? List.of("r2", "rmse")
                : List.of("accuracy", "balancedAccuracy");
    }

    /** The main figures by name, and the second ones under a name of their own. */
    private static ObjectNode all(String second, ToDoubleFunction<Statistic> value) {
        ObjectNode figures = figures(Statistic.MAIN, value);
        figures.set(second, figures(Statistic.SECOND, value));
        return figures;
    }

    /** Figures by name; what is not finite (the standard error of a single run, a network that diverged) becomes null. */
    public static ObjectNode figures(Set<Statistic> statistics, ToDoubleFunction<Statistic> value) {
        ObjectNode figures = JSON.createObjectNode();
        for (Statistic statistic : statistics) {
            double figure = value.applyAsDouble(statistic);
            figures.put(statistic.label(), Double.isFinite(figure) ? (Double) figure : null);
        }
        return figures;
    }
}
