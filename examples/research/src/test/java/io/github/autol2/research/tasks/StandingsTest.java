package io.github.autol2.research.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsException;
import io.github.autol2.program.choice.FixedLambda;
import io.github.autol2.program.choice.LambdaChoice;
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

    private static final LambdaChoice VALIDATED = new LambdaChoice.Validated();
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
            for (FixedLambda.Constant way : Choices.GRID) {
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

    private void put(LambdaChoice way, long seed, Point... curve) {
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
        assertThat(standing.last().mean()).isCloseTo(0.01, within(1e-12));
        assertThat(standing.kept()).isEqualTo(standing.last());
        assertThat(standings().keepsAnother("validated")).isFalse();
        assertThat(standing.spent()).isEqualTo(1);
    }

    @Test
    void tellsTheNetworkThatAMethodHandsOutFromTheLastOne() {
        for (long seed : List.of(1L, 2L)) {
            results.put(
                    TaskRuns.key(task, VALIDATED, seed),
                    new TaskResult(0.01, 130, new Point(60, 0.01, 0.9, 0.85), List.of(new Point(100, 0.01, 0.6, 0.5))));
        }

        Standings.Standing standing = standings().standing(task, "validated").orElseThrow();

        assertThat(standing.kept().mean()).isCloseTo(0.08, within(1e-12));
        assertThat(standing.last().mean()).isCloseTo(-0.27, within(1e-12));
        assertThat(standings().keepsAnother("validated")).isTrue();
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
        results.remove(TaskRuns.key(task, Choices.GRID.get(0), 2));
        put(VALIDATED, 1, new Point(100, 0.01, 0.6, 0.5));

        assertThat(standings().seeds(task)).containsExactly(1L);
        assertThat(standings().standing(task, "validated")).isPresent();
    }

    @Test
    void countsALossOfFourTenthsOfAPointAsEqual() {
        Standings.Summary summary = summaryOf(-0.004);

        assertThat(summary.best().within()).isEqualTo(1);
        assertThat(summaryOf(-0.0041).best().within()).isZero();
    }

    private Standings.Summary summaryOf(double difference) {
        for (long seed : List.of(1L, 2L)) {
            put(VALIDATED, seed, new Point(100, 0.01, 0.6, 0.88 + difference));
        }
        return standings().summary("validated");
    }

    @Test
    void measuresTheHabitAndTheWholeGridByTheTunedConstant() {
        Standings.Standing habit = standings().standing(task, "constant-1.0E-4").orElseThrow();
        Standings.Standing grid = standings().standing(task, Standings.TUNED).orElseThrow();

        assertThat(habit.best().mean()).isCloseTo(0.99 - 0.88, within(1e-12));
        assertThat(habit.last().mean()).isCloseTo(0.95 - 0.77, within(1e-12));
        assertThat(habit.spent()).isEqualTo(1);
        assertThat(grid.best().mean()).isZero();
        assertThat(grid.last().mean()).isZero();
        assertThat(grid.spent()).isEqualTo(7);
    }

    /** On the mean 0.01 and 0.03 stay the best; the second seed alone prefers 0.1 for both. */
    @Test
    void aSeedByItselfChoosesFromTheGridByItsOwnValidationData() {
        put(new FixedLambda.Constant(0.1), 2, new Point(50, 0.1, 0.91, 0.85), new Point(100, 0.1, 0.80, 0.70));

        Standings.Standing own = standings().standing(task, Standings.OWN_GRID).orElseThrow();

        assertThat(standings().tuned(task).lambda()).isEqualTo(0.01);
        assertThat(standings().tunedAtEnd(task).lambda()).isEqualTo(0.03);
        assertThat(own.best().mean()).isCloseTo((0.85 - 0.88) / 2, within(1e-12));
        assertThat(own.last().mean()).isCloseTo((0.70 - 0.77) / 2, within(1e-12));
        assertThat(own.spent()).isEqualTo(7);
    }

    @Test
    void tellsThatATunedConstantIsAtTheEdgeOfTheGrid() {
        assertThat(Standings.isAtTheEdge(new FixedLambda.Constant(1e-4))).isTrue();
        assertThat(Standings.isAtTheEdge(new FixedLambda.Constant(3e-4))).isFalse();
        assertThat(Standings.isAtTheEdge(new FixedLambda.Constant(3e-2))).isFalse();
        assertThat(Standings.isAtTheEdge(new FixedLambda.Constant(1e-1))).isTrue();
    }

    /** The standard error over two tasks is half of their difference. */
    @Test
    void summarisesTheTasksByMeanErrorAndWorst() throws IOException {
        Files.writeString(folder.resolve("two.properties"), "seeds=1,2\ntrain.steps=100\n");
        Task two = Task.of(folder, NOTHING).get(1);
        for (long seed : List.of(1L, 2L)) {
            put(VALIDATED, seed, new Point(100, 0.01, 0.6, 0.86));
            for (FixedLambda.Constant way : Choices.GRID) {
                results.put(TaskRuns.key(two, way, seed), results.get(TaskRuns.key(task, way, seed)));
            }
            results.put(
                    TaskRuns.key(two, VALIDATED, seed),
                    new TaskResult(0.01, 100, null, List.of(new Point(100, 0.01, 0.6, 0.89))));
        }

        Standings.Summary summary =
                Standings.of(List.of(task, two), List.of(VALIDATED), results).summary("validated");

        assertThat(summary.tasks()).isEqualTo(2);
        assertThat(summary.best().mean().mean()).isCloseTo(-0.005, within(1e-12));
        assertThat(summary.best().mean().standardError()).isCloseTo(0.015, within(1e-12));
        assertThat(summary.best().worst()).isCloseTo(-0.02, within(1e-12));
        assertThat(summary.best().within()).isEqualTo(1);
        assertThat(summary.last().worst()).isCloseTo(0.86 - 0.77, within(1e-12));
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
