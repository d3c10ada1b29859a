package io.github.autol2.program.results;

import io.github.autol2.files.FolderLock;
import io.github.autol2.files.PartsFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A report on the finished parts of a run that may go on meanwhile, in another process. Nothing is written among its parts, whose list
 * that process keeps.
 */
public final class PartialReport {

    private static final String FOLDER = ".report";

    private final Path out;
    private final Map<Path, FileTime> before = new HashMap<>();

    /**
     * Begins before the parts are read.
     *
     * @param out the folder of the results
     * @throws IOException if it cannot be read
     */
    public PartialReport(Path out) throws IOException {
        this.out = out;
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.toList()) {
                before.put(file, Files.getLastModifiedTime(file));
            }
        }
    }

    /**
     * Writes the report, whose files take the place of earlier ones.
     *
     * @throws IOException if a file cannot be written, or if the run has written its own results since the report began, which then stay
     */
    public void write(UnfinishedRun.Writing report) throws IOException {
        PartsFolder own = new PartsFolder(out.resolve(FOLDER));
        Files.createDirectories(own.folder());
        FolderLock lock = FolderLock.acquire(own.folder());
        try (lock) {
            try {
                new NewResults(out, own).replace(report, this::refuseLater, "");
            } finally {
                own.remove(FOLDER);
            }
        }
    }

    private void refuseLater(Path earlier) throws IOException {
        if (Files.exists(earlier) && !Files.getLastModifiedTime(earlier).equals(before.get(earlier))) {
            throw new IOException("the run in " + out + " has written its own results meanwhile");
        }
    }
}
