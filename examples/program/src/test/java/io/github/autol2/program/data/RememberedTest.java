package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RememberedTest {

    @Test
    void makesItsValueOnceAndOnlyWhenAskedFor() {
        AtomicInteger made = new AtomicInteger();
        Remembered<String> value = new Remembered<>(() -> "value " + made.incrementAndGet());
        assertThat(made).hasValue(0);

        assertThat(value.get()).isEqualTo("value 1");
        assertThat(value.get()).isEqualTo("value 1");
    }

    @Test
    void triesAgainAfterAnError() {
        AtomicInteger made = new AtomicInteger();
        Remembered<String> value = new Remembered<>(() -> {
            if (made.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
            }
            return "there";
        });

        assertThatThrownBy(value::get).isInstanceOf(IllegalStateException.class).hasMessage("not yet");
        assertThat(value.get()).isEqualTo("there");
    }
}
