/**
 * What the listener costs, and what the theory does. Entry classes, each a program of its own:
 * {@link io.github.autol2.examples.benchmark.ListenerOverhead} and {@link io.github.autol2.examples.benchmark.TheorySpeed}.
 */
package io.github.autol2.examples.benchmark;
