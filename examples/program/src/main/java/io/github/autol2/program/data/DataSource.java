package io.github.autol2.program.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where training, validation and test rows come from. Every call draws anew, or gives the rows of the same files. */
public sealed interface DataSource permits SyntheticDigits, SyntheticColorDigits, FileSource {

    /**
     * Reads or draws the rows.
     *
     * @param sizes how many rows of each kind
     * @param seed  of the shuffle and, for synthetic data, of the drawing: the same seed gives the same rows, bit for bit, on
     *              every machine
     * @return rows that are disjoint: no row of the source is in two of the three sets
     * @throws InvalidDataException         if a file is missing, damaged, unsuitable or smaller than {@code sizes}
     * @throws java.io.UncheckedIOException if a file that must be read again is gone, or holds something else than at first
     */
    DataSplit load(SplitSizes sizes, long seed);

    /**
     * The hashes of the files that the rows are read from; none if they are drawn. From now on they must stay as they are, as far as
     * they are read again.
     *
     * @throws InvalidDataException         if a file is missing, or has changed since it was read
     * @throws java.io.UncheckedIOException if a file cannot be read
     */
    default Map<Path, String> hashes() {
        return Map.of();
    }

    /** The files with known hashes that hold something else now, or are gone. What was read of them before is still right. */
    default List<Path> changed() {
        return List.of();
    }
}
