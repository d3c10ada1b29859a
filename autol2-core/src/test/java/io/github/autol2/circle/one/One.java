package io.github.autol2.circle.one;

import io.github.autol2.circle.two.Two;

/** Half of a circle of packages, for the test that finds it. */
public record One(Two other) {}
