package io.github.autol2.arbiter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which package of this module may know which. Each rule is also shown to fail where it is broken or has nothing to check. */
@Tag("slow")
class ArchitectureTest {

    private static final String ROOT = "io.github.autol2.arbiter";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(new ImportOption.DoNotIncludeJars())
            .importPackages(ROOT);
    private static final JavaClasses NOTHING = new ClassFileImporter().importPackages(ROOT + ".nothing");

    private static ArchRule packagesFormNoCircle() {
        return SlicesRuleDefinition.slices()
                .matching("io.github.autol2.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(false);
    }

    private static ArchRule knowsNothingOf(String one, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + one)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(false);
    }

    @Test
    void packagesKnowEachOtherInOneDirectionOnly() {
        packagesFormNoCircle().check(MAIN);
    }

    @Test
    void candidatesKnowNothingOfWhoTrainsOrKeepsThem() {
        knowsNothingOf(".candidate..", ROOT, ROOT + ".run..", ROOT + ".store..").check(MAIN);
    }

    @Test
    void theStoreKnowsNothingOfWhatRuns() {
        knowsNothingOf(".store..", ROOT, ROOT + ".run..").check(MAIN);
    }

    @Test
    void whatRunsKnowsNothingOfTheEntryClasses() {
        knowsNothingOf(".run..", ROOT).check(MAIN);
    }

    @Test
    void seesThatWhatRunsUsesTheStore() {
        assertThatThrownBy(() -> knowsNothingOf(".run..", ROOT + ".store..").check(MAIN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(ROOT + ".store.");
    }

    /** Who asks Log4j itself is not heard beside other implementations; all libraries are looked at. */
    private static ArchRule onlyTheLogKnows(String... implementations) {
        return noClasses()
                .that()
                .resideInAPackage("io.github.autol2..")
                .and()
                .resideOutsideOfPackage("io.github.autol2.dl4j.log..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(implementations)
                .allowEmptyShould(false);
    }

    @Test
    void everyLineGoesThroughTheLog() {
        JavaClasses libraries = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.github.autol2");

        onlyTheLogKnows("org.apache.logging..", "org.slf4j..").check(libraries);
        assertThat(libraries.contain("io.github.autol2.dl4j.onednn.OneDnn")).isTrue();
        assertThatThrownBy(() -> onlyTheLogKnows("io.github.autol2.dl4j.log..").check(libraries))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("io.github.autol2.dl4j.onednn.OneDnn");
    }

    @Test
    void failsWhereThereIsNothingToCheck() {
        assertThat(NOTHING).isEmpty();
        assertThatThrownBy(() -> packagesFormNoCircle().check(NOTHING))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("failed to check any classes");
        assertThatThrownBy(() -> knowsNothingOf("..", "java..").check(NOTHING))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("failed to check any classes");
    }
}
