package io.github.autol2.program;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which package of this module may know which. Each rule is also shown to fail where it is broken or has nothing to check. */
@Tag("slow")
class ArchitectureTest {

    private static final String ROOT = "io.github.autol2.program";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(new ImportOption.DoNotIncludeJars())
            .importPackages(ROOT);
    private static final JavaClasses NOTHING = new ClassFileImporter().importPackages(ROOT + ".nothing");

    private static final List<String> PACKAGES_BELOW = List.of(
            ".choice..",
            ".config..",
            ".data..",
            ".model..",
            ".report..",
            ".results..",
            ".search..",
            ".sweep..",
            ".training..",
            ".tuning..");

    private static ArchRule packagesFormNoCircle() {
        return SlicesRuleDefinition.slices()
                .matching(ROOT + ".(*)..")
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
    void onlyTheCommandLineKnowsTheCommandLine() {
        for (String other : PACKAGES_BELOW) {
            knowsNothingOf(other, ROOT + ".cli..", "picocli..").check(MAIN);
        }
    }

    @Test
    void whatIsTrainedKnowsNothingOfComparisonsAndSearches() {
        knowsNothingOf(".training..", ROOT + ".choice..", ROOT + ".tuning..", ROOT + ".search..", ROOT + ".report..")
                .check(MAIN);
    }

    @Test
    void seesThatChoicesOfLambdaAreTrained() {
        assertThatThrownBy(
                        () -> knowsNothingOf(".choice..", ROOT + ".training..").check(MAIN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(ROOT + ".training.");
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
