package io.github.autol2.program.search;

import io.github.autol2.arbiter.spark.DriverAnswers;
import java.io.IOException;
import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/** Brings the questions of a search's jobs to its driver, by Spark's own connection; {@code spark.plugins} names it. */
public final class QuestionsOnSpark implements SparkPlugin {

    private static volatile PluginContext executor; // of this virtual machine: Spark makes it before the first job

    /** In a job. */
    static byte[] ask(byte[] question) throws Exception {
        return (byte[]) executor.ask(question);
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorPlugin() {
            @Override
            public void init(PluginContext context, Map<String, String> extraConf) {
                executor = context;
            }
        };
    }

    @Override
    public DriverPlugin driverPlugin() {
        return new DriverPlugin() {
            @Override
            public Object receive(Object question) throws IOException {
                return DriverAnswers.answer((byte[]) question);
            }
        };
    }
}
