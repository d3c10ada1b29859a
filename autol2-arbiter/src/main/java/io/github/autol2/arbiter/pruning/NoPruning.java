package io.github.autol2.arbiter.pruning;

import java.util.OptionalLong;

/** Every candidate trains to its end, and none reports. */
record NoPruning() implements Pruning {

    @Override
    public OptionalLong nextReport(long iteration) {
        return OptionalLong.empty();
    }

    @Override
    public Verdict judge(Report report, Reports before) {
        return new Verdict.Continue();
    }
}
