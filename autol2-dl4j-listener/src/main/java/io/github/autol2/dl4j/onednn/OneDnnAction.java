package io.github.autol2.dl4j.onednn;

import org.nd4j.linalg.env.EnvironmentalAction;

/**
 * Installs {@link OneDnn} when ND4J starts, if the system property {@code autol2.onednn} is true, so that a program needs no line of code. ND4J
 * makes one by the service file; public because of that. The same for the environment variable {@code AUTOL2_ONEDNN}.
 */
public final class OneDnnAction implements EnvironmentalAction {

    static final String PROPERTY = "autol2.onednn";

    /** ND4J calls this when it starts. */
    public OneDnnAction() {
        if (Boolean.getBoolean(PROPERTY)) {
            OneDnn.install();
        }
    }

    @Override
    public String targetVariable() {
        return "AUTOL2_ONEDNN";
    }

    @Override
    public void process(String value) {
        if (Boolean.parseBoolean(value)) {
            OneDnn.install();
        }
    }
}
