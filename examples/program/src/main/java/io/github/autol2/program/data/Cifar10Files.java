package io.github.autol2.program.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The six files of CIFAR-10, checked. Each is a row of records without a header: a byte for the label, then the pixels, all red ones
 * first, then green, then blue, each colour row by row.
 */
final class Cifar10Files {

    private static final String ARCHIVE = "cifar-10-binary.tar.gz";
    private static final String FOLDER = "cifar-10-batches-bin";
    private static final String TEST = "test_batch.bin";
    private static final List<String> TRAINING = IntStream.rangeClosed(1, 5)
            .mapToObj(i -> "data_batch_" + i + ".bin")
            .toList();
    private static final int MOST_RECORDS = 10_000;
    private static final long MOST_UNPACKED = 512_000_000; // the archive itself has 184 MB

    private final Images training;
    private final Images test;

    private Cifar10Files(Images training, Images test) {
        this.training = training;
        this.test = test;
    }

    /**
     * Reads all six, from where {@link Cifar10} finds them.
     *
     * @param inputs  pixels times colours
     * @param classes the number of labels
     * @throws InvalidDataException if one is missing, truncated, or has a label that is none
     */
    static Cifar10Files read(Path path, int inputs, int classes) {
        Source source = source(path);
        int most = MOST_RECORDS * (1 + inputs);
        Map<String, byte[]> contents = source.isArchive() ? unpack(source.path(), most) : readAll(source.path(), most);
        List<byte[]> training = TRAINING.stream()
                .map(name -> checked(source, name, contents, inputs, classes))
                .toList();
        return new Cifar10Files(
                new Images(training, inputs),
                new Images(List.of(checked(source, TEST, contents, inputs, classes)), inputs));
    }

    /** The archive, or what is there of the six files. */
    static List<Path> files(Path path) {
        Source source = source(path);
        return source.isArchive()
                ? List.of(source.path())
                : names().map(source.path()::resolve).filter(Files::exists).toList();
    }

    private static Stream<String> names() {
        return Stream.concat(TRAINING.stream(), Stream.of(TEST));
    }

    Images training() {
        return training;
    }

    Images test() {
        return test;
    }

    /** A folder that holds the files, or an archive. */
    private record Source(Path path, boolean isArchive) {

        InvalidDataException refusal(String name, String problem) {
            return isArchive
                    ? new InvalidDataException(path, name + ": " + problem)
                    : new InvalidDataException(path.resolve(name), problem);
        }
    }

    private static Source source(Path path) {
        if (!Files.isDirectory(path)) {
            return new Source(path, true);
        }
        for (Path folder : List.of(path, path.resolve(FOLDER))) {
            if (Files.exists(folder.resolve(TEST))
                    || TRAINING.stream().map(folder::resolve).anyMatch(Files::exists)) {
                return new Source(folder, false);
            }
        }
        if (Files.isRegularFile(path.resolve(ARCHIVE))) {
            return new Source(path.resolve(ARCHIVE), true);
        }
        throw new InvalidDataException(
                path,
                "must hold " + TRAINING.get(0) + " to " + TRAINING.get(4) + " and " + TEST + ", or " + ARCHIVE
                        + ", but holds neither: " + Cifar10.ORIGIN);
    }

    private static Map<String, byte[]> readAll(Path folder, int most) {
        Map<String, byte[]> contents = new HashMap<>();
        for (String name : names().toList()) {
            Path file = folder.resolve(name);
            try {
                if (Files.exists(file)) {
                    try (InputStream in = Files.newInputStream(file)) {
                        contents.put(name, in.readNBytes(most + 1));
                    }
                }
            } catch (IOException e) {
                throw InvalidDataException.unreadable(file, e);
            }
        }
        return contents;
    }

    private static Map<String, byte[]> unpack(Path archive, int most) {
        Map<String, byte[]> contents = new HashMap<>();
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(GuardedGzip.open(archive, bytes, MOST_UNPACKED))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                if (entry.isFile() && (name.equals(TEST) || TRAINING.contains(name))) {
                    contents.put(name, tar.readNBytes(most + 1));
                }
            }
        } catch (EOFException e) {
            throw new InvalidDataException(archive, "the archive is truncated: it ends before its last file", e);
        } catch (ZipException e) {
            throw new InvalidDataException(
                    archive, "must be a tar archive that is compressed with gzip: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InvalidDataException(archive, "cannot be read as a tar.gz archive: " + e.getMessage(), e);
        }
        return contents;
    }

    private static byte[] checked(Source source, String name, Map<String, byte[]> contents, int inputs, int classes) {
        byte[] content = contents.get(name);
        if (content == null) {
            throw source.refusal(name, "there is no such file; " + Cifar10.ORIGIN);
        }
        int record = 1 + inputs;
        if (content.length > MOST_RECORDS * record) {
            throw source.refusal(
                    name, "must hold at most " + MOST_RECORDS + " records, as CIFAR-10's own files do, but goes on");
        }
        if (content.length == 0 || content.length % record != 0) {
            throw source.refusal(
                    name,
                    "must hold whole records of " + record + " bytes (a label and " + inputs
                            + " pixel values), at least one, got " + content.length
                            + " bytes: the file is truncated or of another kind");
        }
        for (int start = 0; start < content.length; start += record) {
            int label = content[start] & 0xFF;
            if (label >= classes) {
                throw source.refusal(
                        name,
                        "labels must be <= " + (classes - 1) + ", got " + label + " in record " + start / record
                                + " (counted from 0)");
            }
        }
        return content;
    }

    /** The images of some files, one after the other. */
    static final class Images {

        private final List<byte[]> files;
        private final int inputs;
        private final int[] ends;

        private Images(List<byte[]> files, int inputs) {
            this.files = files;
            this.inputs = inputs;
            ends = new int[files.size()];
            int count = 0;
            for (int file = 0; file < ends.length; file++) {
                count += files.get(file).length / (1 + inputs);
                ends[file] = count;
            }
        }

        int count() {
            return ends[ends.length - 1];
        }

        int label(int image) {
            return value(image, -1);
        }

        /** A pixel value, 0 to 255; the label stands before the first one. */
        int value(int image, int index) {
            int file = 0;
            while (image >= ends[file]) {
                file++;
            }
            int before = file == 0 ? 0 : ends[file - 1];
            return files.get(file)[(image - before) * (1 + inputs) + 1 + index] & 0xFF;
        }
    }
}
