package io.github.autol2.program.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.autol2.dl4j.network.SavedNetwork;
import io.github.autol2.files.AtomicFile;
import io.github.autol2.files.ZipCopy;
import io.github.autol2.program.data.TableFeature;
import io.github.autol2.program.data.TableRecipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a network's zip file knows about the table that it was trained on: the recipe as the entry {@value #ENTRY}, and Deeplearning4j's
 * own entry of a normaliser, for who reads the file with Deeplearning4j alone.
 */
public final class TableModel {

    static final String ENTRY = "autol2-table.json";

    private static final float CONSTANT = 1e30f; // divides what a constant column holds to 0
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private TableModel() {}

    /** Adds both to a network's zip file, in one step. */
    public static void addTo(Path model, TableRecipe recipe) throws IOException {
        Map<String, byte[]> entries = entries(recipe);
        AtomicFile.write(model, temporary -> ZipCopy.write(model, temporary, entries));
    }

    /** Both by their names in the zip file. */
    public static Map<String, byte[]> entries(TableRecipe recipe) throws IOException {
        ByteArrayOutputStream normalizer = new ByteArrayOutputStream();
        NormalizerSerializer.getDefault().write(normalizer(recipe), normalizer);
        return Map.of(ENTRY, JSON.writeValueAsBytes(recipe), ModelSerializer.NORMALIZER_BIN, normalizer.toByteArray());
    }

    private static NormalizerStandardize normalizer(TableRecipe recipe) {
        float[] mean = new float[recipe.inputs()];
        float[] deviation = new float[mean.length];
        int at = 0;
        for (TableFeature feature : recipe.features()) {
            for (int i = 0; i < Math.max(1, feature.categories().size()); i++) {
                mean[at] = (float) feature.mean();
                deviation[at++] =
                        feature.holdsText() ? 1 : feature.deviation() == 0 ? CONSTANT : (float) feature.deviation();
            }
        }
        return new NormalizerStandardize(
                Nd4j.createFromArray(new float[][] {mean}), Nd4j.createFromArray(new float[][] {deviation}));
    }

    /**
     * Reads the recipe.
     *
     * @return empty for a network that was not trained on a table
     * @throws IOException if the file cannot be read
     */
    public static Optional<TableRecipe> read(Path model) throws IOException {
        Optional<String> json = SavedNetwork.text(model, ENTRY);
        try {
            return json.isEmpty() ? Optional.empty() : Optional.of(JSON.readValue(json.get(), TableRecipe.class));
        } catch (JsonProcessingException e) {
            throw new IOException(model + " is damaged: " + ENTRY + ": " + e.getOriginalMessage(), e);
        }
    }
}
