package io.github.autol2.circle.two;

import io.github.autol2.circle.one.One;

/** Half of a circle of packages, for the test that finds it. */
public record Two(One other) {}
