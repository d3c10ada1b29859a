package io.github.autol2.program.search;

import java.io.IOException;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.shade.jackson.core.JsonGenerator;
import org.nd4j.shade.jackson.core.JsonToken;
import org.nd4j.shade.jackson.core.type.WritableTypeId;
import org.nd4j.shade.jackson.databind.JsonSerializer;
import org.nd4j.shade.jackson.databind.SerializerProvider;
import org.nd4j.shade.jackson.databind.jsontype.TypeSerializer;

/** Writes a fixed value of a search space as JSON, where Arbiter writes the bytes of Java serialisation. */
final class FixedValueWriter extends JsonSerializer<FixedValue<?>> {

    @Override
    public void serialize(FixedValue<?> fixed, JsonGenerator json, SerializerProvider provider) throws IOException {
        Object value = fixed.getValue();
        json.writeStringField(FixedValueReader.CLASS, value.getClass().getName());
        json.writeFieldName(FixedValueReader.VALUE);
        json.writeTree(NeuralNetConfiguration.mapper().valueToTree(value));
    }

    @Override
    public void serializeWithType(
            FixedValue<?> fixed, JsonGenerator json, SerializerProvider provider, TypeSerializer types)
            throws IOException {
        WritableTypeId type = types.typeId(fixed, JsonToken.START_OBJECT);
        types.writeTypePrefix(json, type);
        serialize(fixed, json, provider);
        types.writeTypeSuffix(json, type);
    }
}
