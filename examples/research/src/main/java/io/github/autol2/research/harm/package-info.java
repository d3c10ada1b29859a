/**
 * Does our listener do harm? Programs of the kind that people write with Deeplearning4j are trained as they are, with the habitual l2 of 1e-4,
 * and with our listener added by one line. Entry class: {@link io.github.autol2.research.harm.HarmTable}.
 */
package io.github.autol2.research.harm;
