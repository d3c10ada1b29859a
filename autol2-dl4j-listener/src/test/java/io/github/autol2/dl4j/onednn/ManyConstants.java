package io.github.autol2.dl4j.onednn;

import java.util.function.IntFunction;

/** Has constants of many kinds in its class file: long, double, float, int, text, lambdas, concatenation. */
public final class ManyConstants {

    private ManyConstants() {}

    public static String text(int number) {
        IntFunction<String> describe = given -> "a number: " + given;
        return describe.apply(number) + 123_456_789_012L + Math.E + 0.1f + 1_000_000;
    }
}
