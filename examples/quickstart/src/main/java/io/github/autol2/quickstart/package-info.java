/**
 * Programs to copy, one task each: {@link io.github.autol2.quickstart.WithListener} is the first one. All but {@link io.github.autol2.quickstart.ClassifyNewRows} train on
 * {@link io.github.autol2.quickstart.Moons}; put your own data and network in its place.
 */
package io.github.autol2.quickstart;
