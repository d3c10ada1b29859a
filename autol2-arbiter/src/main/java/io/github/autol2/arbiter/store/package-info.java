/**
 * What is stored of a search that can be resumed: candidates and calibrations. Serves
 * {@link io.github.autol2.arbiter.SearchRunner}, which is the entry class. It may change with any version.
 */
package io.github.autol2.arbiter.store;
