package io.github.autol2.research.figure;

import io.github.autol2.prediction.Peak;
import io.github.autol2.program.results.Pooled;

/** Whether a part of a claim was seen. */
enum Seen {
    YES,
    NO,
    /** The measurement is too coarse to tell. */
    UNCLEAR;

    static Seen of(boolean seen) {
        return seen ? YES : NO;
    }

    /**
     * Whether an accuracy is as high as another one but for half a percent.
     *
     * @param difference to the other one, a fraction; unclear without a standard error, and nearer than that to half a percent below
     */
    static Seen equal(Pooled difference) {
        double margin = difference.mean() + Peak.CLOSE_TO_BEST;
        return Math.abs(margin) >= difference.standardError() ? of(margin > 0) : UNCLEAR;
    }

    /** Whether something is lost: by two standard errors. */
    static Seen lower(Pooled loss) {
        if (loss.mean() > 2 * loss.standardError()) {
            return YES;
        }
        return loss.mean() > 0 ? UNCLEAR : NO;
    }
}
