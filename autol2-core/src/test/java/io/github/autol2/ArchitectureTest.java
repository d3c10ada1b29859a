package io.github.autol2;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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

/** Who may know whom in this module. Each rule is also shown to fail where it is broken and where there is nothing to check. */
@Tag("slow")
class ArchitectureTest {

    private static final String ROOT = "io.github.autol2";
    private static final JavaClasses MAIN_AND_TEST = new ClassFileImporter().importPackages(ROOT);
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
    private static final JavaClasses NOTHING = new ClassFileImporter().importPackages(ROOT + ".nothing");

    private static ArchRule coreKnowsNothingOf(String... packages) {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .allowEmptyShould(false);
    }

    private static ArchRule onlyConfigKnows(String... packages) {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and()
                .resideOutsideOfPackage(ROOT + ".config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .allowEmptyShould(false);
    }

    private static ArchRule onlyMathematicsKnows(String... packages) {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and()
                .resideOutsideOfPackages(ROOT + ".theory..", ROOT + ".prediction..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .allowEmptyShould(false);
    }

    private static ArchRule theoryKnowsOnlyMathematics() {
        return classes()
                .that()
                .resideInAPackage(ROOT + ".theory..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.hipparchus..", ROOT + ".theory..", ROOT + ".numbers..")
                .allowEmptyShould(false);
    }

    private static ArchRule filesAndNumbersKnowOnlyJava() {
        return classes()
                .that()
                .resideInAnyPackage(ROOT + ".files..", ROOT + ".numbers..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", ROOT + ".files..", ROOT + ".numbers..")
                .allowEmptyShould(false);
    }

    private static ArchRule packagesFormNoCircle(String root) {
        return SlicesRuleDefinition.slices()
                .matching(root + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(false);
    }

    private static ArchRule scheduleKnowsOnlyJavaAndNumbers() {
        return classes()
                .that()
                .resideInAPackage(ROOT + ".schedule..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", ROOT + ".schedule..", ROOT + ".numbers..")
                .allowEmptyShould(false);
    }

    @Test
    void importsMainAndTestClasses() {
        assertThat(MAIN_AND_TEST.contain(ArchitectureTest.class)).isTrue();
        assertThat(MAIN_AND_TEST.contain(ROOT + ".schedule.AutoL2Rule")).isTrue();
        assertThat(MAIN.contain(ArchitectureTest.class)).isFalse();
        assertThat(MAIN.contain(ROOT + ".schedule.AutoL2Rule")).isTrue();
    }

    @Test
    void knowsNoFrameworkNotEvenInTests() {
        coreKnowsNothingOf(
                        "org.deeplearning4j..",
                        "org.eclipse.deeplearning4j..",
                        "org.nd4j..",
                        "org.datavec..",
                        "org.bytedeco..",
                        "org.apache.spark..")
                .check(MAIN_AND_TEST);
    }

    @Test
    void seesALibraryThatTheTestsKnow() {
        assertThatThrownBy(() -> coreKnowsNothingOf("org.assertj..").check(MAIN_AND_TEST))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(ArchitectureTest.class.getName());
    }

    @Test
    void readsConfigurationFilesOnlyInTheConfigPackage() {
        onlyConfigKnows("org.apache.commons.configuration2..", "org.yaml.snakeyaml..", "org.apache.commons.text..")
                .check(MAIN_AND_TEST);
    }

    @Test
    void seesALibraryOutsideTheConfigPackage() {
        assertThatThrownBy(() -> onlyConfigKnows("org.assertj..").check(MAIN_AND_TEST))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(ArchitectureTest.class.getName());
    }

    @Test
    void seesThatTheConfigPackageReadsConfigurationFiles() {
        assertThatThrownBy(() -> coreKnowsNothingOf("org.apache.commons.configuration2..")
                        .check(MAIN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(ROOT + ".config.");
    }

    @Test
    void usesTheMathematicsLibraryOnlyInTheoryAndPrediction() {
        onlyMathematicsKnows("org.hipparchus..").check(MAIN_AND_TEST);
    }

    @Test
    void seesALibraryOutsideTheoryAndPrediction() {
        assertThatThrownBy(() -> onlyMathematicsKnows("org.assertj..").check(MAIN_AND_TEST))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(ArchitectureTest.class.getName());
    }

    @Test
    void seesThatTheTheoryUsesTheMathematicsLibrary() {
        assertThatThrownBy(() -> coreKnowsNothingOf("org.hipparchus..").check(MAIN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(ROOT + ".theory.");
    }

    @Test
    void keepsTheTheoryFreeOfEverythingButMathematics() {
        theoryKnowsOnlyMathematics().check(MAIN);
    }

    @Test
    void seesALibraryInTheTheoryPackage() {
        assertThatThrownBy(() -> theoryKnowsOnlyMathematics().check(MAIN_AND_TEST))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("org.assertj");
    }

    @Test
    void keepsTheScheduleFreeOfEverythingButJava() {
        scheduleKnowsOnlyJavaAndNumbers().check(MAIN);
    }

    @Test
    void seesALibraryInTheSchedulePackage() {
        assertThatThrownBy(() -> scheduleKnowsOnlyJavaAndNumbers().check(MAIN_AND_TEST))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("org.assertj");
    }

    @Test
    void keepsFilesAndNumbersFreeOfEverythingButJava() {
        filesAndNumbersKnowOnlyJava().check(MAIN);
    }

    @Test
    void seesALibraryInFilesAndNumbers() {
        assertThatThrownBy(() -> filesAndNumbersKnowOnlyJava().check(MAIN_AND_TEST))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("org.assertj");
    }

    @Test
    void hasNoCircleOfPackages() {
        packagesFormNoCircle(ROOT).check(MAIN);
    }

    @Test
    void seesACircleOfPackages() {
        assertThatThrownBy(() -> packagesFormNoCircle(ROOT + ".circle").check(MAIN_AND_TEST))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cycle detected");
    }

    @Test
    void failsWhereThereIsNothingToCheck() {
        assertThat(NOTHING).isEmpty();
        List<ArchRule> rules = List.of(
                coreKnowsNothingOf("org.nd4j.."),
                onlyConfigKnows("org.yaml.."),
                scheduleKnowsOnlyJavaAndNumbers(),
                filesAndNumbersKnowOnlyJava(),
                packagesFormNoCircle(ROOT),
                onlyMathematicsKnows("org.hipparchus.."),
                theoryKnowsOnlyMathematics());
        for (ArchRule rule : rules) {
            assertThatThrownBy(() -> rule.check(NOTHING))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("failed to check any classes");
        }
    }
}
