/**
 * The figures of arXiv:2006.08643 as experiments. Entry class: {@link io.github.autol2.examples.figure.PaperFigure}; Figure 5 needs the
 * theory and is in {@link io.github.autol2.examples.theory}.
 */
package io.github.autol2.examples.figure;
