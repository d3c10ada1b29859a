package io.github.autol2.program.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.program.model.InvalidModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.conf.updater.SgdSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.layers.OutputLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.optimize.serde.jackson.JsonMapper;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

class SpaceFileTest {

    @TempDir
    private Path folder;

    private static MultiLayerSpace space(ParameterSpace<Integer> first, ParameterSpace<Integer> second) {
        return space(first, second, new ActivationTanH());
    }

    private static MultiLayerSpace space(
            ParameterSpace<Integer> first, ParameterSpace<Integer> second, IActivation activation) {
        return new MultiLayerSpace.Builder()
                .updater(new SgdSpace(new ContinuousParameterSpace(0.01, 0.1)))
                .addLayer(new DenseLayerSpace.Builder()
                        .nIn(4)
                        .nOut(first)
                        .activation(activation)
                        .build())
                .addLayer(new DenseLayerSpace.Builder().nOut(second).build())
                .addLayer(new OutputLayerSpace.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .lossFunction(LossFunction.MCXENT)
                        .build())
                .build();
    }

    private static ObjectNode json(MultiLayerSpace space) throws IOException {
        return (ObjectNode)
                JsonMapper.getMapper().readTree(JsonMapper.getMapper().writeValueAsString(space));
    }

    private Path file(JsonNode tree) throws IOException {
        return Files.writeString(folder.resolve("space.json"), tree.toString());
    }

    @Test
    void readsWhatArbiterWritesWithObjectsThatHaveNoSettings() throws IOException {
        MultiLayerSpace space = space(new IntegerParameterSpace(2, 8), new IntegerParameterSpace(3, 9));
        ObjectNode json = json(space);
        assertThat(json.toString()).contains("\"data\":\"rO0AB"); // Java serialisation

        assertThat(SpaceFile.load(file(json))).isEqualTo(space);
    }

    static List<InputType> inputs() {
        return List.of(
                InputType.feedForward(7),
                InputType.convolutionalFlat(28, 27, 3),
                InputType.convolutional(28, 27, 3),
                InputType.convolutional(28, 27, 3, CNN2DFormat.NHWC),
                InputType.recurrent(5),
                InputType.recurrent(5, 12, RNNFormat.NWC));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void readsInputsAsArbiterWritesThemAndAsTheProgramPrintsThem(InputType input) throws IOException {
        FixedValue<InputType> fixed = new FixedValue<>(input);
        MultiLayerSpace space = space(new IntegerParameterSpace(2, 8), new IntegerParameterSpace(3, 9));
        ObjectNode json = json(space);
        json.set("inputType", JsonMapper.getMapper().valueToTree(fixed));
        assertThat(json.at("/inputType/data").asText()).startsWith("rO0AB"); // Java serialisation

        MultiLayerSpace read = (MultiLayerSpace) SpaceFile.load(file(json));
        String printed = SearchSpaces.json(read);

        assertThat(printed).contains(input.getClass().getName()).doesNotContain("rO0AB");
        assertThat(SpaceFile.load(file(JsonMapper.getMapper().readTree(printed))))
                .isEqualTo(read);
        assertThat(JsonMapper.getMapper().readTree(printed).at("/inputType/value"))
                .hasToString(NeuralNetConfiguration.mapper().valueToTree(input).toString());
    }

    @Test
    void refusesObjectsWithSettingsOfTheirOwn() throws IOException {
        ObjectNode json =
                json(space(new IntegerParameterSpace(2, 8), new IntegerParameterSpace(3, 9), new ActivationLReLU(0.3)));

        assertThatThrownBy(() -> SpaceFile.load(file(json)))
                .isInstanceOf(InvalidModelException.class)
                .rootCause()
                .hasMessageContaining("ActivationLReLU holds Java objects with settings of their own");
    }

    /** Notes that it has been deserialised. */
    private static final class Hostile implements Serializable {

        private static final long serialVersionUID = 1;
        private static int deserialised;

        private void readObject(ObjectInputStream in) {
            deserialised++;
        }
    }

    @Test
    void deserialisesNothingWhereArbiterDoes() throws IOException {
        ObjectNode json = json(space(new IntegerParameterSpace(2, 8), new IntegerParameterSpace(3, 9)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Hostile());
        }
        json.findParents("data")
                .forEach(parent ->
                        ((ObjectNode) parent).put("data", Base64.getEncoder().encodeToString(bytes.toByteArray())));
        Hostile.deserialised = 0;

        assertThatThrownBy(() -> SpaceFile.load(file(json))).isInstanceOf(InvalidModelException.class);
        assertThat(Hostile.deserialised).isZero();

        assertThat(JsonMapper.getMapper().treeToValue(json, MultiLayerSpace.class))
                .isNotNull();
        assertThat(Hostile.deserialised).isPositive();
    }

    @Test
    void loadsNoClassesForFixedValuesButThoseOfNetworks() throws IOException {
        ObjectNode json = json(space(new FixedValue<>(4), new IntegerParameterSpace(3, 9)));
        json.findParents("@valueclass")
                .forEach(parent -> ((ObjectNode) parent).put("@valueclass", Hostile.class.getName()));

        assertThatThrownBy(() -> SpaceFile.load(file(json)))
                .isInstanceOf(InvalidModelException.class)
                .rootCause()
                .hasMessageContaining("a fixed value may not be of the class " + Hostile.class.getName());
    }

    @Test
    void countsTheAxesOfASpaceThatSomebodyHasChanged() throws IOException {
        ObjectNode json = json(space(new IntegerParameterSpace(2, 8), new IntegerParameterSpace(3, 9)));
        ObjectNode fixed = json.deepCopy().put("numParameters", 5); // as if two axes had become fixed

        assertThat(json.get("numParameters").asInt()).isEqualTo(3);
        assertThat(SpaceFile.load(file(fixed)).numParameters()).isEqualTo(3);
        assertThat(SpaceFile.load(file(json.put("numParameters", 1))).numParameters())
                .isEqualTo(3);
    }

    @Test
    void refusesAnAxisThatLayersSharedAndSaysHowNotToShareIt() throws IOException {
        ParameterSpace<Integer> shared = new IntegerParameterSpace(2, 8);
        ObjectNode json = json(space(shared, shared));
        assertThat(json.get("numParameters").asInt()).isEqualTo(2);

        assertThatThrownBy(() -> SpaceFile.load(file(json)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("a search space that layers share cannot be read from a file")
                .hasMessageContaining("3 parameters were read, 2 written")
                .hasMessageContaining("write numParameters 3");
        assertThat(SpaceFile.load(file(json.put("numParameters", 3))).numParameters())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"layerSpaces\": [null]}",
                "{\"layerSpaces\": [{\"layerSpace\": null, \"numLayers\": null}]}",
                "{\"parameterSpace\": {\"parameterSpace\": 3}}",
                "[]",
                "null",
                ""
            })
    void refusesWhatIsNoSpaceInOneSentence(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("space.json"), text);

        assertThatThrownBy(() -> SpaceFile.load(file))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("neither a MultiLayerSpace nor a ComputationGraphSpace");
    }

    @Test
    void saysWhichPartOfASpaceIsMissing() throws IOException {
        ObjectNode noNumber = json(space(new IntegerParameterSpace(1, 4), new FixedValue<>(3)));
        ((ObjectNode) noNumber.get("layerSpaces").get(1)).remove("numLayers");
        assertIncomplete(noNumber, "layerSpaces[1].numLayers must be a space, got none");

        ObjectNode noLayer = json(space(new IntegerParameterSpace(1, 4), new FixedValue<>(3)));
        ((ObjectNode) noLayer.get("layerSpaces").get(0)).putNull("layerSpace");
        assertIncomplete(noLayer, "layerSpaces[0].layerSpace must be a space, got null");

        ObjectNode misspelt = json(space(new IntegerParameterSpace(1, 4), new FixedValue<>(3)));
        ObjectNode loss = (ObjectNode)
                misspelt.get("layerSpaces").get(2).get("layerSpace").get("lossFunction");
        loss.set("lossFunctoin", loss.remove("lossFunction"));
        assertIncomplete(
                misspelt,
                "layerSpaces[2].layerSpace.lossFunction.lossFunctoin must be one of [lossFunction, indices], got 'lossFunctoin'");

        ObjectNode removed = json(space(new IntegerParameterSpace(1, 4), new FixedValue<>(3)));
        ((ObjectNode) removed.get("layerSpaces").get(2).get("layerSpace").get("lossFunction")).remove("lossFunction");
        assertIncomplete(removed, "layerSpaces[2].layerSpace.lossFunction must be whole, but has no lossFunction");

        ObjectNode noActivation = json(space(new IntegerParameterSpace(1, 4), new FixedValue<>(3)));
        ((ObjectNode) noActivation.at("/layerSpaces/2/layerSpace/activationFunction")).putNull("activation");
        assertIncomplete(
                noActivation, "layerSpaces[2].layerSpace.activationFunction must be whole, but has no activation");

        ObjectNode noLayers = json(space(new IntegerParameterSpace(1, 4), new FixedValue<>(3)));
        assertIncomplete(noLayers.putNull("layerSpaces"), "layerSpaces must be a list, got null");
    }

    @Test
    void namesThePlaceOfAValueThatCannotBeRead() throws IOException {
        ObjectNode noBound = json(space(new IntegerParameterSpace(1, 4), new FixedValue<>(3)));
        ((ObjectNode) noBound.at("/layerSpaces/0/layerSpace/nOut/distribution")).remove("upper");
        assertIncomplete(
                noBound, "layerSpaces[0].layerSpace.nOut.distribution must be whole, but a value in it is missing");

        ObjectNode noValue = json(space(new IntegerParameterSpace(1, 4), new FixedValue<>(3)));
        ((ObjectNode) noValue.at("/layerSpaces/1/layerSpace/nOut")).putNull("value");
        assertIncomplete(
                noValue,
                "layerSpaces[1].layerSpace.nOut cannot be read: a fixed value must have @valueclass and value");

        ObjectNode noClass = json(space(new IntegerParameterSpace(1, 4), new FixedValue<>(3)));
        ((ObjectNode) noClass.at("/layerSpaces/1/layerSpace/nOut")).remove("@class");
        Path file = file(noClass);
        assertThatThrownBy(() -> SpaceFile.load(file))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith("model.file " + file + ": ")
                .hasMessageContaining("layerSpaces[1].layerSpace.nOut cannot be read: ")
                .hasMessageContaining("missing type id property '@class'");
    }

    private void assertIncomplete(ObjectNode tree, String problem) throws IOException {
        Path file = file(tree);
        assertThatThrownBy(() -> SpaceFile.load(file))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith(
                        "model.file " + file + ": neither a MultiLayerSpace nor a ComputationGraphSpace")
                .hasMessageEndingWith(": " + problem);
    }

    @Test
    void refusesNestingWithoutEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("space.json"), "{\"generator\":".repeat(100_000));

        assertThatThrownBy(() -> SpaceFile.load(file)).isInstanceOf(InvalidModelException.class);
    }
}
