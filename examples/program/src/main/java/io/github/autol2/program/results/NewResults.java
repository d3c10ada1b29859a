package io.github.autol2.program.results;

import io.github.autol2.files.AtomicFile;
import io.github.autol2.files.PartsFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Results that take the place of earlier ones: all files are written before the first one moves.
 *
 * @param out   the folder of the results
 * @param parts where they are written
 */
record NewResults(Path out, PartsFolder parts) {

    /** The folder within that of the parts. */
    static final String FOLDER = "results";

    /** Looks at a file before it is replaced. */
    interface Check {
        void on(Path earlier) throws IOException;
    }

    /**
     * Writes them, then moves them.
     *
     * @param check of each file, before any is replaced
     * @param kept  what else there is to say if a file cannot be written
     * @throws IOException says which earlier ones are replaced
     */
    void replace(UnfinishedRun.Writing writing, Check check, String kept) throws IOException {
        Path folder = parts.emptyFolder(FOLDER);
        List<String> replaced = new ArrayList<>();
        try {
            writing.into(folder);
            List<Path> files;
            try (Stream<Path> written = Files.list(folder)) {
                files = written.sorted().toList();
            }
            for (Path file : files) {
                Path target = out.resolve(file.getFileName());
                if (Files.isDirectory(target)) {
                    throw new IOException(target + " cannot be written: it is a folder");
                }
                check.on(target);
            }
            for (Path file : files) {
                AtomicFile.move(file, out.resolve(file.getFileName()));
                replaced.add(file.getFileName().toString());
            }
        } catch (IOException e) {
            throw new IOException(
                    String.valueOf(e.getMessage()).replace(folder.toString(), out.toString())
                            + "; "
                            + (replaced.isEmpty()
                                    ? "earlier results are as they were"
                                    : "of earlier results are replaced: " + String.join(", ", replaced))
                            + kept,
                    e);
        }
    }
}
