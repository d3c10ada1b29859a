/**
 * Files that survive a killed program. Entry classes: {@link io.github.autol2.files.AtomicFile} replaces one file in one step,
 * {@link io.github.autol2.files.PartsFolder} keeps the finished parts of something that takes long. Needs only the JDK.
 *
 * <p>For the modules of AutoL2: it may change with any version.
 */
package io.github.autol2.files;
