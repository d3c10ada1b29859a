/**
 * The networks that the program trains. Entry class: {@link io.github.autol2.program.model.Models}; a new kind of model is one more
 * method there.
 */
package io.github.autol2.program.model;
