package io.github.autol2.dl4j;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.JsonNodeFactory;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * Records as trees of JSON, and back. The Jackson that older versions of ND4J bring knows neither records nor sealed types. A record is an
 * object with all its components and nothing else; one that implements a sealed interface also has a {@value #TYPE}. Components may be
 * {@code double}, {@code long}, {@code int}, {@code boolean}, {@code float[]}, String, an enum, a record, a sealed interface of records,
 * or a List, Optional or Map by String of these. Numbers that are not finite are text.
 */
final class RecordJson {

    private static final String TYPE = "type";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RecordJson() {}

    /** A component of type Optional that is kept in another place than JSON: it is read as empty. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Elsewhere {}

    /** The tree of a record. */
    static JsonNode write(Object value) {
        if (value instanceof Record one) {
            return object(one);
        }
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? write(optional.get()) : NODES.nullNode();
        }
        if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode(list.size());
            list.forEach(element -> array.add(write(element)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((key, element) -> object.set((String) key, write(element)));
            return object;
        }
        if (value instanceof float[] floats) {
            ArrayNode array = NODES.arrayNode(floats.length);
            for (float element : floats) {
                array.add(write(element));
            }
            return array;
        }
        return simple(value);
    }

    private static JsonNode simple(Object value) {
        if (value instanceof Double number) {
            return Double.isFinite(number) ? NODES.numberNode(number) : NODES.textNode(number.toString());
        }
        if (value instanceof Float number) {
            return Float.isFinite(number) ? NODES.numberNode(number) : NODES.textNode(number.toString());
        }
        if (value instanceof Long || value instanceof Integer) {
            return NODES.numberNode(((Number) value).longValue());
        }
        if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        if (value instanceof Enum<?> constant) {
            return NODES.textNode(constant.name());
        }
        if (value instanceof String text) {
            return NODES.textNode(text);
        }
        throw new IllegalArgumentException("no JSON for " + value.getClass());
    }

    private static ObjectNode object(Record one) {
        ObjectNode object = NODES.objectNode();
        if (Arrays.stream(one.getClass().getInterfaces()).anyMatch(Class::isSealed)) {
            object.put(TYPE, name(one.getClass()));
        }
        for (RecordComponent component : one.getClass().getRecordComponents()) {
            if (!component.isAnnotationPresent(Elsewhere.class)) {
                object.set(component.getName(), write(value(one, component)));
            }
        }
        return object;
    }

    private static Object value(Record one, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(one);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    /** The name of a type within its package, such as {@code AdaptiveRun.Saved}. */
    private static String name(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    /**
     * The record in a tree.
     *
     * @throws IllegalArgumentException names the place, the rule and the value
     */
    static <T extends Record> T read(JsonNode tree, Class<T> type) {
        return type.cast(read(tree, type, ""));
    }

    private static Object read(JsonNode node, Type type, String place) {
        if (type instanceof ParameterizedType generic) {
            return container(node, generic, place);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return one(node, plain, place, plain.getInterfaces());
        }
        if (plain.isSealed() && !plain.isEnum()) { // an enum whose constants have bodies is sealed, too
            return oneOf(node, plain, place);
        }
        if (plain == float[].class) {
            return floats(node, place);
        }
        return simple(node, plain, place);
    }

    private static Object container(JsonNode node, ParameterizedType type, String place) {
        Type[] arguments = type.getActualTypeArguments();
        Type content = arguments[arguments.length - 1];
        if (type.getRawType() == Optional.class) {
            return node.isNull() ? Optional.empty() : Optional.of(read(node, content, place));
        }
        if (type.getRawType() == List.class) {
            require(node.isArray(), place, "a list", node);
            List<Object> list = new ArrayList<>();
            for (JsonNode element : node) {
                list.add(read(element, content, place + "[" + list.size() + "]"));
            }
            return list;
        }
        require(node.isObject(), place, "an object", node);
        Map<String, Object> map = new LinkedHashMap<>();
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            map.put(name, read(node.get(name), content, inside(place, name)));
        }
        return map;
    }

    private static float[] floats(JsonNode node, String place) {
        require(node.isArray(), place, "a list", node);
        float[] values = new float[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) number(node.get(i), place + "[" + i + "]");
        }
        return values;
    }

    private static Object simple(JsonNode node, Class<?> type, String place) {
        if (type == double.class || type == Double.class) {
            return number(node, place);
        }
        if (type == long.class) {
            require(node.isIntegralNumber() && node.canConvertToLong(), place, "a whole number", node);
            return node.longValue();
        }
        if (type == int.class) {
            require(node.isIntegralNumber() && node.canConvertToInt(), place, "a whole number", node);
            return node.intValue();
        }
        if (type == boolean.class) {
            require(node.isBoolean(), place, "true or false", node);
            return node.booleanValue();
        }
        require(node.isTextual(), place, "text", node);
        if (type == String.class) {
            return node.textValue();
        }
        return constant(node, type, place);
    }

    private static Object constant(JsonNode node, Class<?> type, String place) {
        List<Enum<?>> constants = Arrays.stream(type.getEnumConstants())
                .<Enum<?>>map(constant -> (Enum<?>) constant)
                .toList();
        return constants.stream()
                .filter(constant -> constant.name().equals(node.textValue()))
                .findFirst()
                .orElseThrow(() -> problem(
                        place, "one of " + constants.stream().map(Enum::name).toList(), node));
    }

    private static double number(JsonNode node, String place) {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return switch (node.asText()) {
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            case "NaN" -> Double.NaN;
            default -> throw problem(place, "a number", node);
        };
    }

    private static Object oneOf(JsonNode node, Class<?> sealed, String place) {
        require(node.isObject(), place, "an object", node);
        JsonNode name = node.path(TYPE);
        return Arrays.stream(sealed.getPermittedSubclasses())
                .filter(type -> name(type).equals(name.asText()))
                .findFirst()
                .map(type -> one(node, type, place, sealed))
                .orElseThrow(() -> problem(
                        inside(place, TYPE),
                        "one of "
                                + Arrays.stream(sealed.getPermittedSubclasses())
                                        .map(RecordJson::name)
                                        .toList(),
                        name));
    }

    private static Object one(JsonNode node, Class<?> type, String place, Class<?>... interfaces) {
        require(node.isObject(), place, "an object", node);
        Set<String> unknown = new HashSet<>();
        node.fieldNames().forEachRemaining(unknown::add);
        if (Arrays.stream(interfaces).anyMatch(Class::isSealed)) {
            unknown.remove(TYPE);
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            if (components[i].isAnnotationPresent(Elsewhere.class)) {
                values[i] = Optional.empty();
                continue;
            }
            if (!node.has(name)) {
                throw new IllegalArgumentException(inside(place, name) + " is missing");
            }
            unknown.remove(name);
            values[i] = read(node.get(name), components[i].getGenericType(), inside(place, name));
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(inside(place, unknown.iterator().next()) + " is not known");
        }
        return create(type, components, values, place);
    }

    private static Object create(Class<?> type, RecordComponent[] components, Object[] values, String place) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new IllegalArgumentException((place.isEmpty() ? "" : place + ": ") + refused.getMessage(), e);
            }
            throw new IllegalArgumentException(place + ": " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot create " + type, e);
        }
    }

    private static void require(boolean condition, String place, String rule, JsonNode node) {
        if (!condition) {
            throw problem(place, rule, node);
        }
    }

    private static IllegalArgumentException problem(String place, String rule, JsonNode node) {
        String value = node.toString();
        return new IllegalArgumentException((place.isEmpty() ? "it" : place) + " must be " + rule + ", got "
                + (node.isMissingNode() ? "none" : value.length() > 60 ? value.substring(0, 60) + "..." : value));
    }

    private static String inside(String place, String name) {
        return place.isEmpty() ? name : place + "." + name;
    }
}
