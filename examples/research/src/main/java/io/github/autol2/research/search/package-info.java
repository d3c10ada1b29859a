/**
 * Ways to search compared: best accuracy against training steps. Entry class: {@link io.github.autol2.research.search.SearchComparison}.
 */
package io.github.autol2.research.search;
