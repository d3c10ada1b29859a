package io.github.autol2.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Sound files and, for runs without the fuzzer, damaged ones beside them, which are the same each time. */
final class Damaged {

    private static final int OF_EACH = 40;
    private static final String[] EXTREMES = {
        "-1",
        "0",
        "2147483647",
        "9223372036854775808",
        "1e308",
        "1e-320",
        "NaN",
        "null",
        "[]",
        "{}",
        "\"",
        "\n",
        "\0",
        "\uFFFD"
    };

    private Damaged() {}

    /** The seeds and what becomes of them. Arguments that are no bytes stay as they are. */
    static Stream<Arguments> of(Stream<Arguments> seeds) {
        return seeds.flatMap(seed -> Stream.concat(
                Stream.of(seed), IntStream.range(0, OF_EACH).mapToObj(i -> damaged(seed, new Random(i)))));
    }

    /** The same for files alone. */
    static Stream<Arguments> files(Stream<byte[]> seeds) {
        return of(seeds.map(seed -> Arguments.of((Object) seed)));
    }

    static Arguments damaged(Arguments seed, Random random) {
        return Arguments.of(Arrays.stream(seed.get())
                .map(argument -> argument instanceof byte[] bytes ? damaged(bytes, random) : argument)
                .toArray());
    }

    /** One to four of: a byte is another one, some are lost, some come twice, an extreme value stands among them. */
    private static byte[] damaged(byte[] content, Random random) {
        byte[] bytes = content;
        for (int times = 1 + random.nextInt(4); times > 0 && bytes.length > 0; times--) {
            int from = random.nextInt(bytes.length);
            int until = Math.min(bytes.length, from + 1 + random.nextInt(1 + random.nextInt(64)));
            byte[] middle = switch (random.nextInt(4)) {
                case 0 -> new byte[] {(byte) random.nextInt()};
                case 1 -> new byte[0];
                case 2 -> joined(Arrays.copyOfRange(bytes, from, until), Arrays.copyOfRange(bytes, from, until));
                default -> EXTREMES[random.nextInt(EXTREMES.length)].getBytes(StandardCharsets.UTF_8);
            };
            bytes = joined(joined(Arrays.copyOf(bytes, from), middle), Arrays.copyOfRange(bytes, until, bytes.length));
        }
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
