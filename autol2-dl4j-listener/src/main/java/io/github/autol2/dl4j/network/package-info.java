/**
 * What Deeplearning4j's two kinds of network have in common, in one type: {@link io.github.autol2.dl4j.network.Network}. For the modules of
 * AutoL2, which ask it instead of telling {@code MultiLayerNetwork} and {@code ComputationGraph} apart: it may change with any version. {@link
 * io.github.autol2.dl4j.network.Deeplearning4jNames} has the names of Deeplearning4j that the library needs as texts.
 */
package io.github.autol2.dl4j.network;
