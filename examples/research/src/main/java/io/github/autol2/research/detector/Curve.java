package io.github.autol2.research.detector;

/**
 * A loss without penalty that falls, then rises.
 *
 * @param losses one for each iteration
 * @param turn   the iteration from which on it rises
 */
record Curve(double[] losses, int turn) {}
