package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.store.Calibrations;
import io.github.autol2.arbiter.store.Saving;

/**
 * What the candidates of a search have in common.
 *
 * @param calibrations each made once
 * @param judge        of what they report while they train
 * @param saving       of their networks
 */
public record Shared(Calibrations calibrations, Judge judge, Saving saving) {}
