package io.github.autol2.program.search;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.autol2.arbiter.candidate.CandidateLambda;
import io.github.autol2.arbiter.candidate.Ending;
import io.github.autol2.files.AtomicFile;
import io.github.autol2.program.results.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code search.json}, replaced in one step. */
public final class SearchFiles {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private SearchFiles() {}

    /**
     * Writes all candidates.
     *
     * @param config     every key and option with its effective value
     * @param iterations of one candidate's training
     */
    public static void write(Path file, Map<String, String> config, SearchResult result, long iterations)
            throws IOException {
        String json = json(config, result, iterations);
        AtomicFile.write(file, temporary -> Files.writeString(temporary, json + "\n"));
    }

    /** What {@link #write} writes; of a search that still runs nothing is known about test examples. */
    static String json(Map<String, String> config, SearchResult result, long iterations) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.set("config", JSON.valueToTree(config));
        root.set("versions", ResultFiles.versions());
        root.put("stepsPerCandidate", iterations);
        root.put("trainingSteps", result.trainingSteps());
        root.put("stepsSpent", result.trainingSteps()); // its older name
        result.best()
                .ifPresent(best -> root.putObject("best")
                        .put("candidate", best.index())
                        .put("validationAccuracy", best.validationAccuracy())
                        .put(
                                "testAccuracy",
                                Double.isNaN(result.testAccuracy()) ? null : (Double) result.testAccuracy()));
        root.set("decidedByTiming", JSON.valueToTree(result.decidedByTiming()));
        root.putArray("candidates");
        result.candidates().forEach(row -> root.withArray("candidates").add(candidate(result, row)));
        return JSON.writeValueAsString(root);
    }

    private static ObjectNode candidate(SearchResult result, SearchResult.Row row) {
        ObjectNode candidate = JSON.createObjectNode();
        candidate.put("candidate", row.index());
        Ending ending = row.outcome().ending();
        candidate.put("status", ending.status());
        candidate.put("reason", ending.reason());
        candidate.put("trainingSteps", row.outcome().trainingIterations());
        ObjectNode parameters = candidate.putObject("hyperparameters");
        result.axes()
                .forEach(axis -> axis.number(row.flatParameters())
                        .ifPresentOrElse(
                                number -> parameters.put(axis.name(), number),
                                () -> parameters.put(axis.name(), axis.text(row.flatParameters()))));
        row.lambda().ifPresent(lambda -> candidate.set("lambda", lambda(lambda)));
        if (ending instanceof Ending.Failed) {
            candidate.put("failure", ending.reason());
        } else if (ending instanceof Ending.Pruned pruned) {
            candidate.put("lastStep", pruned.last().iteration());
            candidate.put("lastValidationAccuracy", pruned.last().score());
        } else if (row.finished()) {
            candidate.put("validationAccuracy", row.validationAccuracy());
        }
        return candidate.put("seconds", Double.isNaN(row.seconds()) ? null : (Double) row.seconds());
    }

    private static ObjectNode lambda(CandidateLambda lambda) {
        return JSON.createObjectNode()
                .put("value", lambda.lambda())
                .put("final", lambda.finalLambda())
                .put("low", lambda.low())
                .put("high", lambda.high())
                .put("c", lambda.c())
                .put("cLow", lambda.cLow())
                .put("cHigh", lambda.cHigh())
                .put("steps", lambda.iterations())
                .put("calibration", lambda.calibration())
                .put("calibrationSteps", lambda.calibrationIterations());
    }
}
