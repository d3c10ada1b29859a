/**
 * How soon a detector sees that the loss rises, and how often it is wrong. Entry class:
 * {@link io.github.autol2.examples.detector.DetectorComparison}.
 */
package io.github.autol2.examples.detector;
