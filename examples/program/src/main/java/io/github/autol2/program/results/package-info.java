/**
 * What the program writes: {@link io.github.autol2.program.results.ResultFiles} for other programs,
 * {@link io.github.autol2.program.results.SummaryTable} for the eye.
 */
package io.github.autol2.program.results;
