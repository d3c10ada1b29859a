package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.validation.HeldOut;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

class RecordJsonTest {

    private enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "not its name";
            }
        }
    }

    sealed interface Shape {
        record Circle(double radius) implements Shape {
            public Circle {
                if (!(radius >= 0)) {
                    throw new IllegalArgumentException("radius must be >= 0, got " + radius);
                }
            }
        }

        record Ball(double radius) implements Shape {}
    }

    private record All(
            double real,
            long whole,
            int small,
            boolean flag,
            String text,
            Colour colour,
            Shape shape,
            List<Shape> shapes,
            Map<String, Double> map,
            Optional<Shape> maybe,
            @RecordJson.Elsewhere Optional<Object> elsewhere) {}

    private static final All ALL = new All(
            Double.POSITIVE_INFINITY,
            1L << 60,
            -3,
            true,
            "a \"b\"",
            Colour.GREEN,
            new Shape.Circle(0.1),
            List.of(new Shape.Ball(1e-300), new Shape.Circle(2)),
            Map.of("x", 0.1 + 0.2),
            Optional.of(new Shape.Ball(Double.NaN)),
            Optional.empty());

    private static JsonNode tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static ObjectNode written() {
        return (ObjectNode) tree(RecordJson.write(ALL).toString());
    }

    @Test
    void readsWhatItHasWritten() {
        assertThat(RecordJson.read(written(), All.class)).isEqualTo(ALL);
    }

    @Test
    void readsFloatsBitForBit() {
        HeldOut floats = new HeldOut(new float[] {0.1f, Float.MIN_VALUE, Float.MAX_VALUE, -0.0f, 1e-30f}, new float[0]);

        JsonNode json = tree(RecordJson.write(floats).toString());

        assertThat(RecordJson.read(json, HeldOut.class)).isEqualTo(floats);
    }

    @Test
    void nullIsAnEmptyOptional() {
        ObjectNode json = written();
        json.putNull("maybe");

        assertThat(RecordJson.read(json, All.class).maybe()).isEmpty();
    }

    @Test
    void whatIsKeptElsewhereIsNotWritten() {
        All with = new All(
                1,
                1,
                1,
                true,
                "",
                Colour.RED,
                new Shape.Ball(1),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.of(1));

        assertThat(RecordJson.write(with).has("elsewhere")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "real | \"much\" | real must be a number, got \"much\"",
                "whole | 1.5 | whole must be a whole number, got 1.5",
                "whole | 99999999999999999999 | whole must be a whole number, got 99999999999999999999",
                "small | 3000000000 | small must be a whole number, got 3000000000",
                "flag | \"true\" | flag must be true or false, got \"true\"",
                "text | 1 | text must be text, got 1",
                "text | null | text must be text, got null",
                "colour | \"BLUE\" | colour must be one of [RED, GREEN], got \"BLUE\"",
                "shape | 1 | shape must be an object, got 1",
                "shape | {\"radius\": 1} | shape.type must be one of [RecordJsonTest.Shape.Circle, RecordJsonTest.Shape.Ball], got none",
                "shape | {\"type\": \"java.lang.String\"} | shape.type must be one of [RecordJsonTest.Shape.Circle, RecordJsonTest.Shape.Ball], got \"java.lang.String\"",
                "shape | {\"type\": \"RecordJsonTest.Shape.Circle\", \"radius\": -1} | shape: radius must be >= 0, got -1.0",
                "shape | {\"type\": \"RecordJsonTest.Shape.Circle\"} | shape.radius is missing",
                "shapes | {} | shapes must be a list, got {}",
                "shapes | [1] | shapes[0] must be an object, got 1",
                "map | [] | map must be an object, got []",
                "map | {\"x\": []} | map.x must be a number, got []",
                "other | 1 | other is not known"
            })
    void namesThePlaceTheRuleAndTheValue(String field, String value, String message) {
        ObjectNode json = written();
        json.set(field, tree(value));

        assertThatThrownBy(() -> RecordJson.read(json, All.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aMissingComponentIsNamed() {
        ObjectNode json = written();
        json.remove("flag");

        assertThatThrownBy(() -> RecordJson.read(json, All.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("flag is missing");
        assertThatThrownBy(() -> RecordJson.read(tree("[]"), All.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it must be an object, got []");
    }
}
