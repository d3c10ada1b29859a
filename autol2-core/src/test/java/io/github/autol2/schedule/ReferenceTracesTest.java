package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The published rule on curves whose decays are known: the resources in {@code reference/traces}, with options and decays in the JSON
 * file beside each. Decays are compared exactly, lambda to the last bit.
 */
class ReferenceTracesTest {

    private static final Path FOLDER = Path.of("src/test/resources/reference/traces");

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Decay(long step, double lambda) {}

    /** The names of the traces, without the ending. */
    static Set<String> traces() throws IOException {
        Set<String> names = names(".csv");
        assertThat(names).as("traces in " + FOLDER).hasSize(18);
        return names;
    }

    @Test
    void everyTraceHasItsExpectation() throws IOException {
        assertThat(names(".json")).isEqualTo(traces());
    }

    @Test
    void someTracesDecayAndSomeDoNot() throws IOException {
        // given
        List<Integer> decays = new ArrayList<>();

        // when
        for (String trace : traces()) {
            decays.add(expected(trace).size());
        }

        // then
        assertThat(decays).contains(0).anyMatch(count -> count > 1);
    }

    @ParameterizedTest
    @MethodSource("traces")
    void dividesLambdaAtTheStepsOfTheTraceAndNowhereElse(String trace) throws IOException {
        // given
        PublishedOptions options = options(trace);
        List<Measurement> measurements = measurements(trace);
        List<Decay> decays = new ArrayList<>();

        // when
        PublishedRule rule = options.rule();
        PublishedState state = rule.start(
                measurements.get(0).iteration(),
                new TrainingStart(measurements.get(0).loss(), 0, 0));
        for (Measurement measurement : measurements) {
            AutoL2Rule.Step<PublishedState> step = rule.apply(state, measurement);
            state = step.state();
            if (step.decision() instanceof Decision.Change divide) {
                decays.add(new Decay(divide.iteration(), divide.newLambda()));
            }
        }

        // then
        assertThat(decays).isEqualTo(expected(trace)); // a record compares its doubles bit by bit
    }

    private static PublishedOptions options(String trace) throws IOException {
        JsonNode options = expectation(trace).get("options");
        assertThat(options.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("initialLambda", "decayFactor", "refractory");
        return AutoL2Options.paper()
                .withInitialLambda(options.get("initialLambda").doubleValue())
                .withDecayFactor(options.get("decayFactor").doubleValue())
                .withRefractory(options.get("refractory").doubleValue());
    }

    private static List<Decay> expected(String trace) throws IOException {
        List<Decay> decays = new ArrayList<>();
        for (JsonNode decay : expectation(trace).get("decays")) {
            decays.add(
                    new Decay(decay.get("step").longValue(), decay.get("lambda").doubleValue()));
        }
        return decays;
    }

    private static JsonNode expectation(String trace) throws IOException {
        return JSON.readTree(FOLDER.resolve(trace + ".json").toFile());
    }

    private static List<Measurement> measurements(String trace) throws IOException {
        List<String> lines = Files.readAllLines(FOLDER.resolve(trace + ".csv"));
        assertThat(lines).first().isEqualTo("step,loss,accuracy");
        List<Measurement> measurements =
                lines.stream().skip(1).map(ReferenceTracesTest::measurement).toList();
        assertThat(measurements).as("rows of " + trace).hasSizeGreaterThanOrEqualTo(3);
        return measurements;
    }

    private static Measurement measurement(String line) {
        String[] columns = line.split(",", -1);
        double error = 1 - Double.parseDouble(columns[2]);
        // The published rule does not read the learning rate.
        return new Measurement(
                Long.parseLong(columns[0]), Double.parseDouble(columns[1]), 0, OptionalDouble.of(error), 0);
    }

    private static Set<String> names(String ending) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
