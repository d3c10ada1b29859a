package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.store.NotKeptException;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;

/**
 * Stands in the place of the reference to a result that could not be kept. A search that can be resumed then ends, so that it does not
 * count the candidate as failed for ever.
 *
 * @param result the candidate's, without a score
 * @param reason names the file
 */
record NotKept(OptimizationResult result, NotKeptException reason) implements ResultReference {

    @Override
    public OptimizationResult getResult() {
        return result;
    }

    @Override
    public Object getResultModel() throws NotKeptException {
        throw reason;
    }
}
