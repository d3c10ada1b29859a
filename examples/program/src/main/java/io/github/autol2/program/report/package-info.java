/**
 * Pictures and pages for people. Entry classes: {@link io.github.autol2.program.report.LineChart} for a picture,
 * {@link io.github.autol2.program.report.Page} for a page that needs nothing from outside.
 */
package io.github.autol2.program.report;
