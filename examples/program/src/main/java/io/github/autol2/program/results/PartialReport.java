package io.github.autol2.program.results;

import io.github.autol2.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A report on the finished parts of a run that may go on meanwhile, in another process. Nothing is written among its parts, whose list
 * that process keeps.
 */
public final class PartialReport {

    private PartialReport() {}

    /**
     * Writes a report, whose files take the place of earlier ones.
     *
     * @param out the folder of the results
     * @throws IOException if a file cannot be written, or if the run has ended meanwhile, whose own results then stay
     */
    public static void write(Path out, UnfinishedRun.Writing report) throws IOException {
        Path folder = Files.createTempDirectory(out, ".report");
        try {
            report.into(folder);
            if (!UnfinishedRun.isIn(out)) {
                throw new IOException("the run in " + out + " has ended meanwhile: its own results are there");
            }
            for (Path file : files(folder)) {
                AtomicFile.move(file, out.resolve(file.getFileName()));
            }
        } finally {
            for (Path file : files(folder)) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
