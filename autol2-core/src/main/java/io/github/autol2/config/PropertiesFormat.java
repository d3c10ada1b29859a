package io.github.autol2.config;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.configuration2.PropertiesConfiguration;
import org.apache.commons.configuration2.PropertiesConfiguration.DefaultIOFactory;
import org.apache.commons.configuration2.PropertiesConfiguration.PropertiesReader;
import org.apache.commons.configuration2.ex.ConfigurationException;

/** Reads {@code .properties} files. Their {@code include} lines, which could name any file or address, are refused. */
final class PropertiesFormat {

    private PropertiesFormat() {}

    /** The texts by key. */
    static Map<String, String> read(String text, FileKeys keys) throws SyntaxException {
        PropertiesConfiguration configuration = new PropertiesConfiguration();
        configuration.setIncludesAllowed(false);
        configuration.setIOFactory(new DefaultIOFactory() {
            @Override
            public PropertiesReader createPropertiesReader(Reader in) {
                return new LineReader(in, keys);
            }
        });
        try {
            configuration.read(new StringReader(text));
        } catch (ConfigurationException | IOException | RuntimeException e) { // unchecked for a bad backslash-u
            throw new SyntaxException(0, "is not a valid properties file: " + e.getMessage());
        }
        Map<String, String> texts = new LinkedHashMap<>();
        keys.lines().forEach((key, line) -> {
            if (configuration.containsKey(key)) {
                texts.put(key, configuration.getProperty(key).toString());
            } else { // dropped by setIncludesAllowed(false)
                keys.problem(line, key + " is not allowed: all settings are in one file");
            }
        });
        return texts;
    }

    /** Notes the line of each key; for a value continued over several lines, the last of them. */
    private static final class LineReader extends PropertiesReader {

        private final FileKeys keys;

        LineReader(Reader in, FileKeys keys) {
            super(in);
            this.keys = keys;
        }

        @Override
        public boolean nextProperty() throws IOException {
            boolean more = super.nextProperty();
            if (more) {
                keys.add(getPropertyName(), getLineNumber());
            }
            return more;
        }
    }
}
