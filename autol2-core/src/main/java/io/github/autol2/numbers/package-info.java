/**
 * What several packages must agree on about numbers. Entry classes: {@link io.github.autol2.numbers.Check} has the range checks of
 * records, {@link io.github.autol2.numbers.CountingError} the error of a counted fraction,
 * {@link io.github.autol2.numbers.Student} the bounds of a test with few values. Needs only the JDK.
 *
 * <p>For the modules of AutoL2: it may change with any version.
 */
package io.github.autol2.numbers;
