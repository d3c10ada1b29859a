package io.github.autol2.program.config;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.prediction.CalibrationOptions;
import java.util.List;

/**
 * The keys {@code calibration.*}.
 *
 * @param share   the most that is spent for each seed, as a fraction of the run's iterations, in (0, 1]
 * @param budgets lengths of runs in iterations, each at least 1, for which lambda is predicted besides the run's own length
 * @param race    whether a race of short runs on the validation examples finds lambda; without it lambda is c/T
 */
public record CalibrationSettings(double share, List<Long> budgets, boolean race) {

    private static final Range SHARE = new Range("in (0, 1]", value -> value > 0 && value <= 1);

    public CalibrationSettings {
        SHARE.check("calibration.share", share);
        budgets = List.copyOf(budgets);
        budgets.forEach(budget -> Range.atLeast(1).check("calibration.budgets", budget));
    }

    CalibrationSettings withoutRace() {
        return new CalibrationSettings(share, budgets, false);
    }

    static CalibrationSettings read(SettingsReader reader) {
        double share = reader.value(
                "calibration.share",
                CalibrationOptions.DEFAULT_SHARE,
                Format.number(SHARE),
                "the most that a calibration spends for each seed, as a fraction of the run's iterations");
        List<Long> budgets = reader.optional(
                        "calibration.budgets",
                        "none",
                        Format.longs(),
                        "further lengths of runs in iterations for which lambda is predicted")
                .orElse(List.of());
        boolean positive = budgets.stream().allMatch(budget -> budget >= 1);
        reader.require(positive, "calibration.budgets", "must be >= 1");
        boolean race = reader.value(
                "calibration.race",
                true,
                Format.bool(),
                "a race of short runs on the validation examples finds lambda; false: lambda is c/T");
        return new CalibrationSettings(share, positive ? budgets : List.of(), race);
    }
}
