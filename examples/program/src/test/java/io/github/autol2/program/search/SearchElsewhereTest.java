package io.github.autol2.program.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.arbiter.spark.Cluster;
import io.github.autol2.arbiter.spark.ClusterJob;
import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.training.SearchedData;
import io.github.autol2.program.training.Threads;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** A search whose candidates train on a cluster. Here the cluster is this JVM, but jobs get there as bytes. */
@Tag("slow")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SearchElsewhereTest {

    @TempDir
    private Path folder;

    private Path table;

    /** Does each job as another machine gets it. */
    private static final class Serialising implements Cluster {

        private final AtomicInteger jobs = new AtomicInteger();

        @Override
        public byte[] run(String name, ClusterJob job) throws Exception {
            jobs.incrementAndGet();
            return copy(job).call();
        }

        @Override
        public void cancel(String name) {}
    }

    @SuppressWarnings("unchecked") // a copy has the type of its original
    private static <T> T copy(T object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }

    @BeforeEach
    void writeTheTable() throws IOException {
        Threads.limitToOneByDefault();
        Random random = new Random(1);
        List<String> rows = new ArrayList<>(List.of("unused,x,y,class"));
        for (int i = 0; i < 160; i++) {
            double x = random.nextGaussian();
            rows.add(i % 7 + "," + x + "," + random.nextGaussian() + "," + (x > 0 ? "right" : "left"));
        }
        table = Files.write(folder.resolve("table.csv"), rows);
    }

    private SettingsReader reader(String path) {
        return new SettingsReader(Settings.load(
                Optional.empty(),
                List.of(
                        "data.kind=csv",
                        "data.path=" + path,
                        "data.label=class",
                        "data.drop=unused",
                        "data.labelNoise=0.1",
                        "train.batchSize=16",
                        "train.steps=120",
                        "calibration.share=0.5",
                        "model.width=8",
                        "seeds=3,4")));
    }

    private SearchResult search(int candidates, String name, Optional<Cluster> cluster) throws IOException {
        SettingsReader reader = reader(table.toString());
        SearchSettings plan = SearchSettings.read(reader);
        RunSettings settings = RunSettings.read(reader).withoutRace();
        DataSplit data = settings.data().load();
        Search.Plan full = plan.plan(settings);
        return new Search(
                        new Search.Plan(
                                full.generator(),
                                full.points(),
                                candidates,
                                full.lambda(),
                                full.pruning(),
                                full.seed(),
                                2),
                        settings,
                        data,
                        SearchSpaces.around(settings, data),
                        folder.resolve(name),
                        cluster.map(jobs -> new Search.Elsewhere(jobs, reader.given())))
                .run();
    }

    private static String told(SearchResult result) throws IOException {
        return SearchFiles.json(Map.of(), result, 120).replaceAll("\"seconds\" : [^\n]*", "");
    }

    private MultiLayerNetwork best(String name) throws IOException {
        return MultiLayerNetwork.load(folder.resolve(name).resolve(Search.MODEL).toFile(), true);
    }

    @Test
    void findsTheSameAsInOneJvmAndGoesOnWithOrWithoutTheCluster() throws IOException {
        // given
        SearchResult here = search(3, "here", Optional.empty());
        Serialising cluster = new Serialising();

        // when
        SearchResult there = search(3, "there", Optional.of(cluster));

        // then
        assertThat(cluster.jobs.get()).isGreaterThan(3);
        assertThat(there.best()).isPresent();
        assertThat(told(there)).isEqualTo(told(here));
        assertThat(best("there").params()).isEqualTo(best("here").params());

        // when
        search(1, "begun", Optional.empty());
        Serialising late = new Serialising();
        search(2, "begun", Optional.of(late));
        SearchResult ended = search(3, "begun", Optional.empty());

        // then
        assertThat(late.jobs.get()).isBetween(1, 2);
        assertThat(told(ended)).isEqualTo(told(here));
    }

    private static SearchedData here(SettingsReader reader) {
        RunSettings settings = RunSettings.read(reader);
        return new SearchedData(
                settings.data().load(), settings, settings.seeds().get(0));
    }

    /** What another machine makes of them: one more key, with its default, and so nothing that was read here. */
    private static SearchedData there(Properties told) throws IOException, ClassNotFoundException {
        Properties others = copy(told);
        others.setProperty("data.split", "fixed");
        SearchedData data = new SearchedData();
        data.configure(others);
        return data;
    }

    private static List<DataSet> all(Object batches) {
        List<DataSet> all = new ArrayList<>();
        ((DataSetIterator) batches).forEachRemaining(all::add);
        return all;
    }

    @Test
    void anotherMachineReadsTheSameExamplesFromAnAbsolutePath() throws Exception {
        // given
        Path relative = Path.of("").toAbsolutePath().relativize(table);
        SettingsReader reader = reader(relative.toString());
        SearchedData here = here(reader);

        // when
        Properties told = here.elsewhere(reader.given());
        SearchedData there = there(told);

        // then
        assertThat(Path.of(told.getProperty("data.path"))).isAbsolute();
        assertThat(all(there.trainData())).isEqualTo(all(here.trainData()));
        assertThat(all(there.testData())).isEqualTo(all(here.testData()));
    }

    @Test
    void anotherMachineWithOtherExamplesRefuses() throws Exception {
        // given
        SettingsReader reader = reader(table.toString());
        Properties told = here(reader).elsewhere(reader.given());
        List<String> rows = Files.readAllLines(table);
        rows.set(5, "0,9,9,left");
        Files.write(table, rows);

        // then
        assertThatThrownBy(() -> there(told))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "the examples on this machine are others than on the one that began the search: ");
    }
}
