package io.github.autol2.program.data;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Text with a blank in the place of each tab, for tables whose columns are separated by both. */
final class TabsAsBlanks extends FilterReader {

    TabsAsBlanks(Reader text) {
        super(text);
    }

    @Override
    public int read() throws IOException {
        int character = super.read();
        return character == '\t' ? ' ' : character;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        for (int i = offset; i < offset + count; i++) {
            target[i] = target[i] == '\t' ? ' ' : target[i];
        }
        return count;
    }
}
