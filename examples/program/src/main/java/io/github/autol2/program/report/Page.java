package io.github.autol2.program.report;

import io.github.autol2.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.text.StringEscapeUtils;

/**
 * A web page in one file: no scripts, no fonts and no addresses outside of it, readable on a phone and on paper. All text is escaped.
 * Not thread-safe.
 */
public final class Page {

    private static final String STYLE = """
            :root { color-scheme: light; }
            body { font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: #1b1b1b; background: #fff;
              max-width: 60rem; margin: 0 auto; padding: 1rem; }
            h1 { font-size: 1.6rem; line-height: 1.25; margin: 1rem 0 .5rem; }
            h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
            .lead { font-size: 1.1rem; }
            figure { margin: 1rem 0; break-inside: avoid; }
            figure svg { width: 100%; height: auto; display: block; }
            figcaption { color: #555; font-size: .9rem; }
            .scroll { overflow-x: auto; }
            table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; margin: .5rem 0; }
            th, td { padding: .3rem .6rem; text-align: right; border-bottom: 1px solid #ddd; white-space: nowrap; }
            th:first-child, td:first-child { text-align: left; }
            th { border-bottom: 2px solid #888; white-space: normal; vertical-align: bottom; }
            .notes li { margin: .3rem 0; }
            footer { margin-top: 2rem; color: #555; font-size: .85rem; border-top: 1px solid #ddd; padding-top: .5rem; }
            @media screen and (max-width: 40rem) { figure { overflow-x: auto; } figure svg { width: 40rem; } }
            @media print { body { max-width: none; font-size: 11pt; padding: 0; } h2 { break-after: avoid; } }
            """;

    /** A browser refuses whatever is not in the file itself. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private final String title;
    private final StringBuilder body = new StringBuilder();
    private String refresh = "";

    public Page(String title) {
        this.title = title;
        body.append("<h1>").append(escape(title)).append("</h1>\n");
    }

    /** The answer, in larger letters. */
    public Page lead(String text) {
        body.append("<p class=\"lead\">").append(escape(text)).append("</p>\n");
        return this;
    }

    public Page heading(String text) {
        body.append("<h2>").append(escape(text)).append("</h2>\n");
        return this;
    }

    public Page paragraph(String text) {
        body.append("<p>").append(escape(text)).append("</p>\n");
        return this;
    }

    /** A list of sentences; nothing if there are none. */
    public Page notes(List<String> sentences) {
        if (!sentences.isEmpty()) {
            body.append("<ul class=\"notes\">\n");
            sentences.forEach(
                    sentence -> body.append("<li>").append(escape(sentence)).append("</li>\n"));
            body.append("</ul>\n");
        }
        return this;
    }

    /** Asks the browser to load the page again after so many seconds. */
    public Page refreshedAfter(int seconds) {
        refresh = "<meta http-equiv=\"refresh\" content=\"" + seconds + "\">\n";
        return this;
    }

    public Page chart(LineChart chart, String caption) {
        return figure(chart.svg(), caption);
    }

    public Page chart(ParallelCoordinates chart, String caption) {
        return figure(chart.svg(), caption);
    }

    private Page figure(String svg, String caption) {
        body.append("<figure>\n")
                .append(svg)
                .append("\n<figcaption>")
                .append(escape(caption))
                .append("</figcaption></figure>\n");
        return this;
    }

    /** A table; the first column is text, the others are numbers. */
    public Page table(List<String> header, List<List<String>> rows) {
        body.append("<div class=\"scroll\"><table>\n<thead>")
                .append(row("th", header))
                .append("</thead>\n<tbody>\n");
        rows.forEach(row -> body.append(row("td", row)).append('\n'));
        body.append("</tbody></table></div>\n");
        return this;
    }

    /** The keys of a run with their values. */
    public Page settings(Map<String, String> config) {
        return heading("Settings")
                .table(
                        List.of("key", "value"),
                        config.entrySet().stream()
                                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                                .toList());
    }

    /**
     * A footer that names the paper.
     *
     * @param programs with their versions
     */
    public Page madeBy(String programs) {
        return footer("Made by " + programs
                + ". Method: A. Lewkowycz and G. Gur-Ari, On the training dynamics of deep networks with L2 regularization, "
                + "arXiv:2006.08643.");
    }

    public Page footer(String text) {
        body.append("<footer>").append(escape(text)).append("</footer>\n");
        return this;
    }

    /** Replaces the file in one step. */
    public void write(Path file) throws IOException {
        AtomicFile.write(file, temporary -> Files.writeString(temporary, html()));
    }

    /** The whole page. */
    public String html() {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY
                + "\">\n" + refresh + "<link rel=\"icon\" href=\"data:,\">\n<title>"
                + escape(title) + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n" + body
                + "</body>\n</html>\n";
    }

    private static String row(String cell, List<String> texts) {
        StringBuilder row = new StringBuilder("<tr>");
        texts.forEach(text -> row.append('<')
                .append(cell)
                .append('>')
                .append(escape(text))
                .append("</")
                .append(cell)
                .append('>'));
        return row.append("</tr>").toString();
    }

    private static String escape(String text) {
        return StringEscapeUtils.escapeHtml4(text);
    }
}
