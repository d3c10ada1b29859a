/**
 * AutoL2 inside an Arbiter hyperparameter search. Entry class: {@link io.github.autol2.arbiter.AutoL2TaskListener}, which trains every
 * candidate with AutoL2, so that lambda need not be an axis of the search.
 */
package io.github.autol2.arbiter;
