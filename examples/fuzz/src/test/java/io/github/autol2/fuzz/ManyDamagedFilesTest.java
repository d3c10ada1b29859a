package io.github.autol2.fuzz;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * Damaged files for each reader, as many as it reads in the seconds of the system property {@code autol2.damagedSeconds}; skipped without
 * it. The fuzzer looks for new paths through the code and pays for that with its instrumentation; this test gives a reader some hundred times
 * as many files. The files are the same in each run that begins with the same number, {@code autol2.damagedFrom}, in the same order, but for
 * a network's zip file, which holds the time; {@code target/damaged-files.txt} counts them.
 */
@Tag("slow")
class ManyDamagedFilesTest {

    /** How many files each reader got, in the module's folder of results. */
    private static final Path COUNTS = Path.of("damaged-files.txt");

    private static final int SECONDS = Integer.getInteger("autol2.damagedSeconds", 0);

    /** The number of a reader's first file: runs from numbers far apart add up. */
    private static final long FROM = Long.getLong("autol2.damagedFrom", 0L);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            classes = {
                CifarFuzzTest.class,
                GzipFuzzTest.class,
                IdxFuzzTest.class,
                LambdaUpdateFuzzTest.class,
                ModelFileFuzzTest.class,
                PartsFuzzTest.class,
                PropertiesFuzzTest.class,
                ReplayFuzzTest.class,
                SavedNetworkFuzzTest.class,
                SavedRunFuzzTest.class,
                SpaceFileFuzzTest.class,
                TableFuzzTest.class,
                TheoryRowsFuzzTest.class,
                XmlFuzzTest.class,
                YamlFuzzTest.class
            })
    void aReaderGivesAResultOrRefusesTheFile(Class<?> test) throws ReflectiveOperationException, IOException {
        assumeTrue(SECONDS > 0, "needs -Dautol2.damagedSeconds");
        for (Field field : AnnotationSupport.findAnnotatedFields(test, TempDir.class)) {
            field.setAccessible(true);
            field.set(null, folder);
        }
        Method reads = AnnotationSupport.findAnnotatedMethods(test, FuzzTest.class, HierarchyTraversalMode.TOP_DOWN)
                .get(0);
        reads.setAccessible(true);
        Object reader = test.getDeclaredConstructor().newInstance();
        List<Arguments> seeds = seeds(test);

        long start = System.nanoTime();
        long file = FROM;
        while (System.nanoTime() - start < SECONDS * 1_000_000_000L) {
            Random random = new Random(file);
            read(reader, reads, Damaged.damaged(seeds.get(random.nextInt(seeds.size())), random), file);
            file++;
        }
        String line = String.format(Locale.ROOT, "%-20s %,12d%n", test.getSimpleName(), file - FROM);
        Files.writeString(COUNTS, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @SuppressWarnings("unchecked") // all readers' tests have this method
    private static List<Arguments> seeds(Class<?> test) throws ReflectiveOperationException {
        Method seeds = test.getDeclaredMethod("seeds");
        return ((Stream<Arguments>) seeds.invoke(null)).toList();
    }

    private static void read(Object reader, Method reads, Arguments damaged, long number)
            throws IllegalAccessException {
        try {
            reads.invoke(reader, damaged.get());
        } catch (InvocationTargetException e) {
            throw new AssertionError("file " + number + ": " + e.getCause(), e.getCause());
        }
    }
}
