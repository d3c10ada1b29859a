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

/** The modes and times that theory reads. */
@Tag("slow")
class TheoryRowsFuzzTest {

    @TempDir
    private static Path folder;

    private final FuzzedFile file = new FuzzedFile(folder.resolve("modes.csv"));

    static Stream<Arguments> seeds() {
        return Damaged.files(Seeds.of(
                "k,gamma,lambda,t,f0,y\n1,1,0.01,5,0,1\n2,1e-3,0.01,1e3,0.1,1\n",
                "y,f0,t,lambda,gamma,k,note\n1,0,1,0,1,3,a\n"));
    }

    @MethodSource("seeds")
    @FuzzTest
    void computesRowsOrRefusesThem(byte @NotNull [] content) throws IOException {
        file.read(
                content,
                path -> Command.run(
                        "theory",
                        "--modes",
                        path.toString(),
                        "--out-file",
                        folder.resolve("out.csv").toString()),
                RefusedInOneLine.class);
    }
}
