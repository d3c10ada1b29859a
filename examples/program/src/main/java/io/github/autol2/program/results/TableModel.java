package io.github.autol2.program.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.autol2.dl4j.SavedNetwork;
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
 * What a network's zip file knows about the table that it was trained on: the recipe as the entry {@value #ENTRY}, and, where single
 * precision does, Deeplearning4j's own entry of a normaliser, for who reads the file with Deeplearning4j alone.
 */
public final class TableModel {

    static final String ENTRY = "autol2-table.json";

    private static final String WRITTEN = "written";
    private static final float CONSTANT = 1e30f; // divides what a constant column holds to 0
    private static final double LEAST_DEVIATION = 1e-5;
    private static final double MOST_ROUNDING = 1e-3; // in deviations of the column
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

    /** The recipe by its name in the zip file, and the normaliser where single precision does for it. */
    public static Map<String, byte[]> entries(TableRecipe recipe) throws IOException {
        if (!recipe.features().stream().allMatch(TableModel::fitsIntoFloats)) {
            return Map.of(ENTRY, JSON.writeValueAsBytes(recipe));
        }
        ByteArrayOutputStream normalizer = new ByteArrayOutputStream();
        NormalizerSerializer.getDefault().write(normalizer(recipe), normalizer);
        return Map.of(ENTRY, JSON.writeValueAsBytes(recipe), ModelSerializer.NORMALIZER_BIN, normalizer.toByteArray());
    }

    /**
     * Whether Deeplearning4j's normaliser gives nearly the same: it takes mean and numbers as floats, and leaves columns with a deviation
     * below 1e-5 as they are.
     */
    private static boolean fitsIntoFloats(TableFeature feature) {
        return feature.holdsText()
                || feature.deviation() == 0
                || (feature.deviation() > LEAST_DEVIATION
                        && Math.ulp((float) feature.mean()) <= MOST_ROUNDING * feature.deviation());
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

    /** Earlier models do not say how their table was written. */
    private static TableRecipe recipe(String json) throws JsonProcessingException {
        JsonNode recipe = JSON.readTree(json);
        if (recipe instanceof ObjectNode object && !object.has(WRITTEN)) {
            object.set(WRITTEN, JSON.valueToTree(TableRecipe.Written.UNKNOWN));
        }
        return JSON.treeToValue(recipe, TableRecipe.class); // null for null
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
            if (json.isEmpty()) {
                return Optional.empty();
            }
            TableRecipe recipe = recipe(json.get());
            if (recipe == null) {
                throw new IOException(model + " is damaged: " + ENTRY + ": it holds null");
            }
            return Optional.of(recipe);
        } catch (JsonProcessingException e) {
            throw new IOException(model + " is damaged: " + ENTRY + ": " + e.getOriginalMessage(), e);
        }
    }
}
