package io.github.autol2.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The log of a run, which replay reads. */
@Tag("slow")
class ReplayFuzzTest {

    @TempDir
    private static Path folder;

    private final FuzzedFile file = new FuzzedFile(folder.resolve("log.csv"));

    static Stream<Arguments> seeds() {
        return Damaged.files(Seeds.of(
                "step,loss,accuracy\n0,2,0.1\n10,1,0.5\n20,1.5,\n30,1e-3,0.9\n",
                "accuracy,other,step,loss\n0.5,\"a\nb\",1,3\n,,2,2\n"));
    }

    @MethodSource("seeds")
    @FuzzTest
    void replaysALogOrRefusesIt(byte @NotNull [] content) throws IOException {
        file.read(content, path -> Command.run("replay", path.toString()), RefusedInOneLine.class);
    }
}
