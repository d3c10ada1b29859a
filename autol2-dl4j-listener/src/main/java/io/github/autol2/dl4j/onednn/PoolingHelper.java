package io.github.autol2.dl4j.onednn;

import org.deeplearning4j.nn.layers.mkldnn.MKLDNNSubsamplingHelper;

/**
 * The one helper that stays off. The stock layer runs the same native operations, but the helper forgets
 * {@code avgPoolIncludePadInDivisor}, and its gradients at a padded border are wrong.
 */
final class PoolingHelper {

    private static final String NAME = MKLDNNSubsamplingHelper.class.getName();

    private PoolingHelper() {}

    /** Whether it is on the stack. */
    static boolean isAsking() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(NAME)));
    }
}
