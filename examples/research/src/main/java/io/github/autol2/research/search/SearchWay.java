package io.github.autol2.research.search;

import io.github.autol2.program.search.Search.Generator;
import io.github.autol2.program.search.Search.Prune;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A way to search.
 *
 * @param generator proposes the candidates
 * @param prune     gives them up
 */
public record SearchWay(Generator generator, Prune prune) {

    /** What all others are measured by. */
    public static final SearchWay RANDOM = new SearchWay(Generator.RANDOM, Prune.NONE);

    /** {@return all generators, each without pruning and with successive halving} */
    public static List<SearchWay> all() {
        return Stream.of(Generator.values())
                .flatMap(generator -> Stream.of(Prune.NONE, Prune.ASHA).map(prune -> new SearchWay(generator, prune)))
                .toList();
    }

    /** {@return its name in settings and files: the generator, and asha behind it} */
    public String label() {
        return generator.name().toLowerCase(Locale.ROOT) + (prune == Prune.NONE ? "" : "-asha");
    }
}
