/**
 * How the time of the best accuracy depends on lambda and the learning rate; entry: {@link io.github.autol2.research.law.LawExperiment}.
 */
package io.github.autol2.research.law;
