/** Pages for a browser on this machine: {@link io.github.autol2.dl4j.page.LocalPages}. For the modules of AutoL2: it may change with any version. */
package io.github.autol2.dl4j.page;
