package io.github.autol2.dl4j.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

class FenceTest {

    private static final List<String> NAMES = List.of(Fence.EXECUTIONER, Fence.ARRAY_FACTORY, Fence.MEMORY_MANAGER);

    private final Properties before = new Properties();

    @BeforeEach
    void forgetWhatWasNamed() {
        before.putAll(System.getProperties());
        NAMES.forEach(System::clearProperty);
    }

    @AfterEach
    void nameItAgain() {
        System.setProperties(before);
    }

    @Test
    void namesTheFencedClassesBeforeNd4jIsLoaded() {
        assertThat(Fence.nameClasses()).isTrue();

        assertThat(NAMES)
                .map(System::getProperty)
                .containsExactly(
                        FencedExecutioner.class.getName(),
                        FencedArrayFactory.class.getName(),
                        FencedMemoryManager.class.getName());
    }

    @Test
    void staysInstalledWhenAskedAgain() {
        Fence.nameClasses();

        assertThat(Fence.nameClasses()).isTrue();
        assertThatCode(() -> Fence.check(new FencedExecutioner())).doesNotThrowAnyException();
    }

    @Test
    void leavesTheUsersExecutioner() {
        System.setProperty(Fence.EXECUTIONER, NativeOpExecutioner.class.getName());

        assertThat(Fence.nameClasses()).isFalse();

        assertThat(NAMES).map(System::getProperty).containsExactly(NativeOpExecutioner.class.getName(), null, null);
    }

    @Test
    void leavesTheUsersArrayFactoryAndFencesTheRest() {
        System.setProperty(Fence.ARRAY_FACTORY, "their.Factory");

        assertThat(Fence.nameClasses()).isTrue();

        assertThat(NAMES)
                .map(System::getProperty)
                .containsExactly(
                        FencedExecutioner.class.getName(), "their.Factory", FencedMemoryManager.class.getName());
    }

    @Test
    void refusesWhenNd4jIsLoadedWithoutIt() {
        assertThat(Nd4j.getExecutioner()).isNotInstanceOf(FencedExecutioner.class);

        assertThatThrownBy(Fence::install)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before ND4J is loaded")
                .hasMessageContaining(NativeOpExecutioner.class.getName())
                .hasMessageContaining("-Dopexec=" + FencedExecutioner.class.getName());
    }

    @Test
    void leavesTheUsersExecutionerEvenWhenNd4jIsLoaded() {
        assertThat(Nd4j.getExecutioner()).isNotInstanceOf(FencedExecutioner.class);
        System.setProperty(Fence.EXECUTIONER, NativeOpExecutioner.class.getName());

        assertThat(Fence.install()).isFalse();
    }
}
