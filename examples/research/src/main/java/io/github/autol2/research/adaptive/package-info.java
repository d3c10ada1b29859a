/**
 * AutoL2 against constant lambdas on many tasks. Entry class: {@link io.github.autol2.research.adaptive.Comparison}.
 */
package io.github.autol2.research.adaptive;
