package io.github.autol2.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Markdown file of the project, taken to pieces. */
record Document(Path file, String text) {

    /** The folder of the parent POM. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    /** What a reader is meant to read; RESULTS is last. */
    private static final List<String> FILES = List.of(
            "README.md",
            "autol2-core/README.md",
            "autol2-dl4j-listener/README.md",
            "autol2-arbiter/README.md",
            "examples/README.md",
            "examples/CASES.md",
            "examples/RESULTS.md");

    static List<Document> all() {
        return FILES.stream().map(Document::of).toList();
    }

    static Document of(String name) {
        Path file = ROOT.resolve(name);
        try {
            return new Document(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fenced blocks of a language. */
    List<String> blocks(String language) {
        return matches("(?ms)^```" + language + "\n(.*?)^```");
    }

    /** The targets of links and pictures, but not those on other sites. */
    List<String> links() {
        String prose = text.replaceAll("(?ms)^```.*?^```", "").replaceAll("`[^`\n]*`", "code");
        return Stream.concat(
                        matches(prose, "\\]\\(([^)\\s]+)\\)").stream(),
                        matches(prose, "(?m)^\\[[^\\]]+\\]: (\\S+)$").stream())
                .filter(target -> !target.startsWith("https:"))
                .toList();
    }

    /** The names that GitHub gives to the headings, for links to them. */
    List<String> anchors() {
        return matches(text.replaceAll("(?ms)^```.*?^```", ""), "(?m)^#+ (.*)$").stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** What is given to the program {@code autol2}, in blocks and in lines of text. */
    List<String> commands() {
        return Stream.concat(
                        blocks("bash").stream().flatMap(block -> matches(block, "(?m)autol2\\.jar (.*)$").stream()),
                        matches("`autol2 ([^`]+)`").stream())
                .toList();
    }

    /** The first group of each match. */
    List<String> matches(String pattern) {
        return matches(text, pattern);
    }

    private static List<String> matches(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toList());
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }
}
