package io.github.autol2.program.cli;

import io.github.autol2.files.AtomicFile;
import io.github.autol2.files.ZipCopy;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.TableRecipe;
import io.github.autol2.program.results.TableModel;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.search.Search;
import io.github.autol2.program.search.SearchFiles;
import io.github.autol2.program.search.SearchReport;
import io.github.autol2.program.search.SearchResult;
import io.github.autol2.program.search.SearchTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a search leaves behind: its files and a table on the terminal.
 *
 * @param out    the folder of the files
 * @param output the terminal
 */
record SearchOutput(Path out, PrintWriter output) {

    private static final String MODEL = "model.zip";
    private static final String RESULT = "search.json";
    private static final String REPORT = "report.html";

    /** The names of all files that it writes. */
    static String[] names() {
        return new String[] {RESULT, REPORT, MODEL};
    }

    /** Puts the results in the place of earlier ones, and the finished parts aside. */
    void write(UnfinishedRun run, Search search, SearchResult result, Map<String, String> parts, RunInput input)
            throws IOException {
        boolean replaces = Files.exists(out.resolve(RESULT));
        run.replaceResults(folder -> files(folder, search, result, parts, input));
        if (replaces && result.best().isEmpty()) {
            Files.deleteIfExists(out.resolve(MODEL)); // of an earlier search
        }
        input.changed().forEach(output::println);
        if (!run.setAside()) {
            output.println("Note: " + out.resolve(UnfinishedRun.SET_ASIDE)
                    + " holds files that autol2 has not written, so the "
                    + "candidates are not kept there: this search cannot be extended.");
        }
        print(
                result,
                "Written to " + out + ": report.html, search.json"
                        + (result.best().isPresent() ? ", model.zip." : "."));
    }

    private static void files(
            Path folder, Search search, SearchResult result, Map<String, String> parts, RunInput input)
            throws IOException {
        RunSettings settings = input.settings();
        long iterations = Search.iterations(settings);
        new SearchReport(result, parts, iterations, settings.data().validationSize())
                .page()
                .write(folder.resolve(REPORT));
        if (result.best().isPresent()) {
            Optional<TableRecipe> table = input.data().table();
            Map<String, byte[]> further = table.isPresent() ? TableModel.entries(table.get()) : Map.of();
            Path model = folder.resolve(MODEL);
            AtomicFile.write(model, temporary -> ZipCopy.write(search.model(), temporary, further));
        }
        SearchFiles.write(folder.resolve(RESULT), parts, result, iterations);
    }

    /** Tells what was found, and a last line. */
    void print(SearchResult result, String written) {
        output.println(SearchTable.of(result));
        result.unfinished().forEach(output::println);
        result.best()
                .ifPresent(best -> output.printf(
                        Locale.ROOT,
                        "The best, candidate %d: %.2f %% of the validation examples, %.2f %% of the "
                                + "test examples.%n",
                        best.index(),
                        100 * best.validationAccuracy(),
                        100 * result.testAccuracy()));
        output.println(written);
        output.flush();
    }
}
