/**
 * How soon a detector sees that the loss rises, and how often it is wrong. Entry class:
 * {@link io.github.autol2.research.detector.DetectorComparison}.
 */
package io.github.autol2.research.detector;
