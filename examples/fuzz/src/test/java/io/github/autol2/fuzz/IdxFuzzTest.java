package io.github.autol2.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.github.autol2.program.data.IdxFiles;
import io.github.autol2.program.data.InvalidDataException;
import io.github.autol2.program.data.SplitSizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** IDX files: images and labels. */
@Tag("slow")
class IdxFuzzTest {

    @TempDir
    private static Path folder;

    private final FuzzedFile file = new FuzzedFile(folder);

    static Stream<Arguments> seeds() {
        return Damaged.of(Stream.of(
                Arguments.of(Seeds.images(4), Seeds.labels(4)), Arguments.of(Seeds.images(9), Seeds.labels(9))));
    }

    /** The same content is the training and the test file. */
    @MethodSource("seeds")
    @FuzzTest
    void readsImagesOrRefusesThem(byte @NotNull [] images, byte @NotNull [] labels) throws IOException {
        for (String part : new String[] {"train", "t10k"}) {
            Files.write(folder.resolve(part + "-images-idx3-ubyte"), images);
            Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels);
        }
        file.read(path -> new IdxFiles(path).load(new SplitSizes(2, 1, 1), 1), InvalidDataException.class);
    }
}
