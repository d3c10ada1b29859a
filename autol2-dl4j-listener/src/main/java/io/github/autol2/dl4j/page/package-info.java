/** Pages for a browser on this machine: {@link io.github.autol2.dl4j.page.LocalPages}. For these modules only. */
package io.github.autol2.dl4j.page;
