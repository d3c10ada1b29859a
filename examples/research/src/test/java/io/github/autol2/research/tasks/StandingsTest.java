package io.github.autol2.research.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsException;
import io.github.autol2.research.tasks.TaskResult.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One task of 100 steps with two seeds, whose results are written by hand. */
class StandingsTest {

    private static final Way VALIDATED = new Way.Validated();
    private static final Settings NOTHING = Settings.load(Optional.empty(), List.of());

    @TempDir
    private Path folder;

    private final Map<String, TaskResult> results = new HashMap<>();
    private Task task;

    @BeforeEach
    void makeATask() throws IOException {
        Files.writeString(folder.resolve("one.properties"), "seeds=1,2\ntrain.steps=100\n");
        task = Task.of(folder, NOTHING).get(0);
        for (long seed : task.settings().seeds()) {
            for (Way.Constant way : Way.GRID) {
                boolean tuned = way.lambda() == 0.01;
                boolean tunedAtEnd = way.lambda() == 0.03;
                put(
                        way,
                        seed,
                        new Point(50, way.lambda(), tuned ? 0.9 : 0.8, tuned ? 0.88 : 0.99),
                        new Point(100, way.lambda(), tunedAtEnd ? 0.79 : 0.5, tunedAtEnd ? 0.77 : 0.95));
            }
        }
    }

    private void put(Way way, long seed, Point... curve) {
        results.put(TaskRuns.key(task, way, seed), new TaskResult(0.01, 100, null, List.of(curve)));
    }

    private Standings standings() {
        return Standings.of(List.of(task), List.of(VALIDATED), results);
    }

    @Test
    void tunesByValidationAccuracyWhateverTheTestAccuracy() {
        assertThat(standings().tuned(task).lambda()).isEqualTo(0.01);
        assertThat(standings().tunedAtEnd(task).lambda()).isEqualTo(0.03);
    }

    @Test
    void comparesTheBestWithTheTunedOneAndTheEndWithTheOneTunedForTheEnd() {
        for (long seed : List.of(1L, 2L)) {
            put(VALIDATED, seed, new Point(40, 0.01, 0.7, 0.86 + 0.01 * seed), new Point(100, 0.01, 0.6, 0.78));
        }

        Standings.Standing standing = standings().standing(task, "validated").orElseThrow();

        assertThat(standing.best().mean()).isCloseTo(-0.005, within(1e-12));
        assertThat(standing.end().mean()).isCloseTo(0.01, within(1e-12));
        assertThat(standing.spent()).isEqualTo(1);
    }

    @Test
    void takesTheNetworkThatAMethodHandsOutForItsEnd() {
        for (long seed : List.of(1L, 2L)) {
            results.put(
                    TaskRuns.key(task, VALIDATED, seed),
                    new TaskResult(0.01, 130, new Point(60, 0.01, 0.9, 0.85), List.of(new Point(100, 0.01, 0.6, 0.5))));
        }

        Standings.Standing standing = standings().standing(task, "validated").orElseThrow();

        assertThat(standing.end().mean()).isCloseTo(0.08, within(1e-12));
        assertThat(standing.spent()).isCloseTo(1.3, within(1e-12));
    }

    @Test
    void hasNoStandingForAWayThatMissesASeed() {
        put(VALIDATED, 1, new Point(100, 0.01, 0.6, 0.5));

        assertThat(standings().standing(task, "validated")).isEmpty();
        assertThat(standings().summary("validated").tasks()).isZero();
    }

    @Test
    void leavesOutSeedsWhoseGridIsNotComplete() {
        results.remove(TaskRuns.key(task, Way.GRID.get(0), 2));
        put(VALIDATED, 1, new Point(100, 0.01, 0.6, 0.5));

        assertThat(standings().seeds(task)).containsExactly(1L);
        assertThat(standings().standing(task, "validated")).isPresent();
    }

    @Test
    void countsALossOfFourTenthsOfAPointAsEqual() {
        Standings.Summary summary = summaryOf(-0.004);

        assertThat(summary.withinBest()).isEqualTo(1);
        assertThat(summaryOf(-0.0041).withinBest()).isZero();
    }

    private Standings.Summary summaryOf(double difference) {
        for (long seed : List.of(1L, 2L)) {
            put(VALIDATED, seed, new Point(100, 0.01, 0.6, 0.88 + difference));
        }
        return standings().summary("validated");
    }

    /** Five of seven constants begin; their accuracies after 12 and 33 steps choose. */
    @Test
    void readsHalvingOffTheConstantsRuns() {
        List<TaskResult> grid = List.of(
                run(0.99, 0.99, 0.1), // too small a lambda to take part
                run(0.5, 0.9, 0.2),
                run(0.7, 0.6, 0.3),
                run(0.8, 0.5, 0.4),
                run(0.3, 0.9, 0.5),
                run(0.3, 0.9, 0.6),
                run(0.99, 0.99, 0.7));

        TaskResult halving = Halving.of(grid);

        assertThat(halving.last().testAccuracy()).isEqualTo(0.3);
        assertThat(halving.stepsSpent()).isEqualTo(3 * 12 + 33 + 100);
    }

    private static TaskResult run(double early, double later, double test) {
        return new TaskResult(
                0.01,
                100,
                null,
                List.of(new Point(10, 0.01, early, 0), new Point(30, 0.01, later, 0), new Point(100, 0.01, 0, test)));
    }

    @Test
    void judgesAnEndByItsLastThreeEvaluations() {
        TaskResult run = new TaskResult(
                0.01,
                100,
                null,
                List.of(
                        new Point(1, 0.01, 0.9, 0),
                        new Point(2, 0.01, 0.3, 0),
                        new Point(3, 0.01, 0.6, 0),
                        new Point(4, 0.01, 0.9, 0)));

        assertThat(run.validationAtEnd()).isCloseTo(0.6, within(1e-12));
        assertThat(run.best().step()).isEqualTo(1);
    }

    @Test
    void readsOneTaskFromEachSettingsFile() throws IOException {
        Files.writeString(folder.resolve("another.properties"), "train.steps=50\n");
        Files.writeString(folder.resolve("notes.txt"), "no settings");

        List<Task> tasks = Task.of(folder, Settings.load(Optional.empty(), List.of("train.steps=70")));

        assertThat(tasks).extracting(Task::name).containsExactly("another.properties", "one.properties");
        assertThat(tasks).allMatch(one -> one.settings().iterations() == 70);
    }

    @Test
    void namesTheProblemOfASettingsFile() throws IOException {
        Files.writeString(folder.resolve("bad.properties"), "train.steps=none\n");

        assertThatThrownBy(() -> Task.of(folder, NOTHING))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("train.steps");
    }
}
