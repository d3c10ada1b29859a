package io.github.autol2.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which package may know which, in all modules but the core, whose rules hold for its tests, too. Each rule is also shown to fail where it
 * is broken or has nothing to check.
 */
@Tag("slow")
class ArchitectureTest {

    private static final String ROOT = "io.github.autol2";
    private static final String ARBITER = ROOT + ".arbiter";
    private static final String PROGRAM = ROOT + ".program";
    private static final String RESEARCH = ROOT + ".research";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
    private static final JavaClasses NOTHING = new ClassFileImporter().importPackages(ROOT + ".nothing");

    private static ArchRule packagesFormNoCircle(String root) {
        return SlicesRuleDefinition.slices()
                .matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(false);
    }

    private static ArchRule knowsNothingOf(String one, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(one)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(false);
    }

    private static ArchRule onlyTheCommandLineKnowsIt(String module) {
        return noClasses()
                .that()
                .resideInAPackage(module + "..")
                .and()
                .resideOutsideOfPackage(module + ".cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PROGRAM + ".cli..", RESEARCH + ".cli..", "picocli..")
                .allowEmptyShould(false);
    }

    /** Who asks Log4j itself is not heard beside other implementations. */
    private static ArchRule onlyTheLogOfTheLibrariesKnows(String... implementations) {
        return noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".dl4j..", ARBITER + "..")
                .and()
                .resideOutsideOfPackage(ROOT + ".dl4j.log..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(implementations)
                .allowEmptyShould(false);
    }

    @Test
    void packagesKnowEachOtherInOneDirectionOnly() {
        packagesFormNoCircle(ROOT).check(MAIN);
    }

    @Test
    void seesACircleOfPackages() {
        JavaClasses circle = new ClassFileImporter().importClasses(String.class, Locale.class);

        assertThatThrownBy(() -> packagesFormNoCircle("java").check(circle))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cycle detected");
    }

    @ParameterizedTest
    @ValueSource(strings = {ARBITER + ".run", ROOT + ".dl4j.network", PROGRAM + ".training", RESEARCH + ".tasks"})
    void allModulesAreLookedAt(String name) {
        assertThat(MAIN.containPackage(name)).isTrue();
    }

    @Test
    void candidatesKnowNothingOfWhoTrainsOrKeepsThem() {
        knowsNothingOf(ARBITER + ".candidate..", ARBITER, ARBITER + ".run..", ARBITER + ".store..")
                .check(MAIN);
    }

    @Test
    void theStoreOfASearchKnowsNothingOfWhatRuns() {
        knowsNothingOf(ARBITER + ".store..", ARBITER, ARBITER + ".run..").check(MAIN);
    }

    @Test
    void whatRunsInASearchKnowsNothingOfTheEntryClasses() {
        knowsNothingOf(ARBITER + ".run..", ARBITER).check(MAIN);
    }

    @Test
    void everyLineOfTheLibrariesGoesThroughTheLog() {
        onlyTheLogOfTheLibrariesKnows("org.apache.logging..", "org.slf4j..").check(MAIN);

        assertThatThrownBy(() ->
                        onlyTheLogOfTheLibrariesKnows(ROOT + ".dl4j.log..").check(MAIN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("io.github.autol2.dl4j.onednn.OneDnn")
                .hasMessageContaining(ARBITER + ".run.");
    }

    @ParameterizedTest
    @ValueSource(strings = {PROGRAM, RESEARCH})
    void onlyTheCommandLineKnowsTheCommandLine(String module) {
        onlyTheCommandLineKnowsIt(module).check(MAIN);

        assertThatThrownBy(() -> knowsNothingOf(module + ".cli..", "picocli..").check(MAIN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("picocli");
    }

    @Test
    void whatIsTrainedKnowsNothingOfComparisonsAndSearches() {
        knowsNothingOf(
                        PROGRAM + ".training..",
                        PROGRAM + ".choice..",
                        PROGRAM + ".tuning..",
                        PROGRAM + ".search..",
                        PROGRAM + ".report..")
                .check(MAIN);

        assertThatThrownBy(() -> knowsNothingOf(PROGRAM + ".choice..", PROGRAM + ".training..")
                        .check(MAIN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(PROGRAM + ".training.");
    }

    @Test
    void failsWhereThereIsNothingToCheck() {
        assertThat(NOTHING).isEmpty();
        for (ArchRule rule : new ArchRule[] {
            packagesFormNoCircle(ROOT),
            knowsNothingOf(ROOT + "..", "java.."),
            onlyTheCommandLineKnowsIt(PROGRAM),
            onlyTheLogOfTheLibrariesKnows("org.slf4j..")
        }) {
            assertThatThrownBy(() -> rule.check(NOTHING))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("failed to check any classes");
        }
    }
}
