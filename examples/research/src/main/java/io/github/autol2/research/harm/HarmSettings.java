package io.github.autol2.research.harm;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.config.InputFiles;
import io.github.autol2.program.config.Seeds;
import io.github.autol2.program.data.IdxFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys {@code harm.*} and {@code seeds}.
 *
 * @param programs   at least one
 * @param iterations numbers of iterations, each at least 1
 * @param seeds      each training is repeated with each
 * @param mnist      the files of MNIST, if programs may train on it
 */
public record HarmSettings(
        List<HarmProgram> programs, List<Integer> iterations, List<Long> seeds, Optional<IdxFiles> mnist) {

    private static final List<Integer> ITERATIONS = List.of(100, 300, 1_000, 3_000);

    public HarmSettings {
        programs = List.copyOf(programs);
        iterations = List.copyOf(iterations);
        seeds = List.copyOf(seeds);
    }

    /**
     * Reads all keys.
     *
     * @throws io.github.autol2.config.SettingsException if there is any problem
     */
    public static HarmSettings read(SettingsReader reader) {
        List<Long> seeds = Seeds.read(reader, List.of(1L, 2L, 3L));
        List<Integer> iterations = reader.value(
                "harm.iterations", ITERATIONS, Format.integers(Range.atLeast(1)), "how long each program trains");
        Optional<IdxFiles> mnist = reader.optional(
                        "harm.mnist",
                        "no MNIST",
                        Format.path(),
                        "folder with MNIST's four files, for programs on MNIST")
                .map(IdxFiles::new);
        List<HarmProgram> all = new ArrayList<>(HarmPrograms.generated());
        mnist.ifPresent(files -> all.addAll(HarmPrograms.onMnist(files)));
        Optional<List<String>> only = reader.optional(
                "harm.programs",
                "all",
                Format.names(all.stream().map(HarmProgram::name).toList()),
                "the only programs");
        reader.finish();
        return new HarmSettings(
                all.stream()
                        .filter(program -> only.isEmpty() || only.get().contains(program.name()))
                        .toList(),
                iterations,
                seeds,
                mnist);
    }

    /** All that a finished run depends on, with what the files of MNIST hold. */
    public Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("command", "figure harm");
        parts.put("seeds", seeds.toString());
        parts.put("harm.iterations", iterations.toString());
        parts.put(
                "harm.programs",
                programs.stream().map(HarmProgram::name).toList().toString());
        mnist.ifPresent(files -> {
            parts.put("harm.mnist", files.folder().toString());
            parts.putAll(InputFiles.hashes(files));
        });
        return parts;
    }
}
