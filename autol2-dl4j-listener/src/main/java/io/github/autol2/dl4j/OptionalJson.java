package io.github.autol2.dl4j;

import java.io.IOException;
import java.util.Optional;
import org.nd4j.shade.jackson.core.JsonGenerator;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.databind.BeanProperty;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.JsonDeserializer;
import org.nd4j.shade.jackson.databind.JsonSerializer;
import org.nd4j.shade.jackson.databind.SerializerProvider;
import org.nd4j.shade.jackson.databind.deser.ContextualDeserializer;
import org.nd4j.shade.jackson.databind.module.SimpleModule;

/** {@code Optional} in JSON: its value, or null. The module of Jackson that does this is not among those that ND4J brings. */
final class OptionalJson {

    private OptionalJson() {}

    @SuppressWarnings({"rawtypes", "unchecked"}) // a class literal has no type parameters
    static SimpleModule module() {
        SimpleModule module = new SimpleModule("Optional");
        module.addSerializer(Optional.class, new Writer());
        module.addDeserializer(Optional.class, (JsonDeserializer) new Reader(null));
        return module;
    }

    @SuppressWarnings("rawtypes")
    private static final class Writer extends JsonSerializer<Optional> {
        @Override
        public void serialize(Optional value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (value.isPresent()) {
                json.writeObject(value.get());
            } else {
                json.writeNull();
            }
        }
    }

    private static final class Reader extends JsonDeserializer<Optional<?>> implements ContextualDeserializer {
        private final JavaType content; // null before it is known where the Optional stands

        Reader(JavaType content) {
            this.content = content;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
            return new Reader(context.getContextualType().containedType(0));
        }

        @Override
        public Optional<?> deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return Optional.of(context.readValue(json, content));
        }

        @Override
        public Optional<?> getNullValue(DeserializationContext context) {
            return Optional.empty();
        }
    }
}
