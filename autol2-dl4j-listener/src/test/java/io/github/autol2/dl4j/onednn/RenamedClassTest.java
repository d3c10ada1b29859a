package io.github.autol2.dl4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class RenamedClassTest {

    private static final String NAME = "some.where.Outer$Inner";

    @Test
    void runsUnderItsNewName() throws Exception {
        Class<?> renamed = define(RenamedClass.bytes(EnvironmentAnswer.class, NAME));
        BooleanSupplier yes = () -> true;

        assertThat(renamed.getName()).isEqualTo(NAME);
        assertThat(renamed.getMethod("isUseMKLDNN").invoke(null)).isEqualTo(false);
        renamed.getField("answer").set(null, yes);
        assertThat(renamed.getMethod("isUseMKLDNN").invoke(null)).isEqualTo(true);
    }

    @Test
    void keepsItsFieldsApartFromThoseOfTheOriginal() throws Exception {
        Class<?> renamed = define(RenamedClass.bytes(EnvironmentAnswer.class, NAME));
        BooleanSupplier yes = () -> true;

        renamed.getField("answer").set(null, yes);

        assertThat(EnvironmentAnswer.isUseMKLDNN()).isFalse();
    }

    @Test
    void copiesEveryKindOfConstant() throws Exception {
        Class<?> renamed = define(RenamedClass.bytes(ManyConstants.class, NAME));

        assertThat(renamed.getMethod("text", int.class).invoke(null, 3)).isEqualTo(ManyConstants.text(3));
    }

    @Test
    void namesAFileThatIsNotThere() {
        assertThatThrownBy(() -> RenamedClass.bytes(int[].class, NAME))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("int[].class");
    }

    private static Class<?> define(byte[] bytes) {
        return new ClassLoader(RenamedClassTest.class.getClassLoader()) {
            Class<?> define() {
                return defineClass(NAME, bytes, 0, bytes.length);
            }
        }.define();
    }
}
