package io.github.autol2.program.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folder for result files: tried before the work begins, made when there is something to write. */
public final class OutputFolder {

    private OutputFolder() {}

    /**
     * Tries whether the folder can be made and written to. Afterwards everything is as it was.
     *
     * @throws InvalidUsageException if not
     */
    public static void check(Path folder) {
        List<Path> missing = missing(folder);
        try {
            make(folder);
            Files.delete(Files.createTempFile(folder, ".autol2", ".tmp"));
        } catch (IOException e) {
            throw new InvalidUsageException(
                    "--out " + folder + " must be a folder that can be written to, but " + reason(folder, e), e);
        } finally {
            for (Path made : missing) {
                made.toFile().delete(); // an empty folder, or nothing
            }
        }
    }

    /** Makes the folder, and those above it, where they are missing. */
    public static void make(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) { // Java 17 takes a link to a folder for an obstacle
            Files.createDirectories(folder);
        }
    }

    /** What does not exist of the path, innermost first. */
    private static List<Path> missing(Path folder) {
        List<Path> missing = new ArrayList<>();
        for (Path path = folder.toAbsolutePath(); isMissing(path); path = path.getParent()) {
            missing.add(path);
        }
        return missing;
    }

    private static String reason(Path folder, IOException e) {
        Path path = folder.toAbsolutePath();
        while (isMissing(path)) {
            path = path.getParent();
        }
        if (path != null && !Files.isDirectory(path)) {
            return path + " is not a folder";
        }
        return e instanceof FileSystemException inSystem && inSystem.getReason() != null
                ? inSystem.getReason()
                : "the system says " + e.getClass().getSimpleName();
    }

    private static boolean isMissing(Path path) {
        return path != null && !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
