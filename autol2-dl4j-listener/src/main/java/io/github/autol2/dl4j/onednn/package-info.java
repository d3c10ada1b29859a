/**
 * Lets Deeplearning4j's oneDNN helpers run on the CPU: convolutions and batch normalisation several times faster. Entry class:
 * {@link io.github.autol2.dl4j.onednn.OneDnn}.
 *
 * <p>Deeplearning4j 1.0.0-M2.1 has the helpers, and ND4J's natives with the classifier {@code -onednn} have oneDNN. But the helpers never
 * run: they ask {@code org.nd4j.nativeblas.Nd4jCpu$Environment} whether they may, and ND4J has moved that class to
 * {@code org.nd4j.linalg.cpu.nativecpu.bindings} and renamed its method. This package answers in its place. It can go when the project is
 * built on a Deeplearning4j that asks the right class.
 */
package io.github.autol2.dl4j.onednn;
