/**
 * What the listener costs, what the theory does, the crash that the fence prevents and what the fence costs. Entry classes, each a program of its own:
 * {@link io.github.autol2.examples.benchmark.ListenerOverhead}, {@link io.github.autol2.examples.benchmark.TheorySpeed},
 * {@link io.github.autol2.examples.benchmark.FenceStress} and {@link io.github.autol2.examples.benchmark.FenceCost}.
 */
package io.github.autol2.examples.benchmark;
