/**
 * A search whose candidates train on the machines of a cluster. Entry class: {@link io.github.autol2.arbiter.spark.Cluster}, which a few lines
 * implement on Spark.
 */
package io.github.autol2.arbiter.spark;
