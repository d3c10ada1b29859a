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

/** IDX files that are packed with gzip. */
@Tag("slow")
class GzipFuzzTest {

    @TempDir
    private static Path folder;

    private final FuzzedFile file = new FuzzedFile(folder);

    static Stream<Arguments> seeds() {
        return Damaged.of(Stream.of(
                Arguments.of(Seeds.images(4), Seeds.labels(4), true),
                Arguments.of(Seeds.gzip(Seeds.images(4)), Seeds.gzip(Seeds.labels(4)), false)));
    }

    /**
     * The same content is the training and the test file.
     *
     * @param packs whether it is packed here, so that damaged content comes through
     */
    @MethodSource("seeds")
    @FuzzTest
    void readsImagesOrRefusesThem(byte @NotNull [] images, byte @NotNull [] labels, boolean packs) throws IOException {
        for (String part : new String[] {"train", "t10k"}) {
            write(part + "-images-idx3-ubyte.gz", images, packs);
            write(part + "-labels-idx1-ubyte.gz", labels, packs);
        }
        file.read(path -> new IdxFiles(path).load(new SplitSizes(2, 1, 1), 1), InvalidDataException.class);
    }

    private static void write(String name, byte[] content, boolean packs) throws IOException {
        Files.write(folder.resolve(name), packs ? Seeds.gzip(content) : content);
    }
}
