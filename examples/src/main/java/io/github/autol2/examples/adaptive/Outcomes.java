package io.github.autol2.examples.adaptive;

import io.github.autol2.examples.training.RunResult;
import java.util.List;
import java.util.Map;

/**
 * What the runs of a comparison showed.
 *
 * @param runs by {@link #key}
 */
public record Outcomes(List<Cell> cells, List<Rival> rivals, List<Long> seeds, Map<String, RunResult> runs) {

    static String key(Cell cell, Rival rival, long seed) {
        return cell.name() + "." + rival.name() + "." + seed;
    }

    /** One run for each seed. */
    List<RunResult> of(Cell cell, Rival rival) {
        return seeds.stream().map(seed -> runs.get(key(cell, rival, seed))).toList();
    }
}
