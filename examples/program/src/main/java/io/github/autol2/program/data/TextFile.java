package io.github.autol2.program.data;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Opens a file of text. Its encoding is the given one, or that of its byte order mark, or UTF-16 if every other one of its first bytes
 * is 0, or else UTF-8. A byte that does not belong to the encoding is an error, never another character.
 *
 * @param charset the encoding that was given or found
 * @param mark    bytes of the byte order mark, which belongs to no cell
 */
record TextFile(Path file, Charset charset, int mark) {

    private static final int LONGEST_MARK = 3;
    private static final int LONGEST_BEGINNING = 7;
    private static final int CHUNK = 1 << 16;

    /** @throws InvalidDataException if the file is missing or cannot be read */
    static TextFile of(Path file, Optional<Charset> encoding) {
        boolean wide =
                encoding.filter(StandardCharsets.UTF_16::equals).isPresent(); // says nothing about the order of bytes
        Optional<Charset> given = encoding.filter(charset -> !wide);
        TextFile found = found(file, given);
        return wide && found.charset.equals(StandardCharsets.UTF_8) && found.mark == 0
                ? new TextFile(file, StandardCharsets.UTF_16, 0)
                : found;
    }

    private static TextFile found(Path file, Optional<Charset> given) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidDataException(file, "there is no such file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] first = in.readNBytes(LONGEST_BEGINNING);
            refuseOtherKinds(file, first);
            if (startsWith(first, 0xEF, 0xBB, 0xBF)) {
                return new TextFile(file, given.orElse(StandardCharsets.UTF_8), LONGEST_MARK);
            }
            if (startsWith(first, 0xFF, 0xFE)) {
                return new TextFile(file, given.orElse(StandardCharsets.UTF_16LE), 2);
            }
            if (startsWith(first, 0xFE, 0xFF)) {
                return new TextFile(file, given.orElse(StandardCharsets.UTF_16BE), 2);
            }
            boolean wide = first.length > LONGEST_MARK;
            if (given.isEmpty() && wide && first[1] == 0 && first[3] == 0 && first[0] != 0) {
                return new TextFile(file, StandardCharsets.UTF_16LE, 0);
            }
            if (given.isEmpty() && wide && first[0] == 0 && first[2] == 0 && first[1] != 0) {
                return new TextFile(file, StandardCharsets.UTF_16BE, 0);
            }
            return new TextFile(file, given.orElse(StandardCharsets.UTF_8), 0);
        } catch (IOException e) {
            throw InvalidDataException.unreadable(file, e);
        }
    }

    /** Files of these kinds are no text in any encoding, though ISO-8859-1 takes every byte for a character. */
    private static void refuseOtherKinds(Path file, byte[] first) {
        String kind = null;
        if (startsWith(first, 'P', 'K', 3, 4)) {
            kind = "a zip file or a spreadsheet (xlsx, ods): unpack it, or export the table as CSV";
        } else if (startsWith(first, 0xD0, 0xCF, 0x11, 0xE0)) {
            kind = "a spreadsheet (xls): export the table as CSV";
        } else if (startsWith(first, 0x1F, 0x8B)) {
            kind = "a gzip file: unpack it";
        } else if (startsWith(first, 'P', 'A', 'R', '1', 0x15)) { // a column of a table may be called PAR1
            kind = "a Parquet file: export the table as CSV";
        } else if (startsWith(first, 'A', 'R', 'R', 'O', 'W', '1', 0)) {
            kind = "an Arrow file: export the table as CSV";
        }
        if (kind != null) {
            throw new InvalidDataException(file, "must be a table in text, got " + kind);
        }
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (bytes.length <= i || bytes[i] != (byte) mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** The text after the mark; reading it throws a {@code CharacterCodingException} at a byte that does not belong to the encoding. */
    BufferedReader reader() throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        in.skipNBytes(mark);
        return new BufferedReader(new InputStreamReader(in, charset.newDecoder()));
    }

    /** An exception to throw where the encoding does not fit; it names the line. */
    InvalidDataException misfit() {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(mark);
            return new InvalidDataException(
                    file,
                    firstMisfit(in),
                    "is not " + charset.name()
                            + " text; name its encoding with data.encoding, for example ISO-8859-1 or "
                            + "windows-1252");
        } catch (IOException e) {
            return InvalidDataException.unreadable(file, e);
        }
    }

    /** The line of the first byte that does not belong, counted from 1. */
    private long firstMisfit(InputStream in) throws IOException {
        CharsetDecoder decoder = charset.newDecoder();
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
        CharBuffer chars = CharBuffer.allocate(CHUNK);
        long line = 1;
        boolean end = false;
        while (!end) {
            int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
            end = count < 0;
            bytes.position(bytes.position() + Math.max(0, count)).flip();
            CoderResult result = decoder.decode(bytes, chars, end);
            line += chars.flip().chars().filter(c -> c == '\n').count();
            if (result.isError()) {
                return line;
            }
            chars.clear();
            bytes.compact();
        }
        return line;
    }
}
