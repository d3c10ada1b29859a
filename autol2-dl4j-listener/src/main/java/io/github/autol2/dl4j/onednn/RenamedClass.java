package io.github.autol2.dl4j.onednn;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A compiled class under another name. The name of a class stands once in its constant pool, as text; all else refers to that entry (Java
 * Virtual Machine Specification 17, sections 4.1 and 4.4, whose tags are used here). For classes without inner classes and without
 * fields, methods or parameters of their own type.
 */
final class RenamedClass {

    private RenamedClass() {}

    /**
     * The class file.
     *
     * @param name the new one, with dots
     */
    static byte[] bytes(Class<?> original, String name) throws IOException {
        String file = original.getSimpleName() + ".class";
        try (InputStream in = original.getResourceAsStream(file)) {
            if (in == null) {
                throw new FileNotFoundException(file);
            }
            ByteArrayOutputStream renamed = new ByteArrayOutputStream();
            rename(
                    new DataInputStream(new ByteArrayInputStream(in.readAllBytes())),
                    original.getName().replace('.', '/'),
                    name.replace('.', '/'),
                    new DataOutputStream(renamed));
            return renamed.toByteArray();
        }
    }

    private static void rename(DataInputStream in, String from, String to, DataOutputStream out) throws IOException {
        copy(in, out, 8); // magic number, versions
        int entries = in.readUnsignedShort();
        out.writeShort(entries);
        for (int i = 1; i < entries; i++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            switch (tag) {
                case 1 -> { // Utf8
                    String text = in.readUTF();
                    out.writeUTF(text.equals(from) ? to : text);
                }
                case 5, 6 -> { // Long and Double, which take two entries
                    copy(in, out, 8);
                    i++;
                }
                case 7, 8, 16, 19, 20 -> copy(in, out, 2); // Class, String, MethodType, Module, Package
                case 15 -> copy(in, out, 3); // MethodHandle
                default -> copy(in, out, 4); // numbers of four bytes, pairs of entries
            }
        }
        in.transferTo(out);
    }

    private static void copy(DataInputStream in, DataOutputStream out, int bytes) throws IOException {
        out.write(in.readNBytes(bytes));
    }
}
