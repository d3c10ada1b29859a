/**
 * The ways to choose lambda that the program and its experiments compare. Entry class:
 * {@link io.github.autol2.program.choice.LambdaChoice}.
 */
package io.github.autol2.program.choice;
