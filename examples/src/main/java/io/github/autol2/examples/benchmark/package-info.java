/**
 * What the listener costs, what the theory does, and the crash that the fence prevents. Entry classes, each a program of its own:
 * {@link io.github.autol2.examples.benchmark.ListenerOverhead}, {@link io.github.autol2.examples.benchmark.TheorySpeed} and
 * {@link io.github.autol2.examples.benchmark.FenceStress}.
 */
package io.github.autol2.examples.benchmark;
