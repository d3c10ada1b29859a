/**
 * The main job: which lambda for this network, this data and this budget? Entry class:
 * {@link io.github.autol2.program.tuning.TuningRuns}, which calibrates, trains with the prediction, with AutoL2 that sees validation
 * data, without a penalty, with the free rule and with l2 = 1e-4, and, if asked, with a grid of constant lambdas for comparison.
 */
package io.github.autol2.program.tuning;
