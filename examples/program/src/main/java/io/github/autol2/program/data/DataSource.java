package io.github.autol2.program.data;

import java.nio.file.Path;
import java.util.List;

/** Where training, validation and test rows come from. Sources hold no state: every call reads or draws anew. */
public sealed interface DataSource permits SyntheticDigits, SyntheticColorDigits, IdxFiles, Cifar10, CsvTable {

    /**
     * Reads or draws the rows.
     *
     * @param sizes how many rows of each kind
     * @param seed  of the shuffle and, for synthetic data, of the drawing: the same seed gives the same rows, bit for bit, on
     *              every machine
     * @return rows that are disjoint: no row of the source is in two of the three sets
     * @throws InvalidDataException if a file is missing, damaged, unsuitable or smaller than {@code sizes}
     */
    DataSplit load(SplitSizes sizes, long seed);

    /**
     * The files that the rows are read from; none if they are drawn.
     *
     * @throws InvalidDataException if a file is missing
     */
    default List<Path> files() {
        return List.of();
    }
}
