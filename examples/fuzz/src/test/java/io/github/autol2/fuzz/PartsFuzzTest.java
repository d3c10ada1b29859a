package io.github.autol2.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.arbiter.store.JsonStore;
import io.github.autol2.arbiter.store.SearchFolder;
import io.github.autol2.files.PartsFolder;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The finished parts of an interrupted run and of a search. */
@Tag("slow")
class PartsFuzzTest {

    @TempDir
    private static Path folder;

    private static final String CALIBRATION = "calibration-1";

    private static final String CANDIDATE = "candidate-1";
    private static final String RUN = "run-1";
    private static final String SETTINGS = "settings";

    static Stream<Arguments> seeds() {
        return Damaged.files(
                Seeds.of(
                        "{\"train.steps\":\"40\",\"seeds\":\"1\"}",
                        "{\"identity\":\"a\",\"score\":0.5,\"lambda\":null,\"failure\":null,\"start\":1,\"end\":2}",
                        "{\"runs\":[{\"lambda\":0.01,\"curve\":{\"steps\":[1,2],\"accuracies\":[0.1,0.5]}}],\"options\":{}}",
                        "{\"seed\":1,\"mode\":\"adaptive\",\"initialLambda\":0.1,\"divisions\":[],\"curve\":[],\"seconds\":1.0}"));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsAPartOrRefusesIt(byte @NotNull [] content) throws IOException {
        Path unfinished = Files.createDirectories(folder.resolve("unfinished"));
        for (String name : new String[] {CALIBRATION, RUN, SETTINGS}) {
            Files.write(unfinished.resolve(name + ".json"), content);
        }
        UnfinishedRun run = UnfinishedRun.goOn(folder);
        part(CALIBRATION).read(file -> run.get(CALIBRATION, new TypeReference<Calibration>() {}), IOException.class);
        part(RUN).read(file -> run.get(RUN, new TypeReference<RunResult>() {}), IOException.class);
        part(SETTINGS).read(file -> run.difference(Map.of("seeds", "1")), IOException.class);
        Path search = Files.createDirectories(folder.resolve("search"));
        JsonStore store = new JsonStore(new PartsFolder(search));
        new FuzzedFile(search.resolve(CANDIDATE + ".json"))
                .read(content, file -> new SearchFolder(store, "").check(), UncheckedIOException.class);
    }

    private static FuzzedFile part(String name) {
        return new FuzzedFile(folder.resolve("unfinished").resolve(name + ".json"));
    }
}
