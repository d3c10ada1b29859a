package io.github.autol2.arbiter.spark;

import io.github.autol2.arbiter.store.KeepsNoNetwork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;

/** Writes a network into memory. */
final class NetworkBytes implements KeepsNoNetwork {

    private byte[] zip;

    /** Null as long as there is none. */
    byte[] zip() {
        return zip;
    }

    @Override
    public ResultReference saveModel(OptimizationResult result, Object model) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ModelSerializer.writeModel((Model) model, bytes, true);
        zip = bytes.toByteArray();
        return null;
    }

    @Override
    public List<Class<?>> getSupportedCandidateTypes() {
        return List.of(Object.class);
    }

    @Override
    public List<Class<?>> getSupportedModelTypes() {
        return List.of(Model.class);
    }
}
