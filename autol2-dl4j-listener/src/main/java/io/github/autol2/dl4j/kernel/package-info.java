/**
 * What the theory needs to know about a Deeplearning4j network: its tangent kernel and its degree of homogeneity. Entry class:
 * {@link io.github.autol2.dl4j.kernel.TangentKernel}, whose matrix goes into {@link io.github.autol2.theory.KernelModel}.
 */
package io.github.autol2.dl4j.kernel;
