/** Where the lines of AutoL2's modules go, whatever a program logs with. For these modules only. */
package io.github.autol2.dl4j.log;
