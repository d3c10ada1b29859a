/**
 * The data that the examples train on: images drawn by this program, IDX files such as MNIST, CIFAR-10, tables of numbers; and
 * their augmentation.
 *
 * <p>Entry type: {@link io.github.autol2.program.data.DataSource}, whose one method gives a
 * {@link io.github.autol2.program.data.DataSplit}. A new source is one new class: add it to the sealed interface, refuse unfit
 * data with an {@link io.github.autol2.program.data.InvalidDataException}, take every random number from {@code Draws}.
 */
package io.github.autol2.program.data;
