/**
 * Ways to choose lambda beside each other on many tasks. Entry class: {@link io.github.autol2.research.tasks.TaskRuns}.
 */
package io.github.autol2.research.tasks;
