/**
 * Trains one network and records how it went. Entry class: {@link io.github.autol2.program.training.TrainingRun}.
 */
package io.github.autol2.program.training;
