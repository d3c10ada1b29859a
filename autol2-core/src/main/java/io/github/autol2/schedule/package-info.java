/**
 * The rules that divide the coefficient lambda of the penalty {@code 1/2 lambda |theta|^2} during training.
 *
 * <p>Entry class: {@link io.github.autol2.schedule.AutoL2Options}, with the presets. {@code options.newRun()} gives an
 * {@link io.github.autol2.schedule.AutoL2Run}, which follows one training run; {@code options.rule()} gives the rule itself, a pure
 * function. Each rule has a type of its own with its own options, state and run.
 *
 * <p>What every rule guarantees:
 * <ol>
 *   <li>A division sets lambda to {@code lambda / decayFactor}, or to the floor where that is larger. lambda never grows, but for one
 *       case: {@link io.github.autol2.schedule.AdaptiveRule} raises it once when the network has learned (below).</li>
 *   <li>At most one division per measurement; each division starts a refractory period.</li>
 *   <li>At the floor, and from the iteration {@code holdFrom} on, nothing is divided any more.</li>
 *   <li>Only finite measurements count; others are refused with an {@code IllegalArgumentException}.</li>
 * </ol>
 *
 * <p>{@link io.github.autol2.schedule.PublishedRule} also guarantees:
 * <ol>
 *   <li>Performance deteriorates when the loss without penalty, or the training error, was not below its minimum at two
 *       measurements in a row. The minimum is that of the measurements before those two, except that the measurement before a
 *       division never enters it (as in the authors' program).</li>
 *   <li>A division happens only when performance deteriorates and the refractory period since the last division (or the
 *       start) is over: {@code iteration > lastDivision + refractory / lambda}, with a strict inequality.</li>
 *   <li>A measurement without an error (regression, or none sampled) is judged by its loss alone.</li>
 * </ol>
 *
 * <p>{@link io.github.autol2.schedule.AdaptiveRule} also guarantees:
 * <ol>
 *   <li>lambda is divided when more than the refractory period has passed since the last division, in units of
 *       tau = 1/(etaEff lambda), each iteration counted with its own learning rate.</li>
 *   <li>Until a classifier fits its training data, lambda is the coefficient that the network had, and if it had none,
 *       {@link io.github.autol2.schedule.InitialLambda#NOTHING}, which moves no weight with any of Deeplearning4j's updaters. lambda is raised once, when it
 *       fits them ({@link io.github.autol2.schedule.InitialLambda.OnceFitted}); not if its losses cannot be compared, nor if the loss of answering
 *       with the classes' shares is not known, nor in a run that is known to be too short.</li>
 *   <li>Time stands still until a classifier fits its training data, and while it fits them with a penalty that is no larger than the
 *       loss.</li>
 *   <li>Where there is no training error, lambda is also divided while the penalty is too large a share of the loss, down to a share of
 *       the first lambda if the loss of predicting the mean of the targets is known.</li>
 *   <li>Where there is no training error and the loss of predicting the mean of the targets is known, lambda is raised once, when the loss
 *       is half of that ({@link io.github.autol2.schedule.Decision.Cause#LEARNED}).</li>
 *   <li>Nothing else depends on the budget, except that a run which is known to be too short begins with a tenth of the first lambda,
 *       where that is no classifier's.</li>
 * </ol>
 *
 * <p>Source: A. Lewkowycz and G. Gur-Ari, arXiv:2006.08643v2, section 3 ("AutoL2"), and the authors' program
 * (github.com/google/autol2), which fixes what the text leaves open.
 */
package io.github.autol2.schedule;
