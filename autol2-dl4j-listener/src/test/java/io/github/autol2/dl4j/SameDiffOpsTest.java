package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

class SameDiffOpsTest {

    private static final SameDiffOps.Role LOSS = new SameDiffOps.Role(true, false);
    private static final SameDiffOps.Role GRADIENT = new SameDiffOps.Role(false, true);

    private final SameDiffOps ops = new SameDiffOps();

    @Test
    void knowsAnOperationThatItHasLearntInAnyOrder() {
        SameDiffOp loss = op("a");
        SameDiffOp gradient = op("b");

        assertThat(ops.of(loss)).isNull();
        assertThat(ops.learn(loss, LOSS)).isSameAs(LOSS);
        assertThat(ops.of(gradient)).isNull();
        assertThat(ops.learn(gradient, GRADIENT)).isSameAs(GRADIENT);

        assertThat(ops.of(loss)).isSameAs(LOSS);
        assertThat(ops.of(loss)).isSameAs(LOSS);
        assertThat(ops.of(gradient)).isSameAs(GRADIENT);
    }

    @Test
    void doesNotTakeAnEqualOperationForIt() {
        ops.learn(op("a"), LOSS);

        assertThat(op("a")).isEqualTo(op("a"));
        assertThat(ops.of(op("a"))).isNull();
    }

    private static SameDiffOp op(String name) {
        return SameDiffOp.builder().name(name).outputsOfOp(List.of(name)).build();
    }
}
