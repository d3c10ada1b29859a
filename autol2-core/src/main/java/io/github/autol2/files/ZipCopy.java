package io.github.autol2.files;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies a zip file with changed entries, as a stream: unlike Java's zip file system it leaves no file beside the copy when the disk is
 * full.
 */
public final class ZipCopy {

    private static final byte[] MAGIC = {'P', 'K', 3, 4};

    private ZipCopy() {}

    /**
     * Writes the copy.
     *
     * @param from    an existing zip file
     * @param to      created or overwritten; another file
     * @param changed new content by name; null leaves an entry out
     * @throws IOException if one of the files cannot be read or written
     */
    public static void write(Path from, Path to, Map<String, byte[]> changed) throws IOException {
        try (ZipFile zip = open(from);
                OutputStream file = new BufferedOutputStream(Files.newOutputStream(to));
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (!changed.containsKey(entry.getName())) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    try (InputStream content = zip.getInputStream(entry)) {
                        content.transferTo(out);
                    }
                    out.closeEntry();
                }
            }
            add(out, changed);
        }
    }

    /**
     * Writes a zip file without a model.
     *
     * @param to      created or overwritten
     * @param entries content by name
     * @throws IOException if it cannot be written
     */
    public static void create(Path to, Map<String, byte[]> entries) throws IOException {
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(to));
                ZipOutputStream out = new ZipOutputStream(file)) {
            add(out, entries);
        }
    }

    private static void add(ZipOutputStream out, Map<String, byte[]> entries) throws IOException {
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            if (entry.getValue() != null) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
    }

    /**
     * {@return whether a file begins as zip files do}
     *
     * @param file to look at
     * @throws IOException if it cannot be read
     */
    public static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        }
    }

    private static ZipFile open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not a file");
        }
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException | EOFException e) { // the second where a damaged directory points behind the end
            throw new IOException(file + " is not a zip file", e);
        }
    }
}
