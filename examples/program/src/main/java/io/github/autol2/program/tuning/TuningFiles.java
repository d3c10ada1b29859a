package io.github.autol2.program.tuning;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.autol2.files.AtomicFile;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationRun;
import io.github.autol2.prediction.LearningCurve;
import io.github.autol2.prediction.Level;
import io.github.autol2.prediction.Prediction;
import io.github.autol2.program.results.ResultFiles;
import io.github.autol2.program.results.Statistic;
import io.github.autol2.program.training.CurvePoint;
import io.github.autol2.program.training.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** {@code calibration.json}, {@code calibration.csv} and {@code tune.json}. Each is replaced in one step. */
public final class TuningFiles {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final CSVFormat CSV = CSVFormat.DEFAULT
            .builder()
            .setRecordSeparator('\n')
            .setHeader("seed", "lambda", "step", "validationAccuracy")
            .get();

    private TuningFiles() {}

    /**
     * Writes what was measured and predicted.
     *
     * @param config every key with its effective value
     */
    public static void writeCalibration(
            Path file, Map<String, String> config, Calibration calibration, List<Prediction> predictions)
            throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.set("config", JSON.valueToTree(config));
        root.set("versions", ResultFiles.versions());
        root.setAll(calibration(calibration, predictions));
        write(file, root);
    }

    /** All points of all calibration runs, one a row. */
    public static void writeCalibrationCurves(Path file, Calibration calibration) throws IOException {
        AtomicFile.write(file, temporary -> {
            try (CSVPrinter rows = new CSVPrinter(Files.newBufferedWriter(temporary), CSV)) {
                for (CalibrationRun run : calibration.runs()) {
                    for (LearningCurve.Point point : run.curve().points()) {
                        rows.printRecord(run.seed(), run.lambda(), point.iteration(), point.accuracy());
                    }
                }
            }
        });
    }

    /** All points of all training runs, one a row: the columns of {@code curve.csv} after the name of the choice. */
    public static void writeCurves(Path file, TuningResult comparison) throws IOException {
        List<String> header = new ArrayList<>(List.of("row"));
        header.addAll(
                ResultFiles.curveColumns(comparison.rows().get(0).runs().get(0).last()));
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setRecordSeparator('\n')
                .setHeader(header.toArray(String[]::new))
                .get();
        AtomicFile.write(file, temporary -> {
            try (CSVPrinter rows = new CSVPrinter(Files.newBufferedWriter(temporary), format)) {
                for (TuningResult.Row row : comparison.rows()) {
                    for (RunResult run : row.runs()) {
                        for (CurvePoint point : run.curve()) {
                            rows.print(row.choice().label());
                            rows.printRecord(ResultFiles.curveRow(run.seed(), point));
                        }
                    }
                }
            }
        });
    }

    /** Writes the whole comparison. */
    public static void writeComparison(Path file, Map<String, String> config, TuningResult comparison)
            throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.set("config", JSON.valueToTree(config));
        root.set("versions", ResultFiles.versions());
        root.set("calibration", calibration(comparison.calibration(), comparison.predictions()));
        for (TuningResult.Row row : comparison.rows()) {
            ObjectNode entry = root.withArray("rows").addObject();
            entry.put("name", row.choice().label());
            entry.put("lambda", constant(row).orElse(null));
            putFigure(entry, "testAtBest", Statistic.TEST_AT_BEST.mean(row.runs()));
            putFigure(entry, "standardError", Statistic.TEST_AT_BEST.standardError(row.runs()));
            entry.put("stepsToBest", Statistic.BEST_STEP.mean(row.runs()));
            entry.put("stepsSpent", comparison.stepsSpent(row));
            entry.set("mean", ResultFiles.figures(Statistic.MAIN, statistic -> statistic.mean(row.runs())));
            entry.set(
                    "standardErrors",
                    ResultFiles.figures(Statistic.MAIN, statistic -> statistic.standardError(row.runs())));
            row.seedRuns().forEach(run -> entry.withArray("runs").add(run(run)));
        }
        root.set("winner", winner(comparison));
        write(file, root);
    }

    /** The lambda of all runs from the first step to the last, if there is one. */
    private static Optional<Double> constant(TuningResult.Row row) {
        return row.choice()
                .constant()
                .filter(lambda -> row.runs().stream().allMatch(run -> run.initialLambda() == lambda));
    }

    private static ObjectNode run(SeedRun run) {
        ObjectNode entry = ResultFiles.entry(run.result());
        entry.put("stepsSpent", run.stepsSpent());
        if (!run.changes().isEmpty()) {
            ArrayNode changes = ((ObjectNode) entry.get("lambda")).putArray("changes");
            run.changes()
                    .forEach(change -> changes.addObject()
                            .put("iteration", change.iteration())
                            .put("lambda", change.lambda()));
        }
        return entry;
    }

    private static ObjectNode winner(TuningResult comparison) {
        Verdict verdict = Verdict.of(comparison);
        ObjectNode node = JSON.createObjectNode();
        node.put("row", verdict.winner().choice().label());
        node.put("seedOfTheNetworks", comparison.winnerSeed());
        node.put("chosenBy", comparison.figure());
        node.putArray("differences");
        for (Verdict.Difference difference : verdict.differences()) {
            ObjectNode entry = node.withArray("differences").addObject();
            entry.put("row", difference.row().choice().label());
            putFigure(entry, "testAtBest", difference.test().mean());
            putFigure(entry, "standardError", difference.test().standardError());
            putFigure(entry, "halfOfInterval95", difference.half());
        }
        return node;
    }

    private static ObjectNode calibration(Calibration calibration, List<Prediction> predictions) {
        ObjectNode node = JSON.createObjectNode();
        List<Double> lambdas = calibration.runs().stream()
                .map(CalibrationRun::lambda)
                .distinct()
                .toList();
        ArrayNode lambda = node.putArray("lambda");
        ArrayNode tStar = node.putArray("tStar");
        for (double value : lambdas) {
            lambda.add(value);
            ArrayNode times = tStar.addArray();
            calibration.runs().stream()
                    .filter(run -> run.lambda() == value)
                    .forEach(run -> times.add(run.peak().maximumAt()));
        }
        node.put("c", calibration.c()).put("cLow", calibration.cLow()).put("cHigh", calibration.cHigh());
        node.put("tLearn", calibration.tLearn()).put("etaEff", calibration.etaEff());
        putFigure(node, "paperC", calibration.paperC());
        node.put("harmlessLambda", calibration.harmless()).put("stepsSpent", calibration.iterationsSpent());
        node.put("regime", calibration.regime().name().toLowerCase(Locale.ROOT));
        node.putArray("races");
        for (Level level : calibration.levels()) {
            node.withArray("races")
                    .addObject()
                    .put("steps", level.budget())
                    .put("stepsToFirstDrop", level.horizon())
                    .put("lambda", level.lambda())
                    .put("low", level.low())
                    .put("high", level.high())
                    .put("freeRule", level.freeRule())
                    .put("fits", level.fits())
                    .put("shortRuns", level.heats())
                    .put("stepsSpent", level.iterationsSpent())
                    .put("undecided", level.undecided());
        }
        node.putArray("predictions");
        for (Prediction prediction : predictions) {
            node.withArray("predictions")
                    .addObject()
                    .put("steps", prediction.iterations())
                    .put("lambda", prediction.lambda())
                    .put("low", prediction.low())
                    .put("high", prediction.high())
                    .put("capped", prediction.capped());
        }
        node.putArray("runs");
        for (CalibrationRun run : calibration.runs()) {
            ObjectNode entry = node.withArray("runs").addObject();
            entry.put("seed", run.seed())
                    .put("lambda", run.lambda())
                    .put("etaEff", run.etaEff())
                    .put("steps", run.curve().length())
                    .put("verdict", run.peak().verdict().name())
                    .put("maximumAt", run.peak().maximumAt())
                    .put("tStarOfThePaper", run.peak().tStar())
                    .put("maximum", run.peak().maximum());
            putFigure(entry, "trainAccuracy", run.trainAccuracy());
        }
        ArrayNode warnings = node.putArray("warnings");
        calibration.warnings().forEach(warning -> warnings.add(warning.sentence()));
        return node;
    }

    /** NaN becomes null. */
    private static void putFigure(ObjectNode node, String name, double value) {
        node.put(name, Double.isNaN(value) ? null : (Double) value);
    }

    private static void write(Path file, ObjectNode root) throws IOException {
        AtomicFile.write(file, temporary -> Files.writeString(temporary, JSON.writeValueAsString(root) + "\n"));
    }
}
