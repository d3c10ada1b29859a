package io.github.autol2.dl4j;

import java.util.IdentityHashMap;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/**
 * What the operations of a training step have to say: a few of some fifty compute a loss, or a gradient that a penalty is added to. The
 * names of their outputs are looked up once, then an operation is known by identity. Not thread-safe.
 */
final class SameDiffOps {

    /**
     * What an operation computes.
     *
     * @param loss     something of the loss that is looked at
     * @param gradient one that a penalty is added to
     */
    record Role(boolean loss, boolean gradient) {}

    private final IdentityHashMap<SameDiffOp, Role> roles = new IdentityHashMap<>();
    private SameDiffOp last; // that was asked for
    private Role role; // of the last

    /** The role of an operation; null of one that is not known yet. */
    @SuppressWarnings("ReferenceEquality") // an equal operation is another one
    Role of(SameDiffOp op) {
        if (op != last) {
            last = op;
            role = roles.get(op);
        }
        return role;
    }

    /** Returns the role, which is known from now on. */
    Role learn(SameDiffOp op, Role found) {
        roles.put(op, found);
        last = op;
        role = found;
        return found;
    }
}
