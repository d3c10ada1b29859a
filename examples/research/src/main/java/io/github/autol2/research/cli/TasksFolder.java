package io.github.autol2.research.cli;

import io.github.autol2.config.Settings;
import io.github.autol2.program.cli.InvalidUsageException;
import io.github.autol2.research.tasks.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The parameter of the commands that go through one's own tasks. */
final class TasksFolder {

    @Parameters(paramLabel = "FOLDER", description = "This folder holds the settings files of the tasks.")
    private Path folder;

    Path path() {
        return folder;
    }

    /**
     * Its tasks, at least one.
     *
     * @param overrides settings that win over those of all tasks
     * @throws InvalidUsageException if it is not a folder or holds no settings files
     */
    List<Task> tasks(Settings overrides) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InvalidUsageException("FOLDER must be a folder with settings files, got " + folder);
        }
        List<Task> tasks = Task.of(folder, overrides);
        if (tasks.isEmpty()) {
            throw new InvalidUsageException(
                    "FOLDER must hold settings files (.properties, .yaml or .xml), one for each task, got " + folder
                            + " without any");
        }
        return tasks;
    }
}
