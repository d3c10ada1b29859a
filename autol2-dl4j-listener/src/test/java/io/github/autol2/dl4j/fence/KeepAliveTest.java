package io.github.autol2.dl4j.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class KeepAliveTest {

    private static final int ATTEMPTS = 10;

    private Object held = new Object();
    private final WeakReference<Object> reference = new WeakReference<>(held);

    @Test
    void keepsAnObjectThatNothingElseHoldsDuringTheCall() {
        BooleanSupplier collected = this::isCollected;

        assertThat(KeepAlive.during(collected::getAsBoolean, letGo())).isFalse();
    }

    @Test
    void letsItGoAfterwards() {
        KeepAlive.during(() -> {}, letGo());

        assertThat(isCollected()).isTrue();
    }

    @Test
    void passesTheFailureOfTheCallOn() {
        Runnable failing = () -> {
            throw new IllegalArgumentException("native");
        };

        assertThatThrownBy(() -> KeepAlive.during(failing, held))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("native");
    }

    private Object letGo() {
        Object last = held;
        held = null;
        return last;
    }

    private boolean isCollected() {
        for (int i = 0; i < ATTEMPTS && reference.get() != null; i++) {
            System.gc();
        }
        return reference.get() == null;
    }
}
