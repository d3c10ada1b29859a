package io.github.autol2.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.github.autol2.dl4j.LambdaStats;
import io.github.autol2.dl4j.LambdaUpdate;
import io.github.autol2.schedule.Measurement;
import io.github.autol2.validation.ValidationDecision;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.impl.CollectionStatsStorageRouter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An update out of a storage, which others write to, too. */
@Tag("slow")
class LambdaUpdateFuzzTest {

    private final Limits limits = new Limits();

    static Stream<Arguments> seeds() {
        List<Persistable> stored = new ArrayList<>();
        LambdaStats stats = new LambdaStats(
                new CollectionStatsStorageRouter(new ArrayList<>(), new ArrayList<>(), stored), "session");
        stats.measured(new Measurement(30, 0.7, 0.2, OptionalDouble.of(0.25), 0.5), 0.1);
        stats.decided(new ValidationDecision.RestoreAndRaise(30, 10, 0.3, 0.9));
        return Damaged.files(stored.stream().map(Persistable::encode));
    }

    /** From bytes, a buffer and a stream alike. What is read can be written and read again; what is refused leaves no trace. */
    @MethodSource("seeds")
    @FuzzTest
    void readsAnUpdateOrRefusesIt(byte @NotNull [] content) {
        limits.hold(() -> {
            byte[] read = read(update -> update.decode(content));
            check(Arrays.equals(read, read(update -> update.decode(ByteBuffer.wrap(content)))), "a buffer");
            check(Arrays.equals(read, read(update -> update.decode(new ByteArrayInputStream(content)))), "a stream");
            check(Arrays.equals(read, read(update -> update.decode(read))), "what it has written itself");
        });
    }

    /** A reading by one of the three methods. */
    private interface Decoding {
        void decode(LambdaUpdate update) throws IOException;
    }

    /** What an update holds after a reading, which may be refused. */
    private static byte[] read(Decoding decoding) {
        LambdaUpdate update = new LambdaUpdate();
        byte[] before = update.encode();
        try {
            decoding.decode(update);
        } catch (IllegalArgumentException e) { // the one that is documented
            check(e.getMessage().startsWith("AutoL2's update "), e.getMessage());
            check(Arrays.equals(before, update.encode()), "an update that was refused");
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not from memory
        }
        return update.encode();
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("not as expected: " + what);
        }
    }
}
