package io.github.autol2.dl4j.onednn;

import java.util.function.BooleanSupplier;

/**
 * The code of {@code org.nd4j.nativeblas.Nd4jCpu$Environment}, which is defined under that name at run time and is of no use under this
 * one. All that Deeplearning4j calls by reflection is {@code getInstance().isUseMKLDNN()}. Public because of that; it may change with any
 * version.
 */
public final class EnvironmentAnswer {

    /** What is answered; no until it is set. */
    public static volatile BooleanSupplier answer;

    private EnvironmentAnswer() {}

    /** {@return null: the other method is static} */
    public static Object getInstance() {
        return null;
    }

    /** {@return whether the helper that asks may run} */
    public static boolean isUseMKLDNN() {
        BooleanSupplier known = answer;
        return known != null && known.getAsBoolean();
    }
}
