package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiny files: 4 records in each training file, 3 in the test file. */
@Tag("slow")
class Cifar10Test {

    private static final List<String> TRAINING =
            List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin");
    private static final String TEST = "test_batch.bin";
    private static final SplitSizes ALL = new SplitSizes(15, 5, 3);

    @TempDir
    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        for (int file = 0; file < 5; file++) {
            Files.write(folder.resolve(TRAINING.get(file)), records(4, 4 * file));
        }
        Files.write(folder.resolve(TEST), records(3, 20));
    }

    @Test
    void readsEveryRecordOnceWithItsLabel() {
        // when
        DataSplit split = new Cifar10(folder).load(ALL, 1);

        // then: record n has the label n mod 10 and, as its first pixel, the value n, which standardising keeps in
        // order
        assertThat(split.shape()).isEqualTo(new InputShape(3, 32, 32));
        assertThat(split.classNames()).hasSize(10).startsWith("airplane").endsWith("truck");
        List<float[]> features = Values.features(split);
        List<Integer> labels = Values.labels(split);
        Integer[] order = new Integer[20];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, java.util.Comparator.comparing(i -> features.get(i)[0]));
        for (int n = 0; n < 20; n++) {
            assertThat(labels.get(order[n])).isEqualTo(n % 10);
        }
        assertThat(labels.subList(20, 23)).containsExactly(0, 1, 2);
    }

    @Test
    void aRowHoldsRedThenGreenThenBlue() {
        float[] row = Values.features(new Cifar10(folder).load(ALL, 1).test()).get(0);

        // of each record: red 0 but for the first pixel, green 128, blue 255
        assertThat(row).hasSize(3072);
        assertThat(row[1]).isEqualTo(row[1023]).isLessThan(row[1024]);
        assertThat(row[1024]).isEqualTo(row[2047]).isLessThan(row[2048]);
        assertThat(row[2048]).isEqualTo(row[3071]);
    }

    @Test
    void standardisesByTheTrainingRowsAlone() throws IOException {
        // given
        DataSplit split = new Cifar10(folder).load(ALL, 1);
        double mean = split.training().getFeatures().meanNumber().doubleValue();
        double deviation = split.training().getFeatures().stdNumber(false).doubleValue();

        // when
        byte[] bright = records(3, 20);
        Arrays.fill(bright, 1, 3073, (byte) 255);
        Files.write(folder.resolve(TEST), bright);
        DataSplit other = new Cifar10(folder).load(ALL, 1);

        // then
        assertThat(mean).isCloseTo(0, within(1e-4));
        assertThat(deviation).isCloseTo(1, within(1e-3));
        assertThat(other.training().getFeatures()).isEqualTo(split.training().getFeatures());
        assertThat(Values.features(other.test()).get(0))
                .containsOnly(Values.features(split.test()).get(0)[3071]);
    }

    @Test
    void readsTheSameFromTheFolderItsParentAndTheArchive() throws IOException {
        // given
        DataSplit plain = new Cifar10(folder).load(ALL, 3);
        Path parent = Files.createDirectory(folder.resolve("parent"));
        Path inner = Files.createDirectory(parent.resolve("cifar-10-batches-bin"));
        Path downloads = Files.createDirectory(folder.resolve("downloads"));
        Path archive = Files.write(downloads.resolve("cifar-10-binary.tar.gz"), archive());
        for (String name : TRAINING) {
            Files.move(folder.resolve(name), inner.resolve(name));
        }
        Files.move(folder.resolve(TEST), inner.resolve(TEST));

        // then
        for (Path path : List.of(parent, inner, downloads, archive)) {
            assertThat(Values.same(plain, new Cifar10(path).load(ALL, 3)))
                    .as("%s", path)
                    .isTrue();
        }
        assertThat(Values.same(plain, new Cifar10(parent).load(ALL, 4))).isFalse();
    }

    @Test
    void refusesMoreRowsThanThereAre() {
        assertThatThrownBy(() -> new Cifar10(folder).load(new SplitSizes(15, 6, 3), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(folder
                        + ": data.trainSize 15 + data.validationSize 6 exceed the 20 images of the training files");
        assertThatThrownBy(() -> new Cifar10(folder).load(new SplitSizes(15, 5, 4), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(folder + ": data.testSize 4 exceeds the 3 images of test_batch.bin");
    }

    @Test
    void tellsWhereMissingFilesAreToBeHad() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertRefused(
                empty,
                empty
                        + ": must hold data_batch_1.bin to data_batch_5.bin and test_batch.bin, or cifar-10-binary.tar.gz, but "
                        + "holds neither: " + Cifar10.ORIGIN);

        Files.delete(folder.resolve("data_batch_3.bin"));
        assertRefused(folder, folder.resolve("data_batch_3.bin") + ": there is no such file; " + Cifar10.ORIGIN);
        assertThat(Cifar10.ORIGIN).contains("https://www.cs.toronto.edu/~kriz/cifar.html");
    }

    @Test
    void refusesTruncatedAndEmptyFiles() throws IOException {
        String rule = ": must hold whole records of 3073 bytes (a label and 3072 pixel values), at least one, got ";
        String reason = " bytes: the file is truncated or of another kind";
        Files.write(folder.resolve(TEST), Arrays.copyOf(records(3, 0), 3 * 3073 - 1));
        assertRefused(folder, folder.resolve(TEST) + rule + "9218" + reason);

        Files.write(folder.resolve(TRAINING.get(0)), new byte[0]);
        assertRefused(folder, folder.resolve(TRAINING.get(0)) + rule + "0" + reason);
    }

    @Test
    void refusesALabelThatIsNone() throws IOException {
        byte[] records = records(4, 0);
        records[2 * 3073] = 10;
        Files.write(folder.resolve(TRAINING.get(4)), records);

        assertRefused(
                folder, folder.resolve(TRAINING.get(4)) + ": labels must be <= 9, got 10 in record 2 (counted from 0)");

        Path archive = Files.write(folder.resolve("wrong.tar.gz"), archive());
        assertRefused(
                archive, archive + ": data_batch_5.bin: labels must be <= 9, got 10 in record 2 (counted from 0)");
    }

    @Test
    void refusesBrokenArchives() throws IOException {
        byte[] sound = archive();
        Path archive = Files.write(folder.resolve("half.tar.gz"), Arrays.copyOf(sound, sound.length / 2));
        assertRefused(archive, archive + ": the archive is truncated: it ends before its last file");

        Files.write(archive, "hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertRefused(archive, archive + ": must be a tar archive that is compressed with gzip: Not in GZIP format");

        byte[] noise = new byte[3000];
        Arrays.fill(noise, (byte) 'x');
        Files.write(archive, zipped(noise));
        assertThatThrownBy(() -> new Cifar10(archive).load(ALL, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(archive + ": cannot be read as a tar.gz archive: ");

        Files.delete(folder.resolve(TRAINING.get(1)));
        Files.write(archive, archive());
        assertRefused(archive, archive + ": data_batch_2.bin: there is no such file; " + Cifar10.ORIGIN);
    }

    /** 300 MB of zeros in 0.3 MB, and a file with more records than there can be. */
    @Test
    void refusesArchivesAndFilesThatAreTooLarge() throws IOException {
        Path bomb = folder.resolve("bomb.tar.gz");
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(bomb), 1 << 16))) {
            TarArchiveEntry entry = new TarArchiveEntry("cifar-10-batches-bin/" + TRAINING.get(0));
            entry.setSize(300_000_000);
            tar.putArchiveEntry(entry);
            for (int i = 0; i < 300; i++) {
                tar.write(new byte[1_000_000]);
            }
            tar.closeArchiveEntry();
        }
        assertThatThrownBy(() -> new Cifar10(bomb).load(ALL, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(bomb + ": must not unpack to more than 200 times its size");

        Files.write(folder.resolve(TEST), new byte[10_001 * 3073]);
        assertRefused(
                folder,
                folder.resolve(TEST) + ": must hold at most 10000 records, as CIFAR-10's own files do, but goes on");
    }

    private static void assertRefused(Path path, String message) {
        assertThatThrownBy(() -> new Cifar10(path).load(ALL, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(message);
    }

    private static byte[] records(int count, int first) {
        byte[] records = new byte[count * 3073];
        for (int i = 0; i < count; i++) {
            records[i * 3073] = (byte) ((first + i) % 10);
            records[i * 3073 + 1] = (byte) (first + i);
            Arrays.fill(records, i * 3073 + 1025, i * 3073 + 2049, (byte) 128);
            Arrays.fill(records, i * 3073 + 2049, (i + 1) * 3073, (byte) 255);
        }
        return records;
    }

    /** As the real one: a folder, a text, and the files that are in the test's folder. */
    private byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.putArchiveEntry(new TarArchiveEntry("cifar-10-batches-bin/"));
            tar.closeArchiveEntry();
            add(tar, "readme.html", new byte[] {'?'});
            for (String name : TRAINING) {
                if (Files.exists(folder.resolve(name))) {
                    add(tar, name, Files.readAllBytes(folder.resolve(name)));
                }
            }
            add(tar, TEST, Files.readAllBytes(folder.resolve(TEST)));
        }
        return zipped(bytes.toByteArray());
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("cifar-10-batches-bin/" + name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static byte[] zipped(byte[] content) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(content);
        }
        return zipped.toByteArray();
    }
}
