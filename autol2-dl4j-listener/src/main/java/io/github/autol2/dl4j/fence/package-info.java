/**
 * Keeps parallel training on ND4J's CPU backend from ending the JVM. Entry class: {@link io.github.autol2.dl4j.fence.Fence}.
 *
 * <p>ND4J up to 1.0.0-M2.1 frees an array's native memory as soon as the garbage collector finds the array unreachable. The virtual
 * machine may find that while native code still computes with the memory, because Java itself needs the array no more: the next
 * access is a segmentation fault. It takes a collection at the wrong moment, so it shows with several training threads and a small
 * heap. Upstream: issue 8977 and pull request 10353 of {@code deeplearning4j/deeplearning4j}, merged after M2.1. This package can go
 * when the project is built on a release that has it.
 */
package io.github.autol2.dl4j.fence;
