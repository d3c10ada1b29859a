package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.store.NotKeptException;
import java.io.IOException;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;

/**
 * Stands in the place of the reference to a result that could not be kept or did not come home. A search that can be resumed then ends,
 * so that it does not count the candidate as failed for ever.
 *
 * @param result the candidate's, without a score
 * @param reason names the file, or what else is gone
 */
public record NotKept(OptimizationResult result, IOException reason) implements ResultReference {

    /** Whether the search ends. One that cannot be resumed goes on as long as only the files are gone. */
    boolean endsSearch(boolean resumable) {
        return resumable || !(reason instanceof NotKeptException);
    }

    @Override
    public OptimizationResult getResult() {
        return result;
    }

    @Override
    public Object getResultModel() throws IOException {
        throw reason;
    }
}
