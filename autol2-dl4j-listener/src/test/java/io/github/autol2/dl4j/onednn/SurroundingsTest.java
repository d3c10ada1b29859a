package io.github.autol2.dl4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.dl4j.network.Deeplearning4jNames;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SurroundingsTest {

    private static final Optional<String> VERSION = Optional.of("1.0.0-M2.1");

    private final String before = System.getProperty(OneDnn.DISABLE);

    @BeforeEach
    void forgetTheProperty() {
        System.clearProperty(OneDnn.DISABLE);
    }

    @AfterEach
    void setThePropertyAgain() {
        if (before == null) {
            System.clearProperty(OneDnn.DISABLE);
        } else {
            System.setProperty(OneDnn.DISABLE, before);
        }
    }

    @Test
    void seesNoObstacleOnTheCpuWithTheVersionWhoseHelpersAskTheWrongClass() {
        assertThat(new Surroundings(false, true, false, VERSION, false).obstacle())
                .isEmpty();
    }

    @Test
    void leavesHelpersOffWhereTheUserHasDisabledThem() {
        assertThat(new Surroundings(true, true, false, VERSION, false).obstacle())
                .hasValue("the system property org.eclipse.deeplearning4j.helpers.disable is true");
    }

    @Test
    void leavesCudaAlone() {
        assertThat(new Surroundings(false, true, true, VERSION, false).obstacle())
                .hasValue("the backend is not nd4j-native");
    }

    @Test
    void needsTheBackendOfTheCpu() {
        assertThat(new Surroundings(false, false, false, VERSION, false).obstacle())
                .hasValue("the backend is not nd4j-native");
    }

    @Test
    void leavesAnotherVersionAlone() {
        assertThat(new Surroundings(false, true, false, Optional.of("1.0.0-M3"), false).obstacle())
                .hasValue("Deeplearning4j must be 1.0.0-M2.1, got 1.0.0-M3");
    }

    @Test
    void leavesAnUnknownVersionAlone() {
        assertThat(new Surroundings(false, true, false, Optional.empty(), false).obstacle())
                .hasValue("Deeplearning4j must be 1.0.0-M2.1, got an unknown version");
    }

    @Test
    void leavesTheModulePathAlone() {
        assertThat(new Surroundings(false, true, false, VERSION, true).obstacle())
                .hasValue("Deeplearning4j is on the module path; they need the class path");
    }

    @Test
    void readsWhatTheTestsRunWith() {
        assertThat(Surroundings.look()).isEqualTo(new Surroundings(false, true, false, VERSION, false));
    }

    @Test
    void readsTheVersionByTheGroupIdThatIsThere() {
        String there = Deeplearning4jNames.versionFiles().get(0);

        assertThat(Surroundings.version(List.of("META-INF/maven/nobody/pom.properties", there)))
                .isEqualTo(VERSION);
        assertThat(Surroundings.version(List.of("META-INF/maven/nobody/pom.properties")))
                .isEmpty();
    }

    @Test
    void readsWhatTheUserHasDisabled() {
        System.setProperty(OneDnn.DISABLE, "true");

        assertThat(Surroundings.look().disabled()).isTrue();
    }
}
