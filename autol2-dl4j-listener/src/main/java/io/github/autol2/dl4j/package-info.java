/**
 * AutoL2 for Deeplearning4j. Entry classes: {@link io.github.autol2.dl4j.AutoL2Listener} adapts lambda while a network trains,
 * {@link io.github.autol2.dl4j.AutoL2SameDiffListener} does so for SameDiff,
 * {@link io.github.autol2.dl4j.AutoL2Spark} on Spark, {@link io.github.autol2.dl4j.LambdaSchedule} repeats what
 * it did without this library, {@link io.github.autol2.dl4j.LambdaPage} shows it in a browser,
 * {@link io.github.autol2.dl4j.LambdaCalibrator} measures which lambda a network wants before it does.
 *
 * <p>The calibrator trains fresh copies ({@code Recipe}, {@code HighMomentum}) on the user's data ({@code LabelledExamples}) as
 * {@link io.github.autol2.prediction.CalibrationSearch} tells it. It decides nothing either.
 *
 * <p>The listener reads the network ({@link io.github.autol2.dl4j.network.Network}, {@code TrainingError}), passes what it read to
 * {@link io.github.autol2.schedule.AutoL2Run}, sets the lambda that comes back ({@code NetworkLambda}) and reports
 * it. It decides nothing. {@link io.github.autol2.dl4j.SavedRun} keeps a run's state in the network's zip file.
 */
package io.github.autol2.dl4j;
