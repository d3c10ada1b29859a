/**
 * What the listener costs. Entry class: {@link io.github.autol2.examples.benchmark.ListenerOverhead}, a program of its own.
 */
package io.github.autol2.examples.benchmark;
