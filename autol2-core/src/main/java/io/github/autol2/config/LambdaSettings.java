package io.github.autol2.config;

import io.github.autol2.schedule.AutoL2Options;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The keys {@code lambda.*}. What is empty is left to the preset of {@link AutoL2Options} that the mode names.
 *
 * @param mode         how lambda is chosen
 * @param value        the lambda of the whole run, at least 0; present in the mode {@code CONSTANT}, and in the mode
 *                     {@code PREDICTED} once it has been predicted
 * @param initial      the first lambda, greater than 0
 * @param decayFactor  what lambda is divided by, greater than 1
 * @param refractory   the refractory period, dimensionless, at least 0, in the unit of the preset: tau in the mode
 *                     {@code ADAPTIVE}, 1/lambda iterations in the mode {@code PAPER}
 * @param measureEvery iterations from one measurement to the next, at least 1
 * @param minimum      the floor of lambda, at least 0
 */
public record LambdaSettings(
        Mode mode,
        Optional<Double> value,
        Optional<Double> initial,
        Optional<Double> decayFactor,
        Optional<Double> refractory,
        Optional<Integer> measureEvery,
        Optional<Double> minimum) {

    private static final Range NOT_NEGATIVE = Range.atLeast(0);
    private static final Range POSITIVE = Range.above(0);
    private static final Range ABOVE_ONE = Range.above(1);
    private static final Range COUNT = Range.atLeast(1);

    /** How lambda is chosen. */
    public enum Mode {
        /** Our preset of AutoL2, {@link AutoL2Options#adaptive(long)}. */
        ADAPTIVE,
        /** The published AutoL2, {@link AutoL2Options#paper()}. */
        PAPER,
        /** One lambda for the whole run, from a calibration that comes first. */
        PREDICTED,
        /** One lambda for the whole run. */
        CONSTANT,
        /** No penalty in the first twentieth of the run, then the free rule: 1/(etaEff T) for T iterations. */
        FREE
    }

    /** Checks the ranges. */
    public LambdaSettings {
        Objects.requireNonNull(mode, "mode");
        value.ifPresent(number -> NOT_NEGATIVE.check("lambda.value", number));
        initial.ifPresent(number -> POSITIVE.check("lambda.initial", number));
        decayFactor.ifPresent(number -> ABOVE_ONE.check("lambda.decayFactor", number));
        refractory.ifPresent(number -> NOT_NEGATIVE.check("lambda.refractory", number));
        measureEvery.ifPresent(number -> COUNT.check("lambda.measureEvery", number));
        minimum.ifPresent(number -> NOT_NEGATIVE.check("lambda.minimum", number));
    }

    /**
     * {@return the settings under the keys {@code lambda.*}, with their relations checked}
     *
     * @param reader of the settings
     */
    public static LambdaSettings read(SettingsReader reader) {
        LambdaSettings settings = new LambdaSettings(
                reader.value(
                        "lambda.mode", Mode.ADAPTIVE, Format.choice(Mode.class), "how lambda is chosen during a run"),
                reader.optional(
                        "lambda.value",
                        "none",
                        Format.number(NOT_NEGATIVE),
                        "lambda of the whole run, in mode constant"),
                reader.optional("lambda.initial", "preset", Format.number(POSITIVE), "lambda at the start"),
                reader.optional("lambda.decayFactor", "preset", Format.number(ABOVE_ONE), "what lambda is divided by"),
                reader.optional(
                        "lambda.refractory",
                        "preset",
                        Format.number(NOT_NEGATIVE),
                        "refractory period in units of tau (mode adaptive) or of 1/lambda iterations (mode paper)"),
                reader.optional(
                        "lambda.measureEvery",
                        "preset",
                        Format.integer(COUNT),
                        "iterations from one measurement to the next"),
                reader.optional(
                        "lambda.minimum", "preset", Format.number(NOT_NEGATIVE), "lambda is never set below it"));

        reader.requireIf(settings.mode == Mode.CONSTANT, "lambda.value", "lambda.mode");
        reader.refuseIf(settings.mode != Mode.CONSTANT, "lambda.value", "lambda.mode");
        boolean constant = !settings.hasRule();
        for (String key : new String[] {"initial", "decayFactor", "refractory", "measureEvery", "minimum"}) {
            reader.refuseIf(constant, "lambda." + key, "lambda.mode");
        }
        OptionalDouble first =
                constant ? OptionalDouble.empty() : settings.preset(1).fixedLambda();
        if (settings.minimum.isPresent() && first.isPresent()) {
            reader.require(
                    settings.minimum.get() <= first.getAsDouble(),
                    "lambda.minimum",
                    "must be <= the first lambda " + first.getAsDouble(),
                    "lambda.initial",
                    "lambda.mode");
        }
        return settings;
    }

    /**
     * {@return one lambda for the whole run}
     *
     * @param lambda finite and at least 0
     */
    public static LambdaSettings constant(double lambda) {
        return new LambdaSettings(
                Mode.CONSTANT,
                Optional.of(lambda),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * {@return the same with the lambda that was predicted}
     *
     * @param lambda finite and at least 0
     */
    public LambdaSettings withPredicted(double lambda) {
        return new LambdaSettings(mode, Optional.of(lambda), initial, decayFactor, refractory, measureEvery, minimum);
    }

    /**
     * {@return the same with another first lambda}
     *
     * @param lambda finite and at least 0
     */
    public LambdaSettings withInitial(double lambda) {
        return new LambdaSettings(mode, value, Optional.of(lambda), decayFactor, refractory, measureEvery, minimum);
    }

    /**
     * {@return the free rule, which takes no further settings}
     */
    public static LambdaSettings free() {
        return new LambdaSettings(
                Mode.FREE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** {@return whether AutoL2 divides lambda during a run} */
    public boolean hasRule() {
        return mode == Mode.ADAPTIVE || mode == Mode.PAPER;
    }

    /**
     * {@return the options of the rule}
     *
     * @param budgetIterations the number of iterations that the run will have, at least 1
     * @throws IllegalStateException in the modes {@code CONSTANT}, {@code PREDICTED} and {@code FREE}, which have no such rule
     */
    public AutoL2Options options(long budgetIterations) {
        AutoL2Options options = preset(budgetIterations);
        options = decayFactor.map(options::withDecayFactor).orElse(options);
        options = refractory.map(options::withRefractory).orElse(options);
        options = measureEvery.map(options::withMeasureEvery).orElse(options);
        return minimum.map(options::withMinimumLambda).orElse(options);
    }

    /** The mode's preset with our first lambda, if there is one. */
    private AutoL2Options preset(long budgetIterations) {
        AutoL2Options preset = switch (mode) {
            case ADAPTIVE -> AutoL2Options.adaptive(budgetIterations);
            case PAPER -> AutoL2Options.paper();
            case CONSTANT, PREDICTED, FREE ->
                throw new IllegalStateException("lambda.mode must be adaptive or paper, got "
                        + mode.name().toLowerCase(Locale.ROOT));
        };
        return initial.map(preset::withInitialLambda).orElse(preset);
    }
}
