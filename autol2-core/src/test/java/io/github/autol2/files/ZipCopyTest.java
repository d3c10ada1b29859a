package io.github.autol2.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipCopyTest {

    @TempDir
    private Path folder;

    @Test
    void replacesAddsAndLeavesOutEntriesAndCopiesTheOthers() throws IOException {
        Path from = zip(Map.of("a", "1", "b", "2", "c", "3"));
        Map<String, byte[]> changed = new LinkedHashMap<>();
        changed.put("b", "new".getBytes(StandardCharsets.UTF_8));
        changed.put("c", null);
        changed.put("d", "4".getBytes(StandardCharsets.UTF_8));

        ZipCopy.write(from, folder.resolve("to.zip"), changed);

        assertThat(contents(folder.resolve("to.zip"))).isEqualTo(Map.of("a", "1", "b", "new", "d", "4"));
        assertThat(contents(from)).isEqualTo(Map.of("a", "1", "b", "2", "c", "3"));
    }

    @Test
    void createsAFileThatItKnowsAsZip() throws IOException {
        Path file = folder.resolve("new.zip");
        Path text = Files.writeString(folder.resolve("text"), "P");

        ZipCopy.create(file, Map.of("a", "1".getBytes(StandardCharsets.UTF_8)));

        assertThat(contents(file)).isEqualTo(Map.of("a", "1"));
        assertThat(ZipCopy.isZip(file)).isTrue();
        assertThat(ZipCopy.isZip(text)).isFalse();
    }

    @Test
    void refusesWhatIsNoZipFileByName() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "text");

        assertThatThrownBy(() -> ZipCopy.write(text, folder.resolve("to.zip"), Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessage(text + " is not a zip file");
        assertThatThrownBy(() -> ZipCopy.write(folder, folder.resolve("to.zip"), Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessage(folder + " is not a file");
    }

    private Path zip(Map<String, String> entries) throws IOException {
        Path file = folder.resolve("from.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private static Map<String, String> contents(Path file) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    contents.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return contents;
    }
}
