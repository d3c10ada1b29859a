package io.github.autol2.program.search;

import io.github.autol2.arbiter.spark.Cluster;
import io.github.autol2.arbiter.spark.ClusterJob;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** A search's jobs on Spark, of any version, with any master. */
public record OnSpark(JavaSparkContext context) implements Cluster {

    @Override
    public byte[] run(String name, ClusterJob job) {
        context.setJobGroup(name, "AutoL2", true); // true: cancel interrupts the thread that trains
        return context.parallelize(List.of(0), 1)
                .map(none -> job.call())
                .collect()
                .get(0);
    }

    @Override
    public void cancel(String name) {
        context.cancelJobGroup(name);
    }
}
