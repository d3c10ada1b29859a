/**
 * What runs: the loop of a search, and the task of one candidate. Serves {@link io.github.autol2.arbiter.SearchRunner} and
 * {@link io.github.autol2.arbiter.LambdaTaskCreator}, which are the entry classes. It may change with any version.
 */
package io.github.autol2.arbiter.run;
