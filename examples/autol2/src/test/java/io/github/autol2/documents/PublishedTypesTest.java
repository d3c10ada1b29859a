package io.github.autol2.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.autol2.arbiter.SearchRunner;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the comparison of versions leaves out serves these modules only: no user meets it in a signature, and its javadoc says so.
 */
@Tag("slow")
class PublishedTypesTest {

    private static final String ROOT = "io.github.autol2.";
    private static final List<String> LIBRARIES = List.of("autol2-core", "autol2-dl4j-listener", "autol2-arbiter");
    private static final Pattern EXCLUDE = Pattern.compile("<exclude>(io\\.github\\.autol2\\.[^<]+)</exclude>");
    private static final Pattern MAY_CHANGE = Pattern.compile("may change with\\s+(\\*\\s+)?any\\s+(\\*\\s+)?version");
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.autol2");

    /** Packages and types, as the parent POM names them for japicmp. */
    private static List<String> leftOut() throws IOException {
        return EXCLUDE.matcher(comparison())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** The settings of japicmp. */
    private static String comparison() throws IOException {
        String pom = Files.readString(Document.ROOT.resolve("pom.xml"));
        String plugin = pom.substring(pom.indexOf("<artifactId>japicmp-maven-plugin"));
        return plugin.substring(0, plugin.indexOf("</excludes>"));
    }

    private static boolean isIn(JavaClass type, List<String> names) {
        String name = type.getBaseComponentType().getName();
        return names.stream().anyMatch(left -> (name + ".").replace('$', '.').startsWith(left + "."));
    }

    /** Of the three libraries, and seen by users. */
    private static boolean isPublished(JavaClass type, List<String> leftOut) {
        boolean ofExamples = Stream.of("program", "research", "quickstart", "benchmark")
                .anyMatch(part -> type.getPackageName().startsWith(ROOT + part));
        Optional<JavaClass> outer = type.getEnclosingClass();
        return !ofExamples
                && type.getModifiers().contains(JavaModifier.PUBLIC)
                && !isIn(type, leftOut)
                && (outer.isEmpty() || isPublished(outer.get(), leftOut));
    }

    private static boolean isSeen(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        boolean isFinal = member.getOwner().getModifiers().contains(JavaModifier.FINAL);
        return !modifiers.contains(JavaModifier.SYNTHETIC)
                && (modifiers.contains(JavaModifier.PUBLIC)
                        || (modifiers.contains(JavaModifier.PROTECTED) && !isFinal));
    }

    private static Stream<JavaType> types(JavaMember member) {
        return member instanceof JavaCodeUnit code
                ? Stream.concat(Stream.of(code.getReturnType()), code.getParameterTypes().stream())
                : Stream.of(((JavaField) member).getType());
    }

    /** The members that users see, with a type that is left out. */
    private static Set<String> leaks(List<String> leftOut) {
        return MAIN.stream()
                .filter(type -> isPublished(type, leftOut))
                .flatMap(type -> Stream.concat(
                        type.getMembers().stream()
                                .filter(PublishedTypesTest::isSeen)
                                .filter(member -> types(member)
                                        .flatMap(one -> one.getAllInvolvedRawTypes().stream())
                                        .anyMatch(one -> isIn(one, leftOut)))
                                .map(JavaMember::getFullName),
                        type
                                .getRawSuperclass()
                                .filter(above -> isIn(above, leftOut))
                                .map(above -> type.getName() + " extends " + above.getName())
                                .stream()))
                .collect(Collectors.toSet());
    }

    @Test
    void noPublishedSignatureHasATypeThatIsLeftOut() throws IOException {
        assertThat(leftOut()).hasSizeGreaterThan(10);
        assertThat(leaks(leftOut())).isEmpty();
    }

    @Test
    void seesATypeThatUsersMeet() {
        assertThat(leaks(List.of(ROOT + "schedule.AutoL2Run", ROOT + "arbiter.pruning")))
                .contains(
                        ROOT + "schedule.AdaptiveOptions.newRun()",
                        ROOT + "arbiter.SearchRunnerBuilder.pruning(" + ROOT + "arbiter.pruning.Pruning)");
    }

    @Test
    void noProgramThatIsMadeToBeCopiedUsesWhatIsLeftOut() throws IOException {
        List<String> leftOut = leftOut();

        assertThat(MAIN.stream()
                        .filter(type -> type.getPackageName().equals(ROOT + "quickstart"))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(dependency -> isIn(dependency.getTargetClass(), leftOut)))
                .isEmpty();
    }

    /** The compiler puts its methods into the public class as bridges. */
    @Test
    void whatAPublicClassInheritsFromAHiddenOneIsCompared() throws IOException {
        assertThat(comparison()).contains("<includeSynthetic>true</includeSynthetic>");
        assertThat(SearchRunner.class.getDeclaredMethods())
                .filteredOn(Method::isBridge)
                .extracting(Method::getName)
                .contains("outcomes", "decidedByTiming", "trainingIterations", "numCandidatesPruned");
    }

    @Test
    void whatIsLeftOutExistsAndSaysThatItMayChange() throws IOException {
        assertThat(leftOut()).allSatisfy(name -> {
            String path = "src/main/java/" + name.replace('.', '/');
            List<Path> sources = LIBRARIES.stream()
                    .map(Document.ROOT::resolve)
                    .flatMap(library ->
                            Stream.of(library.resolve(path + ".java"), library.resolve(path + "/package-info.java")))
                    .filter(Files::exists)
                    .toList();
            assertThat(sources).hasSize(1);
            assertThat(sources.get(0)).content().containsPattern(MAY_CHANGE);
        });
    }
}
