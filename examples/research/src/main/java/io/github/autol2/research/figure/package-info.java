/**
 * The figures of arXiv:2006.08643 as experiments. Entry class: {@link io.github.autol2.research.figure.PaperFigure}; Figure 5 needs the
 * theory and is in {@link io.github.autol2.research.theory}.
 */
package io.github.autol2.research.figure;
