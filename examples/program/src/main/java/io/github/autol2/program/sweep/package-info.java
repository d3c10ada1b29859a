/**
 * Many independent trainings at a time. Entry class: {@link io.github.autol2.program.sweep.Sweep}, which keeps each finished one at
 * once. {@link io.github.autol2.dl4j.fence.Fence} makes it safe.
 */
package io.github.autol2.program.sweep;
