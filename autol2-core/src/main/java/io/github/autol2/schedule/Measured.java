package io.github.autol2.schedule;

/** A completed measurement and what the rule said to it. */
public record Measured(Measurement measurement, Decision decision) {}
