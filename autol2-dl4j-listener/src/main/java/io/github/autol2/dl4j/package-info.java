/**
 * AutoL2 for Deeplearning4j. Entry class: {@link io.github.autol2.dl4j.AutoL2Listener}.
 *
 * <p>The listener reads the network ({@code Network}, {@code TrainingError}), passes what it read to
 * {@link io.github.autol2.schedule.AutoL2Run}, sets the lambda that comes back ({@code Coefficients}, {@code Slots}) and reports
 * it. It decides nothing. {@link io.github.autol2.dl4j.SavedRun} keeps a run's state in the network's zip file.
 */
package io.github.autol2.dl4j;
