/**
 * The main job: which lambda for this network, this data and this budget? Entry class:
 * {@link io.github.autol2.program.tuning.Tuning}, which calibrates, trains with the prediction, with AutoL2 from the calibration
 * and without a penalty, and, if asked, with a grid of constant lambdas for comparison.
 */
package io.github.autol2.program.tuning;
