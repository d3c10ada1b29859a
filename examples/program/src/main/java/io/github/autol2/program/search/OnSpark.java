package io.github.autol2.program.search;

import io.github.autol2.arbiter.spark.Cluster;
import io.github.autol2.arbiter.spark.ClusterJob;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** A search's jobs on Spark 3.3 or later, with any master. In a search with pruning the context needs {@link QuestionsOnSpark}. */
public record OnSpark(JavaSparkContext context) implements Cluster {

    @Override
    public byte[] run(String name, ClusterJob job) {
        context.setJobGroup(name, "AutoL2", true); // true: cancel interrupts the thread that trains
        return context.parallelize(List.of(0), 1)
                .map(none -> job.call(QuestionsOnSpark::ask))
                .collect()
                .get(0);
    }

    @Override
    public boolean jobsCanAsk() {
        return Arrays.asList(context.getConf().get("spark.plugins", "").split(" *, *"))
                .contains(QuestionsOnSpark.class.getName());
    }

    @Override
    public void cancel(String name) {
        context.cancelJobGroup(name);
    }
}
