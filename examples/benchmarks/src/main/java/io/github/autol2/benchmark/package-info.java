/**
 * What the listener costs, what the theory does, the crash that the fence prevents and what the fence costs. Entry classes, each a
 * program of its own: {@link io.github.autol2.benchmark.ListenerOverhead}, {@link
 * io.github.autol2.benchmark.SameDiffOverhead}, {@link io.github.autol2.benchmark.TheorySpeed}, {@link
 * io.github.autol2.benchmark.FenceStress} and {@link io.github.autol2.benchmark.FenceCost}, {@link io.github.autol2.benchmark.ConvolutionSpeed}.
 */
package io.github.autol2.benchmark;
