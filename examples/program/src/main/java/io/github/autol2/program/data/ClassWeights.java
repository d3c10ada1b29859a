package io.github.autol2.program.data;

import java.util.ArrayList;
import java.util.List;

/** How much each class counts in the loss. */
public enum ClassWeights {

    /** All count the same. */
    NONE {
        @Override
        public DataSplit apply(DataSplit split) {
            return split;
        }
    },

    /**
     * Class c of k counts {@code n / (k n_c)}, where n_c of n training examples have it, so that all classes have the same share in the loss
     * and an example counts 1 on average. A class without training examples, which acts on nothing, is no part of k and counts 1.
     */
    BALANCED {
        @Override
        public DataSplit apply(DataSplit split) {
            float[] counts = split.training().getLabels().sum(0).toFloatVector();
            int present = 0;
            for (float count : counts) {
                present += count > 0 ? 1 : 0;
            }
            List<Double> weights = new ArrayList<>();
            for (float count : counts) {
                weights.add(count > 0 ? split.training().numExamples() / ((double) present * count) : 1);
            }
            return split.withTarget(new Target.Classes(split.classes().names(), weights));
        }
    };

    /**
     * The same rows with weights for their classes.
     *
     * @throws InvalidDataException if they are to be weighted and there are none
     */
    public abstract DataSplit apply(DataSplit split);
}
