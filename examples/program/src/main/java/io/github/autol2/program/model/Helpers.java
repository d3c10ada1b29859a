package io.github.autol2.program.model;

import io.github.autol2.dl4j.onednn.OneDnn;
import io.github.autol2.program.config.TrainSettings;

/** Whether networks have Deeplearning4j's oneDNN helpers. */
public final class Helpers {

    private Helpers() {}

    /** For all networks that the program builds, copies and loads from now on. */
    public static void use(TrainSettings train) {
        if (train.helpers()) {
            OneDnn.install();
        } else {
            OneDnn.uninstall();
        }
    }
}
