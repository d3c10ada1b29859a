package io.github.autol2.dl4j.onednn;

import io.github.autol2.dl4j.network.Deeplearning4jNames;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.nd4j.nativeblas.NativeOps;

/**
 * The class that Deeplearning4j asks. It is defined when it is needed, so nobody finds it on a class path who did not ask for it: beside
 * {@link NativeOps}, whose package it belongs to and whose class loader Deeplearning4j reaches.
 */
final class ForeignEnvironment {

    static final String NAME = Deeplearning4jNames.foreignEnvironment();

    private ForeignEnvironment() {}

    /**
     * Defines it.
     *
     * @param answer what it answers
     * @return why it cannot be defined
     */
    static Optional<String> define(BooleanSupplier answer) {
        try {
            Class<?> defined = MethodHandles.privateLookupIn(NativeOps.class, MethodHandles.lookup())
                    .defineClass(RenamedClass.bytes(EnvironmentAnswer.class, NAME));
            defined.getField("answer").set(null, answer);
            return Optional.empty();
        } catch (LinkageError e) {
            return Optional.of(NAME + " is there already");
        } catch (IOException | ReflectiveOperationException e) {
            return Optional.of(NAME + " cannot be defined: " + e);
        }
    }
}
