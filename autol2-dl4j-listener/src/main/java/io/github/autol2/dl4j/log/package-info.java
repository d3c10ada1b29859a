/** Where the lines of AutoL2's modules go, whatever a program logs with. For the modules of AutoL2: it may change with any version. */
package io.github.autol2.dl4j.log;
