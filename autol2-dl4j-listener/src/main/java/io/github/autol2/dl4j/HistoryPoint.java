package io.github.autol2.dl4j;

import io.github.autol2.schedule.Measurement;

/**
 * One point of a listener's history.
 *
 * @param measurement what was measured
 * @param lambda      the coefficient at which it was measured
 */
public record HistoryPoint(Measurement measurement, double lambda) {}
