/**
 * When a candidate of a search is given up before its training ends. Entry class: {@link io.github.autol2.arbiter.pruning.Pruning}. A rule
 * is a pure function of the scores that candidates have reported; it knows no network.
 */
package io.github.autol2.arbiter.pruning;
