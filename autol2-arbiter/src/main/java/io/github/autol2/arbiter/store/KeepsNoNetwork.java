package io.github.autol2.arbiter.store;

import org.deeplearning4j.arbiter.optimize.api.saving.ResultSaver;

/** A result saver that writes a network and forgets it, so that its memory can be given back as soon as it is saved. */
public interface KeepsNoNetwork extends ResultSaver {}
