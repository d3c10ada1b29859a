package io.github.autol2.research.figure;

import io.github.autol2.program.report.Page;
import io.github.autol2.program.results.NumberTable;
import io.github.autol2.program.results.Versions;
import io.github.autol2.research.figure.PaperFigure.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A figure as CSV, SVG and PNG, and a page with the paper's claim beside what was measured. */
public final class FigureReport {

    private final PaperFigure figure;
    private final List<Part> parts;
    private final List<FigureResult> results;

    /**
     * @param results one for each part
     */
    public FigureReport(PaperFigure figure, List<Part> parts, List<FigureResult> results) {
        this.figure = figure;
        this.parts = List.copyOf(parts);
        this.results = List.copyOf(results);
    }

    /** Writes figure-N.html, a CSV file for each table, SVG and PNG for each panel. */
    public void write(Path folder, double seconds) throws IOException {
        Page page = new Page("Figure " + figure.label() + ": " + figure.title());
        page.paragraph("The paper: " + figure.claim());
        results.forEach(result -> page.lead(result.sentence()).notes(result.notes()));
        for (int i = 0; i < parts.size(); i++) {
            if (parts.size() > 1) {
                page.heading(parts.get(i).name());
            }
            for (Map.Entry<String, NumberTable> table : results.get(i).tables().entrySet()) {
                table.getValue().write(folder.resolve(file(table.getKey(), "csv")));
            }
            for (FigureResult.Panel panel : results.get(i).panels()) {
                panel.chart().writeSvg(folder.resolve(file(panel.name(), "svg")));
                panel.chart().writePng(folder.resolve(file(panel.name(), "png")));
                page.chart(panel.chart(), panel.caption());
            }
        }
        page.heading("Settings").table(header(), settings());
        page.footer(String.format(
                        Locale.ROOT,
                        "Made by autol2 %s with Deeplearning4j %s; the last session took %.0f s.",
                        Versions.AUTOL2,
                        Versions.DEEPLEARNING4J,
                        seconds))
                .write(folder.resolve(file(figure.label(), "html")));
    }

    private static String file(String name, String ending) {
        return "figure-" + name + "." + ending;
    }

    private List<String> header() {
        List<String> header = new ArrayList<>(List.of("key"));
        parts.forEach(part -> header.add(part.name()));
        return header;
    }

    private List<List<String>> settings() {
        List<List<String>> rows = new ArrayList<>();
        for (String key : parts.get(0).settings().keySet()) {
            List<String> row = new ArrayList<>(List.of(key));
            parts.forEach(part -> row.add(part.settings().get(key)));
            rows.add(row);
        }
        return rows;
    }
}
