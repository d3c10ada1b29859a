package io.github.autol2.config;

import static io.github.autol2.config.SettingsFiles.message;
import static io.github.autol2.config.SettingsFiles.reader;
import static io.github.autol2.config.SettingsFiles.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A settings file is data: it reaches nothing outside itself. */
class SettingsSecurityTest {

    @TempDir
    Path folder;

    @Test
    void replacesAReferenceByAnotherKeysValue() {
        // given
        SettingsReader reader = reader(write(folder, "a.yaml", "a: \"1\"\nb: ${a}/${ a }\n"), "a=$x");

        // when
        Path b = reader.optional("b", "none", Format.path(), "b").orElseThrow();

        // then
        assertThat(b).hasToString("$x/$x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${env:HOME}",
                "${sys:user.home}",
                "${script:javascript:1+1}",
                "${java:version}",
                "${date:yyyy}",
                "${url:UTF-8:http://localhost/}",
                "${dns:localhost}",
                "${file:UTF-8:/etc/hostname}",
                "${localhost:name}",
                "${const:java.lang.Integer.MAX_VALUE}",
                "${base64Decoder:SGVsbG8=}",
                "${urlDecoder:a%20b}",
                "${xml:a.xml:/r}",
                "${properties:a.properties::a}",
                "${resourceBundle:a:b}",
                "${bundle:a:b}",
                "${expr:1+1}",
                "${missing}",
                "${env:HOME:-x}",
                "${${a}}",
                "${a",
                "${}"
            })
    void looksUpNothingOutsideTheFile(String reference) {
        for (String name : List.of("a.properties", "a.yaml", "a.xml")) {
            // given
            String text = switch (name) {
                case "a.properties" -> "a=1\nb=" + reference + "\n";
                case "a.yaml" -> "a: 1\nb: '" + reference + "'\n";
                default -> "<r><a>1</a>\n<b>" + reference + "</b></r>";
            };

            // then
            assertThat(readMessage(write(folder, name, text)))
                    .isEqualTo(name + ":2: b may refer only to given keys with a plain value, got " + reference);
        }
        assertThat(message(folder, () -> read(reader("a=1", "b=" + reference))))
                .startsWith("--set: b may refer only to given keys");
    }

    @ParameterizedTest
    @CsvSource({"${a}, ${b}", "${b}, 1", "1, ${b}"})
    void followsNoReferenceInCirclesOrToAnotherReference(String a, String b) {
        assertThat(message(folder, () -> read(reader("a=" + a, "b=" + b, "c=${a}${b}"))))
                .contains("--set: c may refer only to given keys with a plain value, got ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"include", "Include", "includeOptional"})
    void includesNoOtherPropertiesFile(String include) {
        // given
        Path other = write(folder, "other.properties", "x=1\n"); // an unknown key, if it were read
        Path file = write(folder, "a.properties", "b=1\n" + include + "=" + other.toUri() + "\n");

        // then
        assertThat(readMessage(file))
                .isEqualTo("a.properties:2: " + include + " is not allowed: all settings are in one file");
    }

    @Test
    void readsNoExternalXmlEntity() {
        write(folder, "secret.txt", "secret");
        for (String declared : List.of(
                "<!DOCTYPE r [<!ENTITY x SYSTEM \"secret.txt\">]>",
                "<!DOCTYPE r SYSTEM \"secret.txt\">",
                "<!DOCTYPE r [<!ENTITY % p SYSTEM \"secret.txt\"> %p;]>",
                "<!DOCTYPE r [<!ENTITY x \"secret\">]>",
                "<!DOCTYPE r>")) {
            assertThat(readMessage(
                            write(folder, "a.xml", "<?xml version='1.0'?>\n" + declared + "\n<r><a>&x;</a></r>")))
                    .isEqualTo("a.xml:2: DTDs and entities are not allowed");
        }
    }

    /** The JDK's parser has no text for its own error. */
    @Test
    void refusesACharacterInADtdThatXmlDoesNotKnow() {
        assertThat(readMessage(write(folder, "a.xml", "<!DOCTYPE r [\u0001]><r><a>1</a></r>")))
                .isEqualTo("a.xml: is not valid XML: InvalidCharInDTD");
    }

    @Test
    void refusesEntitiesWithoutADtd() {
        assertThat(readMessage(write(folder, "a.xml", "<r>\n<a>&x;</a></r>")))
                .startsWith("a.xml:2: is not valid XML: ");
        assertThat(read(reader(write(folder, "b.xml", "<r><a>&lt;&#65;</a></r>"))))
                .hasToString("<A");
    }

    @Test
    void refusesXmlAttributesAndInclusions() {
        write(folder, "other.xml", "<a>1</a>");

        assertThat(readMessage(write(folder, "a.xml", "<r>\n<a b='1'/></r>")))
                .isEqualTo("a.xml:2: attributes are not allowed, got one in <a>");
        assertThat(readMessage(write(
                        folder,
                        "b.xml",
                        "<r xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='other.xml'/></r>")))
                .isEqualTo("b.xml:1: attributes are not allowed, got one in <r>");
    }

    @Test
    void refusesDeepXml() {
        String open = "<r>" + "<a>".repeat(20);
        String close = "</a>".repeat(20) + "</r>";

        assertThat(readMessage(write(folder, "a.xml", open + "1" + close))).contains("unknown key a.a.");
        assertThat(readMessage(write(folder, "b.xml", open + "<a>1</a>" + close)))
                .isEqualTo("b.xml:1: elements must not be nested more than 20 deep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!javax.script.ScriptEngineManager [1]",
                "!!java.net.URL ['http://localhost/']",
                "!!binary aGVsbG8=",
                "!!java.util.Date {}",
                "!mine x",
                "!!set {x}",
                "!!java.lang.String x",
                "[!mine x]"
            })
    void constructsNoObjectFromYaml(String value) {
        assertThat(readMessage(write(folder, "a.yaml", "b: 1\na: " + value + "\n")))
                .matches("a.yaml:2: (tags are not|is not valid YAML: Global tag is not) allowed.*");
    }

    @Test
    void refusesYamlAliases() {
        assertThat(readMessage(write(folder, "a.yaml", "b: &x 1\na: *x\n")))
                .isEqualTo("a.yaml:2: aliases are not allowed, got *x");
        assertThat(readMessage(write(folder, "b.yaml", "b: &x [*x]\n")))
                .isEqualTo("b.yaml:1: aliases are not allowed, got *x");
        assertThat(readMessage(write(folder, "c.yaml", "b: &x {c: 1}\n<<: *x\n")))
                .isEqualTo("c.yaml:2: aliases are not allowed, got *x");
    }

    @Test
    void refusesBombsQuickly() {
        // given
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x]\n");
        StringBuilder properties = new StringBuilder("a0=xxxxxxxxxx\n");
        for (int i = 1; i < 45; i++) {
            yaml.append("a%1$d: &a%1$d [*a%2$d, *a%2$d]\n".formatted(i, i - 1));
            properties.append("a%1$d=${a%2$d}${a%2$d}\n".formatted(i, i - 1));
        }
        String deep = "a: " + "[".repeat(20_000) + "]".repeat(20_000);

        // then
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(readMessage(write(folder, "a.yaml", yaml.toString()))).contains("aliases are not allowed");
            assertThat(readMessage(write(folder, "a.properties", properties + "a=${a44}\n")))
                    .contains("a may refer only to given");
            assertThat(readMessage(write(folder, "b.yaml", deep)))
                    .contains("groups must not be nested more than 20 deep");
        });
    }

    @Test
    void keepsMessagesOnOneShortLine() {
        String message = readMessage(write(folder, "a.yaml", "\"k\\e[31m\\nk\": 1\n"));

        assertThat(message).isEqualTo("a.yaml:1: unknown key k [31m k");
        assertThat(message(folder, () -> read(reader("k".repeat(100_000) + "=1"))))
                .hasSizeLessThan(400);
    }

    private String readMessage(Path file) {
        return message(folder, () -> read(Settings.load(Optional.of(file), List.of())));
    }

    private static Path read(Settings settings) {
        return read(new SettingsReader(settings));
    }

    private static Path read(SettingsReader reader) {
        Path a = reader.optional("a", "none", Format.path(), "a").orElse(null);
        reader.optional("b", "none", Format.path(), "b");
        reader.optional("c", "none", Format.path(), "c");
        reader.finish();
        return a;
    }
}
