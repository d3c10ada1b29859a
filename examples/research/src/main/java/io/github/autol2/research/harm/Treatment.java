package io.github.autol2.research.harm;

import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.schedule.AutoL2Options;
import java.util.Locale;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;

/** What is done to a program. */
enum Treatment {
    /** Nothing. */
    AS_IT_WAS,
    /** The l2 that many programs have. */
    HABIT,
    /** Our listener, told the number of iterations. */
    ADAPTIVE;

    private static final double L2_OF_HABIT = 1e-4;

    /** Before the layers are added. */
    void configure(NeuralNetConfiguration.Builder builder) {
        if (this == HABIT) {
            builder.l2(L2_OF_HABIT);
        }
    }

    /** Before the network is trained. */
    void addTo(Model network, long iterations) {
        if (this == ADAPTIVE) {
            network.addListeners(new AutoL2Listener(AutoL2Options.adaptive(iterations)));
        }
    }

    /** Fit for a file's name. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
