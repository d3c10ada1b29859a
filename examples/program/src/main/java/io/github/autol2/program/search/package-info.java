/**
 * The search over other hyperparameters that {@code autol2 search} runs. Entry class: {@link io.github.autol2.program.search.Search}.
 */
package io.github.autol2.program.search;
