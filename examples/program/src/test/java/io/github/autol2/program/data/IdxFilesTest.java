package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;

class IdxFilesTest {

    private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
    private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
    private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";
    private static final SplitSizes SIZES = new SplitSizes(20, 10, 5);

    @TempDir
    private Path folder;

    /** 40 training and 10 test images of 2 x 3 pixels. Image i has the pixels i, 0, 0, 0, 0, 255 and the label i % 4. */
    @BeforeEach
    void writeSoundFiles() throws IOException {
        write(TRAIN_IMAGES, images(40, 2, 3));
        write(TRAIN_LABELS, labels(40, 4));
        write(TEST_IMAGES, images(10, 2, 3));
        write(TEST_LABELS, labels(10, 4));
    }

    @Test
    void dividesPixelsBy255AndKeepsImagesWithTheirLabels() {
        // when
        DataSplit split = new IdxFiles(folder).load(SIZES, 1);

        // then
        assertThat(split.shape()).isEqualTo(new InputShape(1, 2, 3));
        assertThat(split.classNames()).containsExactly("0", "1", "2", "3");
        List<float[]> images = Values.features(split);
        List<Integer> labels = Values.labels(split);
        assertThat(images).hasSize(35);
        for (int i = 0; i < images.size(); i++) {
            int number = Math.round(images.get(i)[0] * 255);
            assertThat(images.get(i)).containsExactly(number / 255f, 0, 0, 0, 0, 1);
            assertThat(labels.get(i)).isEqualTo(number % 4);
        }
    }

    @Test
    void takesTheFirstImagesInTheirOrder() {
        DataSet first = new IdxFiles(folder).first(3);

        assertThat(first.getFeatures().getColumn(0).mul(255).toIntVector()).containsExactly(0, 1, 2);
        assertThat(first.getLabels().argMax(1).toIntVector()).containsExactly(0, 1, 2);
        assertThatThrownBy(() -> new IdxFiles(folder).first(41))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageEndingWith("41 examples exceed the 40 images of the file");
    }

    @Test
    void takesDisjointTrainingAndValidationRowsFromTheShuffledTrainingFile() {
        // when
        DataSplit split = new IdxFiles(folder).load(new SplitSizes(30, 10, 5), 1);

        // then
        List<Float> numbers = Values.features(split).subList(0, 40).stream()
                .map(image -> image[0])
                .toList();
        assertThat(numbers)
                .doesNotHaveDuplicates()
                .isNotEqualTo(numbers.stream().sorted().toList());
    }

    @Test
    void takesTheFirstRowsOfTheTestFile() {
        DataSplit split = new IdxFiles(folder).load(SIZES, 1);

        assertThat(Values.labels(split.test())).containsExactly(0, 1, 2, 3, 0);
    }

    @Test
    void shufflesByTheSeed() {
        DataSplit split = new IdxFiles(folder).load(SIZES, 1);

        assertThat(Values.same(split, new IdxFiles(folder).load(SIZES, 1))).isTrue();
        assertThat(Values.same(split, new IdxFiles(folder).load(SIZES, 2))).isFalse();
    }

    @Test
    void readsTheSameRowsFromPlainAndZippedFiles() throws IOException {
        // given
        DataSplit plain = new IdxFiles(folder).load(SIZES, 1);
        for (String name : List.of(TRAIN_IMAGES, TEST_LABELS)) {
            write(name + ".gz", zip(Files.readAllBytes(folder.resolve(name))));
            Files.delete(folder.resolve(name));
        }

        // when
        DataSplit zipped = new IdxFiles(folder).load(SIZES, 1);

        // then
        assertThat(Values.same(plain, zipped)).isTrue();
    }

    @Test
    void acceptsExactlyAsManyRowsAsThereAre() {
        DataSplit split = new IdxFiles(folder).load(new SplitSizes(40, 0, 10), 1);

        assertThat(split.training().numExamples()).isEqualTo(40);
        assertThat(split.validation().getLabels().shape()).containsExactly(0, 4);
    }

    @Test
    void refusesMoreRowsThanThereAre() {
        assertThatThrownBy(() -> new IdxFiles(folder).load(new SplitSizes(31, 10, 5), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(folder.resolve(TRAIN_IMAGES)
                        + ": data.trainSize 31 + data.validationSize 10 exceed the 40 images of the file");
        assertThatThrownBy(() -> new IdxFiles(folder).load(new SplitSizes(Integer.MAX_VALUE, Integer.MAX_VALUE, 5), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("exceed the 40 images");
        assertThatThrownBy(() -> new IdxFiles(folder).load(new SplitSizes(20, 10, 11), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(folder.resolve(TEST_IMAGES) + ": data.testSize 11 exceeds the 10 images of the file");
    }

    @Test
    void refusesAMissingFile() throws IOException {
        Files.delete(folder.resolve(TEST_LABELS));

        assertRefused(
                TEST_LABELS,
                "there is no such file, neither plain nor with .gz; MNIST's is at https://ossci-datasets.s3.amazonaws.com/mnist/"
                        + TEST_LABELS + ".gz");
    }

    @Test
    void refusesAnotherMagicNumber() throws IOException {
        write(TRAIN_IMAGES, labels(40, 4));

        assertRefused(
                TRAIN_IMAGES,
                "must begin with the magic number 0x00000803 (unsigned bytes, 3 dimensions), got 0x00000801");
    }

    @Test
    void refusesDimensionsThatCannotBe() throws IOException {
        write(
                TRAIN_IMAGES,
                ByteBuffer.allocate(16)
                        .putInt(0x803)
                        .putInt(40)
                        .putInt(0)
                        .putInt(3)
                        .array());
        assertRefused(TRAIN_IMAGES, "each dimension must be >= 1 and all values together < 2^31, got 0 in dimension 1");

        write(
                TRAIN_IMAGES,
                ByteBuffer.allocate(16)
                        .putInt(0x803)
                        .putInt(40)
                        .putInt(1 << 30)
                        .putInt(3)
                        .array());
        assertRefused(
                TRAIN_IMAGES,
                "each dimension must be >= 1 and all values together < 2^31, got 1073741824 in dimension 1");
    }

    @Test
    void refusesTruncatedValuesAndHeaders() throws IOException {
        write(TRAIN_IMAGES, Arrays.copyOf(images(40, 2, 3), 16 + 239));
        assertRefused(TRAIN_IMAGES, "the file is truncated: its header promises 240 values, got 239");

        write(TRAIN_IMAGES, Arrays.copyOf(images(40, 2, 3), 10));
        assertRefused(TRAIN_IMAGES, "the file is truncated: it ends before the last value");
    }

    @Test
    void refusesATruncatedOrBrokenGzipFile() throws IOException {
        String name = TRAIN_IMAGES + ".gz";
        Files.delete(folder.resolve(TRAIN_IMAGES));
        byte[] zipped = zip(images(40, 2, 3));

        write(name, Arrays.copyOf(zipped, zipped.length / 2));
        assertRefused(name, "the file is truncated: it ends before the last value");

        write(name, images(40, 2, 3));
        assertRefused(name, "not a sound gzip file: Not in GZIP format");

        byte[] damaged = zipped.clone();
        damaged[damaged.length - 6] ^= 1;
        write(name, damaged);
        assertRefused(name, "not a sound gzip file: Corrupt GZIP trailer");
    }

    /** 40 MB of black in 40 kB. */
    @Test
    void refusesAFileThatUnpacksToAThousandTimesItsSize() throws IOException {
        Files.delete(folder.resolve(TRAIN_IMAGES));
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(folder.resolve(TRAIN_IMAGES + ".gz")), 1 << 16)) {
            out.write(ByteBuffer.allocate(16)
                    .putInt(0x803)
                    .putInt(40)
                    .putInt(1000)
                    .putInt(1000)
                    .array());
            for (int image = 0; image < 40; image++) {
                out.write(new byte[1_000_000]);
            }
        }

        assertThatThrownBy(() -> new IdxFiles(folder).first(3))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(folder.resolve(TRAIN_IMAGES + ".gz")
                        + ": must not unpack to more than 200 times its size, as no file of images does");
    }

    /** 8 GB of numbers of labels would be made for these 8 bytes. */
    @Test
    void reservesNoMemoryForLabelsThatAHeaderOnlyPromises() throws IOException {
        int promised = Integer.MAX_VALUE;
        byte[] header = ByteBuffer.allocate(8).putInt(0x801).putInt(promised).array();
        write(
                TRAIN_IMAGES,
                ByteBuffer.allocate(17).put(images(1, 1, 1)).putInt(4, promised).array());
        assertRefused(TRAIN_IMAGES, "the file is truncated: its header promises " + promised + " values, got 1");

        write(TRAIN_LABELS, header);
        write(TRAIN_IMAGES, images(40, 2, 3));
        assertRefused(TRAIN_LABELS, "the file is truncated: its header promises " + promised + " values, got 0");

        Files.delete(folder.resolve(TRAIN_LABELS));
        write(TRAIN_LABELS + ".gz", zip(header));
        assertThatThrownBy(() -> new IdxFiles(folder).first(3))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(folder.resolve(TRAIN_LABELS + ".gz")
                        + ": must not unpack to more than 200 times its size, as no file of images does, but its header "
                        + "promises " + promised + " bytes in ");
    }

    @Test
    void refusesTrailingBytes() throws IOException {
        write(TRAIN_LABELS, Arrays.copyOf(labels(40, 4), 8 + 41));

        assertRefused(TRAIN_LABELS, "must end after the 40 values of its header, but goes on");
    }

    @Test
    void refusesFewerLabelsThanImages() throws IOException {
        write(TEST_LABELS, labels(9, 4));

        assertRefused(TEST_LABELS, "must hold a label for each of the 10 images of " + TEST_IMAGES + ", got 9");
    }

    @Test
    void refusesTestLabelsThatTheTrainingFileDoesNotHave() throws IOException {
        write(TEST_LABELS, labels(10, 5));

        assertRefused(TEST_LABELS, "labels must be <= 3, the largest training label, got 4");
    }

    @Test
    void refusesASingleClass() throws IOException {
        write(TRAIN_LABELS, labels(40, 1));

        assertRefused(TRAIN_LABELS, "must hold at least 2 classes, got only label 0");
    }

    @Test
    void refusesTestImagesOfAnotherSize() throws IOException {
        write(TEST_IMAGES, images(10, 3, 2));

        assertRefused(TEST_IMAGES, "images must have the 2 x 3 pixels of the training images, got 3 x 2");
    }

    private void assertRefused(String name, String problem) {
        assertThatThrownBy(() -> new IdxFiles(folder).load(SIZES, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(folder.resolve(name) + ": " + problem);
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    private static byte[] images(int count, int height, int width) {
        int inputs = height * width;
        ByteBuffer content = ByteBuffer.allocate(16 + count * inputs)
                .putInt(0x803)
                .putInt(count)
                .putInt(height)
                .putInt(width);
        for (int i = 0; i < count; i++) {
            content.put(16 + i * inputs, (byte) i).put(15 + (i + 1) * inputs, (byte) 255);
        }
        return content.array();
    }

    private static byte[] labels(int count, int classes) {
        ByteBuffer content = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            content.put((byte) (i % classes));
        }
        return content.array();
    }

    private static byte[] zip(byte[] content) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(content);
        }
        return zipped.toByteArray();
    }
}
