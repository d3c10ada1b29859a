/**
 * An Arbiter search without an axis for lambda. Entry classes, by task:
 *
 * <ul>
 * <li>{@link io.github.autol2.arbiter.LambdaGenerator} around the generator of a search: each candidate's lambda is predicted. Its
 *     candidates are trained by a {@link io.github.autol2.arbiter.SearchRunner}, which can be resumed, also on a
 *     {@link io.github.autol2.arbiter.spark.Cluster}, or by Arbiter's own runner with a
 *     {@link io.github.autol2.arbiter.LambdaTaskCreator}.
 * <li>{@link io.github.autol2.arbiter.TpeGenerator} and {@link io.github.autol2.arbiter.GeneticGenerator} propose candidates from the
 *     scores of others.
 * <li>{@link io.github.autol2.arbiter.AutoL2TaskListener}: every candidate trains with AutoL2, without a calibration.
 * <li>{@link io.github.autol2.arbiter.LambdaSpace}: a space for {@code l2(...)} around a calibration, for generators of one's own.
 * </ul>
 */
package io.github.autol2.arbiter;
