/**
 * The AutoL2 rule: when to divide the coefficient lambda of the penalty {@code 1/2 lambda |theta|^2} during training.
 *
 * <p>Entry class: {@link io.github.autol2.schedule.AutoL2Run}, which follows one training run. The rule itself is the pure
 * function {@link io.github.autol2.schedule.AutoL2Rule#apply}; its settings are {@link io.github.autol2.schedule.AutoL2Options}.
 *
 * <p>What the rule guarantees:
 * <ol>
 *   <li>lambda never grows once the first loss is known. A division sets it to {@code lambda / decayFactor}, or to the floor where that is
 * larger.</li>
 *   <li>Performance deteriorates when the loss without penalty, or the training error, was not below its minimum at two
 *       measurements in a row. The minimum is that of the measurements before those two, except that the measurement before a
 *       division never enters it (as in the authors' program).</li>
 *   <li>A division happens only when performance deteriorates and the refractory period since the last division (or the
 *       start) is over: {@code iteration > lastDivision + period}, with a strict inequality.</li>
 *   <li>At most one division per measurement; each division starts a refractory period.</li>
 *   <li>At the floor, and from the iteration {@code holdFrom} on, nothing is divided any more.</li>
 *   <li>A measurement without an error (regression, or none sampled) is judged by its loss alone.</li>
 *   <li>With {@link io.github.autol2.schedule.Detector.SignificantRise} rules 2 and 3 read: performance deteriorates when the loss
 *       rises significantly above its minimum since the last division, when the training error was 0 twice, or when the longest
 *       time at one lambda is over; a division happens when more than the refractory period, counted in tau with each iteration's own
 *       learning rate, has passed. A network that has learned nothing is divided for after half of that. On 1,000 random curves that
 *       turn after 20 to 80 windows, four standard errors raise a false alarm on 2 %; the published sign on 90 %.</li>
 *   <li>A step of the learning rate's schedule changes how fast time in tau passes; noise and the time that has passed are kept, and
 *       so are minima when the step goes down. When it goes up the loss may rise with it, which is no sign: the minimum of
 *       {@link io.github.autol2.schedule.Detector.SignificantRise} then begins anew, as it does in each window of a warm-up. The other
 *       signs are looked for as ever. The published rule knows no schedules and keeps its minima.</li>
 *   <li>Only finite measurements count; others are refused with an {@code IllegalArgumentException}.</li>
 * </ol>
 *
 * <p>Source: A. Lewkowycz and G. Gur-Ari, arXiv:2006.08643v2, section 3 ("AutoL2"), and the authors' program
 * (github.com/google/autol2), which fixes what the text leaves open.
 */
package io.github.autol2.schedule;
