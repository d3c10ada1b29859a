package io.github.autol2.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.github.autol2.program.data.Cifar10;
import io.github.autol2.program.data.InvalidDataException;
import io.github.autol2.program.data.SplitSizes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The archive of CIFAR-10. */
@Tag("slow")
class CifarFuzzTest {

    @TempDir
    private static Path folder;

    private static final int RECORD = 3073;

    private final FuzzedFile file = new FuzzedFile(folder.resolve("cifar.tar.gz"));

    static Stream<Arguments> seeds() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 1; i <= 5; i++) {
            entries.put("cifar-10-batches-bin/data_batch_" + i + ".bin", new byte[RECORD]);
        }
        entries.put("cifar-10-batches-bin/test_batch.bin", new byte[RECORD]);
        byte[] tar = Seeds.tar(entries);
        return Damaged.of(Stream.of(Arguments.of(tar, true), Arguments.of(Seeds.gzip(tar), false)));
    }

    /** @param packs whether the content is packed here, so that a damaged archive comes through */
    @MethodSource("seeds")
    @FuzzTest
    void readsAnArchiveOrRefusesIt(byte @NotNull [] content, boolean packs) throws IOException {
        file.read(
                packs ? Seeds.gzip(content) : content,
                path -> new Cifar10(path).load(new SplitSizes(3, 1, 1), 1),
                InvalidDataException.class);
    }
}
