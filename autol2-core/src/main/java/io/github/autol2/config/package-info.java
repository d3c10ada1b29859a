/**
 * Typed settings from one file (properties, YAML or XML) and {@code --set key=value} overrides. Nothing here knows a framework.
 *
 * <p>Entry class: {@link io.github.autol2.config.SettingsReader}, which reads the values that
 * {@link io.github.autol2.config.Settings#load} collected. {@link io.github.autol2.config.LambdaSettings} are the keys
 * {@code lambda.*}, ready for use by any program.
 *
 * <pre>{@code
 * SettingsReader reader = new SettingsReader(Settings.load(Optional.of(path), List.of("train.steps=100")));
 * int steps = reader.value("train.steps", 4000, Format.integer(Range.atLeast(1)), "iterations of the run");
 * LambdaSettings lambda = LambdaSettings.read(reader);
 * reader.finish(); // throws one SettingsException that lists every problem
 * }</pre>
 *
 * <p>What is guaranteed:
 * <ol>
 *   <li>All problems are reported together, each on one line: where, key, rule, value.</li>
 *   <li>The same settings mean the same in all three file formats: a value is the text that was written, and this package alone
 *       decides what the text means.</li>
 *   <li>{@code ${key}} stands for another given key's value, if that value is plain text. Nothing else is looked up: no
 *       environment, system property, script, file or address.</li>
 *   <li>A file is data. It cannot include another file, declare a DTD or an entity, create objects or repeat itself by
 *       aliases.</li>
 * </ol>
 *
 * <p>What may be changed: a new key is one more call of {@link io.github.autol2.config.SettingsReader#value}; a new type of value
 * is one more {@link io.github.autol2.config.Format}; a new file format is one more branch in {@code SettingsFile}.
 */
package io.github.autol2.config;
