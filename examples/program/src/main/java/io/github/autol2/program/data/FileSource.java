package io.github.autol2.program.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Rows that are read from files, which must stay as they were when they were first read. */
sealed interface FileSource extends DataSource permits IdxFiles, Cifar10, CsvTable {

    /**
     * The files that the rows are read from.
     *
     * @throws InvalidDataException if one is missing
     */
    List<Path> files();

    /** What was read of them. */
    SeenFiles seen();

    @Override
    default Map<Path, String> hashes() {
        return seen().hashes(files());
    }

    @Override
    default List<Path> changed() {
        return seen().changed();
    }
}
