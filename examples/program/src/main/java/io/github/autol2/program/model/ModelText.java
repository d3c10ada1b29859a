package io.github.autol2.program.model;

import io.github.autol2.files.TextLimits;
import io.github.autol2.program.config.NetworkText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;

/** Reads files that describe a network or a space of networks, which somebody else may have written. */
public final class ModelText {

    private ModelText() {}

    /**
     * The text of a file.
     *
     * @param meaning what the file must be, for messages
     * @throws InvalidModelException if it cannot be read, is no text, or breaks the {@link TextLimits}, read as YAML, too
     */
    public static String read(Path file, String meaning) {
        return read(new NetworkText(file), meaning);
    }

    static String read(NetworkText once, String meaning) {
        Path file = once.file();
        try {
            String text = once.text();
            TextLimits.problem(text).or(() -> YamlNesting.problem(text)).ifPresent(problem -> {
                throw new InvalidModelException(file, problem);
            });
            return text;
        } catch (CharacterCodingException e) {
            throw new InvalidModelException(file, "must be " + meaning + " in JSON or YAML, but is not UTF-8 text");
        } catch (IOException e) {
            throw new InvalidModelException(file, "cannot be read", e);
        }
    }
}
