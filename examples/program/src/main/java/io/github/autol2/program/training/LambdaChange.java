package io.github.autol2.program.training;

/**
 * lambda has become another one during a run.
 *
 * @param iteration parameter updates before the change
 * @param lambda    of the next update
 */
public record LambdaChange(long iteration, double lambda) {}
