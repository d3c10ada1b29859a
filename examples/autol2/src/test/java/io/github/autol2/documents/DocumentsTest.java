package io.github.autol2.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.cli.Autol2;
import io.github.autol2.program.cli.Subcommands;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.search.SearchSettings;
import io.github.autol2.program.tuning.TuningSettings;
import io.github.autol2.research.law.LawSettings;
import io.github.autol2.research.theory.CurveSettings;
import io.github.autol2.research.theory.Figure5Settings;
import io.github.autol2.research.theory.InvarianceSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The documents tell the truth: Java is compiled and run, commands are parsed, settings are read, links lead somewhere. */
class DocumentsTest {

    private static final String QUICKSTART = "examples/quickstart/src/main/java/io/github/autol2/quickstart/";

    @TempDir
    private Path folder;

    static List<Document> documents() {
        return Document.all();
    }

    static List<Snippet> snippets() {
        return Snippet.all();
    }

    static List<String> commands() {
        return documents().stream()
                .flatMap(document -> document.commands().stream())
                .distinct()
                .toList();
    }

    @Test
    void theReadmeFitsOnAPage() {
        assertThat(Document.of("README.md").text().lines()).hasSizeLessThanOrEqualTo(150);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("snippets")
    void everyJavaSnippetCompilesAndThoseThatTrainRun(Snippet snippet) throws Exception {
        if (snippet.trains()) {
            snippet.run(folder);
        } else {
            snippet.compile(folder);
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsToAFileAndAHeading(Document document) {
        assertThat(document.links()).allSatisfy(link -> {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty()
                    ? document.file()
                    : document.file().resolveSibling(parts[0]).normalize();
            assertThat(target).as("%s in %s", link, document).exists();
            if (parts.length == 2) {
                assertThat(Document.of(Document.ROOT.relativize(target).toString())
                                .anchors())
                        .as("%s in %s", link, document)
                        .contains(parts[1]);
            }
        });
    }

    /** Options are parsed and settings are read; nothing runs. */
    @ParameterizedTest
    @MethodSource("commands")
    void theProgramTakesEveryCommand(String command) throws IOException {
        for (String key : List.of("data.path", "data.validationPath", "data.testPath")) {
            Files.createFile(folder.resolve(key + ".csv"));
        }
        String found = command.replace("data.path=mnist", "data.path=" + folder)
                .replaceAll(
                        "(data\\.\\w*[pP]ath)=\\w+\\.csv",
                        "$1=" + Matcher.quoteReplacement(folder + File.separator) + "$1.csv");

        parse(found);

        if (!found.startsWith("figure")) { // which has keys of its own
            RunSettings.read(Settings.load(Optional.empty(), keys(found)));
        }
    }

    @Test
    void theProgramRefusesWhatItDoesNotHave() {
        assertThatThrownBy(() -> parse("tune --no-such-option")).isInstanceOf(UnmatchedArgumentException.class);
        assertThatThrownBy(() -> parse("no-such-command")).isInstanceOf(UnmatchedArgumentException.class);
    }

    /** A command in a line of text may leave out what it needs, but may have nothing that does not exist. */
    private static void parse(String command) {
        CommandLine program = new CommandLine(new Autol2());
        ServiceLoader.load(Subcommands.class).forEach(module -> module.all().forEach(program::addSubcommand));
        try {
            program.setCaseInsensitiveEnumValuesAllowed(true).parseArgs(command.split(" "));
        } catch (MissingParameterException e) {
            assertThat(command).doesNotContain("--");
        }
    }

    /** The settings that a command names. */
    private static List<String> keys(String command) {
        return Stream.of(command.split("--set "))
                .skip(1)
                .map(part -> part.split(" ", 2)[0])
                .toList();
    }

    @Test
    void whatIsRunByItsClassExists() {
        List<String> classes = documents().stream()
                .flatMap(document ->
                        document.matches("io\\.github\\.autol2\\.((?:quickstart|benchmark)\\.[A-Z]\\w+)").stream())
                .toList();
        assertThat(classes)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(Stream.of("quickstart", "benchmarks")
                                .map(module -> Document.ROOT.resolve("examples/" + module
                                        + "/src/main/java/io/github/autol2/" + name.replace('.', '/') + ".java")))
                        .as(name)
                        .anyMatch(Files::exists));
    }

    @Test
    void everyTestThatACaseNamesExists() throws IOException {
        List<Path> sources = testSources();
        assertThat(Document.of("examples/CASES.md").matches("`(\\w+Test\\.\\w+)`"))
                .hasSizeGreaterThan(50)
                .allSatisfy(name -> {
                    String[] parts = name.split("\\.", 2);
                    Path source = sources.stream()
                            .filter(file -> file.endsWith(parts[0] + ".java"))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("there is no " + parts[0]));
                    assertThat(source).content().as(name).contains("void " + parts[1] + "(");
                });
    }

    @Test
    void everyCaseNamesATest() {
        List<String> cases = Document.of("examples/CASES.md").matches("(?m)^(\\| (?!case ).*)$");

        assertThat(cases)
                .hasSizeGreaterThan(50)
                .allSatisfy(row -> assertThat(row).containsPattern("`\\w+Test\\.\\w+`"));
    }

    private static List<Path> testSources() throws IOException {
        try (Stream<Path> files = Files.walk(Document.ROOT)) {
            return files.filter(file -> file.toString().contains("src" + File.separator + "test"))
                    .filter(file -> file.toString().endsWith("Test.java"))
                    .toList();
        }
    }

    @Test
    void everyProgramOfTheQuickstartIsLinkedFromTheReadmeAndFromTheExamples() throws IOException {
        try (Stream<Path> files = Files.list(Document.ROOT.resolve(QUICKSTART))) {
            for (Path file : files.toList()) {
                if (Files.readString(file).contains("static void main")) {
                    String link = Document.ROOT.relativize(file).toString().replace('\\', '/');
                    assertThat(Document.of("README.md").links()).contains(link);
                    assertThat(Document.of("examples/README.md").links()).contains(link.replaceFirst("examples/", ""));
                }
            }
        }
    }

    @Test
    void thePropertiesAreValidSettings() throws IOException {
        List<String> blocks = documents().stream()
                .flatMap(document -> document.blocks("properties").stream())
                .toList();
        for (String properties : blocks) {
            Path file = Files.writeString(folder.resolve("settings.properties"), properties);

            RunSettings.read(Settings.load(Optional.of(file), List.of()));
        }
        assertThat(blocks).isNotEmpty();
    }

    @Test
    void theTablesOfKeysAreTheProgramsOwn() {
        String head = "| key | default | allowed | meaning |\n|---|---|---|---|\n";
        String commands = Stream.<Consumer<SettingsReader>>of(
                        TuningSettings::read,
                        SearchSettings::read,
                        LawSettings::read,
                        CurveSettings::read,
                        InvarianceSettings::read,
                        Figure5Settings::read)
                .flatMap(settings ->
                        rows(settings).filter(row -> !row.startsWith("| `data.") && !row.startsWith("| `seeds`")))
                .collect(Collectors.joining("\n"));

        assertThat(documents())
                .filteredOn(document -> document.text().contains(head))
                .singleElement()
                .satisfies(document -> assertThat(document.text())
                        .contains(head + rows(RunSettings::read).collect(Collectors.joining("\n")) + "\n\n")
                        .contains(head + commands + "\n\n"));
    }

    private static Stream<String> rows(Consumer<SettingsReader> settings) {
        SettingsReader reader = new SettingsReader(Settings.load(Optional.empty(), List.of()));
        settings.accept(reader);
        return reader.described().stream()
                .map(key -> "| `" + key.key() + "` | " + key.byDefault() + " | " + key.allowed() + " | "
                        + key.description() + " |");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void mavenCoordinatesAreThoseOfTheModules(Document document) throws IOException {
        List<String> ours = document.blocks("xml").stream()
                .filter(snippet -> element(snippet, "groupId").equals("io.github.autol2"))
                .toList();
        for (String snippet : ours) {
            String pom = Files.readString(
                    Document.ROOT.resolve(element(snippet, "artifactId")).resolve("pom.xml"));
            for (String tag : List.of("groupId", "version")) {
                assertThat(element(snippet, tag)).isEqualTo(element(pom, tag)); // the parent's
            }
        }
    }

    /** The script .ci/languages builds these files and trains with them. */
    @Test
    void snippetsInOtherLanguagesAreFilesThatAreBuilt() throws IOException {
        Document listener = Document.of("autol2-dl4j-listener/README.md");

        assertThat(listener.blocks("kotlin")).containsExactly(built(".ci/kotlin/src/main/kotlin/Train.kt"));
        assertThat(listener.blocks("groovy")).containsExactly(built(".ci/gradle/autol2.gradle"));
        assertThat(built(".ci/gradle/build.gradle")).contains("apply from: 'autol2.gradle'");
    }

    @Test
    void gradleCoordinatesAreThoseOfTheModules() throws IOException {
        String pom = built("autol2-dl4j-listener/pom.xml");

        assertThat(built(".ci/gradle/autol2.gradle"))
                .contains("'%s:autol2-dl4j-listener:%s'"
                        .formatted(element(pom, "groupId"), element(pom, "version"))); // the parent's
    }

    private static String built(String file) throws IOException {
        return Files.readString(Document.ROOT.resolve(file));
    }

    @Test
    void theCommandsNameWhatTheBuildMakes() throws IOException {
        for (String jar : List.of("autol2", "quickstart", "benchmarks")) {
            assertThat(Files.readString(Document.ROOT.resolve("examples/" + jar + "/pom.xml")))
                    .contains("<finalName>" + jar + "</finalName>");
        }
        assertThat(Files.readString(Document.ROOT.resolve(".ci/run")))
                .contains("mvn")
                .contains(" verify");
        assertThat(Document.of("README.md").blocks("bash"))
                .contains("mvn verify\n")
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(documents())
                .allSatisfy(document -> assertThat(document.blocks("bash"))
                        .allSatisfy(block -> assertThat(block.lines())
                                .allSatisfy(line -> assertThat(line)
                                        .containsPattern(
                                                "^mvn |examples/target/(autol2|quickstart|benchmarks)\\.jar"))));
    }

    private static String element(String xml, String tag) {
        Matcher matcher = Pattern.compile("<" + tag + ">([^<]+)</" + tag + ">").matcher(xml);
        assertThat(matcher.find()).as(tag).isTrue();
        return matcher.group(1);
    }
}
