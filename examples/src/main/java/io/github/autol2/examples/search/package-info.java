/**
 * The search over other hyperparameters that {@code autol2 search} runs. Entry class: {@link io.github.autol2.examples.search.Search}.
 */
package io.github.autol2.examples.search;
