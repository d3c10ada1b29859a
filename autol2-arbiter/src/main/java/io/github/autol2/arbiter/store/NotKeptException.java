package io.github.autol2.arbiter.store;

import java.io.IOException;
import java.util.Objects;

/**
 * What a candidate has cost could not be kept, for example on a full disk, or for want of memory on the driver of a cluster. That is no fault
 * of the candidate.
 */
public final class NotKeptException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception with the message of its cause.
     *
     * @param cause names the file
     */
    public NotKeptException(IOException cause) {
        super(Objects.requireNonNull(cause, "cause").getMessage(), cause);
    }
}
