/**
 * The theory beside trained networks, for the commands {@code theory} and {@code figure 5}. Entry class: {@code WidthExperiment}.
 */
package io.github.autol2.research.theory;
