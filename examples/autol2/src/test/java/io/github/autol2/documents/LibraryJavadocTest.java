package io.github.autol2.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the libraries publish is documented: each public or protected class and member has a comment, with all its parameters, its result
 * and its checked exceptions. The header of a record says this for its canonical constructor and its accessors.
 */
@Tag("slow")
class LibraryJavadocTest {

    private static final List<String> LIBRARIES = List.of("autol2-core", "autol2-dl4j-listener", "autol2-arbiter");

    @TempDir
    Path folder;

    @Test
    void nothingIsMissingInTheLibraries() throws IOException {
        Path[] sources = sources();

        List<String> missing = complaints(sources);

        assertThat(sources).hasSizeGreaterThan(100);
        assertThat(missing).isEmpty();
    }

    @Test
    void missesWhatIsMissing() throws IOException {
        Path source = folder.resolve("Bare.java");
        Files.writeString(source, """
                package bare;
                /** With a comment. */
                public class Bare {
                    /** Without its parameter and its result. */
                    public int half(int whole) {
                        return whole / 2;
                    }
                    protected Bare() {}
                    /** {@return the third} @param whole any */
                    int third(int whole) {
                        return whole / 3;
                    }
                }
                """);

        assertThat(complaints(source))
                .containsExactlyInAnyOrder(
                        "Bare.java:5 no @param for whole", "Bare.java:5 no @return", "Bare.java:8 no comment");
    }

    private static Path[] sources() throws IOException {
        Stream.Builder<Path> all = Stream.builder();
        for (String library : LIBRARIES) {
            try (Stream<Path> files = Files.walk(Document.ROOT.resolve(library).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(all);
            }
        }
        return all.build().toArray(Path[]::new);
    }

    private List<String> complaints(Path... sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options = List.of(
                "-proc:none",
                "-Xmaxwarns",
                "1000",
                "-Xdoclint:all/protected",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString());
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(null, files, found, options, null, files.getJavaFileObjects(sources))
                    .call();
            assertThat(compiled).as(found.getDiagnostics().toString()).isTrue();
        }
        return found.getDiagnostics().stream()
                .filter(complaint -> complaint.getKind() != Diagnostic.Kind.NOTE)
                .filter(complaint -> !isSaidByARecord(complaint))
                .map(LibraryJavadocTest::text)
                .toList();
    }

    /** Whether it is the canonical constructor of a record or one of its accessors, which alone can lack a comment and override. */
    private static boolean isSaidByARecord(Diagnostic<? extends JavaFileObject> complaint) {
        List<String> lines = source(complaint).lines().map(String::strip).toList();
        int line = Math.toIntExact(complaint.getLineNumber()) - 1;
        String member = lines.stream()
                .skip(line)
                .filter(text -> !text.startsWith("*") && !text.startsWith("/**"))
                .findFirst()
                .orElseThrow();
        return lines.get(line - 1).equals("@Override") || member.matches("public [A-Z]\\w* \\{");
    }

    private static String source(Diagnostic<? extends JavaFileObject> complaint) {
        try {
            return complaint.getSource().getCharContent(true).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Diagnostic<? extends JavaFileObject> complaint) {
        return Path.of(complaint.getSource().getName()).getFileName() + ":" + complaint.getLineNumber() + " "
                + complaint.getMessage(Locale.ROOT);
    }
}
