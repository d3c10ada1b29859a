package io.github.autol2.arbiter.spark;

import java.io.IOException;

/** There is no cluster any more. That is no fault of the candidate; the search ends. */
public final class ClusterLostException extends IOException {

    private static final long serialVersionUID = 1L;

    ClusterLostException(Exception cause) {
        super("the cluster does no more jobs: " + cause, cause);
    }
}
