/**
 * AutoL2 that sees held-out data: when to divide the coefficient lambda, and when to go back to the best network.
 *
 * <p>Entry class: {@link io.github.autol2.validation.ValidationRule}, a pure function of
 * {@link io.github.autol2.validation.ValidationOptions}, {@link io.github.autol2.validation.ValidationState} and
 * {@link io.github.autol2.validation.HeldOut}. Who trains the network evaluates it, asks the rule, keeps a copy of the network where the
 * rule calls it the best one, and carries the decision out.
 *
 * <p>What the rule guarantees:
 * <ol>
 *   <li>Performance is the held-out accuracy, and among equal accuracies the smaller held-out loss. Without an accuracy (regression) it
 *       is the loss. It is smoothed: all comparisons are between means, by example, over the last few evaluations at one lambda,
 *       where a dead network and one that is alive are not averaged.</li>
 *   <li>The best network is the one at the end of the best such mean. It is known from the first full window on, also one of
 *       the short run that the training goes on from, in which the rule only watches. Later, a network whose
 *       own evaluation is more than one standard error below the mean is passed over: with batch normalisation single evaluations can be
 *       far below their neighbours. A dead network, whose outputs do not depend on its input, is never the best one
 *       if any other was alive: with unbalanced classes it has a high accuracy.</li>
 *   <li>lambda is divided when performance has not risen for the refractory period, and as long since the last change of lambda. It
 *       never gets below the floor, nor, but for the next rule, below 1/(etaEff T) with the largest etaEff so far, where it would play no part. The loss that creeps down at one accuracy makes a new best network, but is no rise: it would keep
 *       lambda for ever. For regression, whose loss is all there is, a rise is a hundredth less of it.</li>
 *   <li>Where a race has told nothing of the lambdas below its winner's, that may be too large. That lambda is divided once at half of the budget,
 *       not before, also while performance rises: by the decay factor, below 1/(etaEff T). It is not where the best network has come back and another lambda
 *       or floor with it, nor in the last refractory period.</li>
 *   <li>Performance is harmed when it is significantly below the best, by a paired test over the held-out examples, at two evaluations
 *       in a row. The examples are the same ones at every evaluation, so their number sets the noise of the test: where
 *       they are few, the bound is Student's, and fewer than ten never show harm.</li>
 *   <li>A network that is harmed below the best network's lambda goes back to the best network, with its lambda, which becomes the floor.
 *       One that is harmed above it goes back, too, and that lambda's way up is closed.</li>
 *   <li>A network that is harmed at the best network's own lambda goes back to the best network, whose lambda becomes the floor, and lambda is
 *       raised by the root of the decay factor, or by that of its distance to where the way up is closed; it stays where that is too near.</li>
 *   <li>A training may begin with next to no penalty, or with the network's own. Then lambda is not divided, and once the network overfits it goes back to the best one, and
 *       lambda is raised to the one that waits: when accuracy is harmed, or when it has not risen for the refractory period and the loss is
 *       above that of the best network, significantly and by a hundredth. Where that harms, half of the way as factors is tried once accuracy is harmed again, if lambda was not divided since. None of it in the last refractory period. A network that still learns is
 *       not held up for a penalty that it may not need.</li>
 *   <li>A classifier that is harmed and dead goes back to the best network, if that was alive, and lambda is divided: a larger one brings no
 *       network to life. It is not raised to the lambda of the dead network again.</li>
 *   <li>After as many restores as the options allow, lambda is held to the end: the rest is noise.</li>
 *   <li>A network that gives no finite numbers any more goes back to the best network and its lambda at once, even after the last
 *       restore. That tells nothing of lambda: floor and the way up stay as they were.</li>
 *   <li>At the end of the budget the best network comes back for good if the last one alone is more than one standard error below it, is
 *       dead where the best one is alive, or gives no finite numbers: no time is left to recover. A training that goes on after its budget holds its lambda; the best network
 *       is still told, and comes back where there are no finite numbers any more.</li>
 * </ol>
 *
 * <p>This deviates from the published rule (A. Lewkowycz and G. Gur-Ari, arXiv:2006.08643v2, section 3) in what performance is: training
 * signals cannot tell a network that learns from one that memorises wrong labels.
 */
package io.github.autol2.validation;
