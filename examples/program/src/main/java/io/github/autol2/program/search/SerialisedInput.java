package io.github.autol2.program.search;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * Recognises bytes that Java serialisation makes of a network's input, without deserialising them: all that differs between two inputs of
 * one kind are their sizes, which stand in the same places. Sizes are read there, an input is made of them by its constructor, and it
 * counts if it gives the very same bytes.
 */
final class SerialisedInput {

    /** No byte of one is equal to that of the other. */
    private static final long ONE = 0x0102030405060708L;

    private static final long OTHER = 0x1112131415161718L;

    private static final List<Kind> KINDS = List.of(
            new Kind(1, s -> InputType.feedForward(s[0])),
            new Kind(3, s -> InputType.convolutionalFlat(s[0], s[1], s[2])),
            new Kind(3, s -> InputType.convolutional(s[0], s[1], s[2], CNN2DFormat.NCHW)),
            new Kind(3, s -> InputType.convolutional(s[0], s[1], s[2], CNN2DFormat.NHWC)),
            new Kind(2, s -> InputType.recurrent(s[0], s[1], RNNFormat.NCW)),
            new Kind(2, s -> InputType.recurrent(s[0], s[1], RNNFormat.NWC)));

    private SerialisedInput() {}

    /** An input with so many sizes. */
    private record Kind(int sizes, Function<long[], InputType> input) {

        Optional<InputType> read(byte[] data) throws IOException {
            long[] ones = new long[sizes];
            Arrays.fill(ones, ONE);
            byte[] example = bytes(input.apply(ones));
            if (data.length != example.length) {
                return Optional.empty();
            }
            long[] found = new long[sizes];
            for (int i = 0; i < sizes; i++) {
                long[] others = ones.clone();
                others[i] = OTHER;
                found[i] = ByteBuffer.wrap(data).getLong(Arrays.mismatch(example, bytes(input.apply(others))));
            }
            InputType made;
            try {
                made = input.apply(found);
            } catch (RuntimeException e) { // a size that cannot be
                return Optional.empty();
            }
            return Arrays.equals(bytes(made), data) ? Optional.of(made) : Optional.empty();
        }
    }

    /** The input that these bytes stand for; empty if they are those of anything else. */
    static Optional<InputType> read(byte[] data) throws IOException {
        for (Kind kind : KINDS) {
            Optional<InputType> input = kind.read(data);
            if (input.isPresent()) {
                return input;
            }
        }
        return Optional.empty();
    }

    static byte[] bytes(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }
}
