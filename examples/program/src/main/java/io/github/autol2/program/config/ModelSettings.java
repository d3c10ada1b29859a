package io.github.autol2.program.config;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;
import java.nio.file.Files;
import java.util.Objects;
import java.util.Optional;

/**
 * The keys {@code model.*}.
 *
 * @param kind      which network
 * @param file      an existing file; present exactly for the kind {@code FILE}
 * @param width     units of each hidden layer, channels of each convolution, or k of a Wide ResNet N-k, at least 1; without meaning for
 *                  {@code FILE}
 * @param depth     number of hidden layers or convolutions, at least 1, or N of a Wide ResNet N-k; without meaning for
 *                  {@code PAPER_CNN} and {@code FILE}
 * @param stride    of the first convolution, at least 1: 2 makes all that follows four times cheaper; without meaning for others than
 *                  {@code CNN}
 * @param batchNorm whether each hidden layer is followed by batch normalisation; without meaning for {@code WRN}, which always has
 *                  it, and {@code FILE}
 */
public record ModelSettings(
        Kind kind, Optional<NetworkText> file, int width, int depth, int stride, boolean batchNorm) {

    /** N of a Wide ResNet N-k. */
    public static final Range WRN_DEPTH =
            new Range("6n + 4 with n >= 1, such as 10, 16 or 28", value -> value >= 10 && value % 6 == 4);

    private static final int DEEPEST = 10_000;
    private static final Range COUNT = Range.atLeast(1);

    /** Which network. */
    public enum Kind {
        /** Fully connected layers. */
        MLP,
        /** Convolutions. */
        CNN,
        /** The convolutional network of the paper's Figure 3. */
        PAPER_CNN,
        /** A Wide ResNet. */
        WRN,
        /** A configuration saved by Deeplearning4j. */
        FILE;

        /** Returns the kind as it is written in the settings. */
        public String key() {
            return Format.choice(Kind.class).show().apply(this);
        }
    }

    public ModelSettings {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(file, "file");
        COUNT.check("model.width", width);
        COUNT.check("model.depth", depth);
        COUNT.check("model.stride", stride);
    }

    static ModelSettings read(SettingsReader reader) {
        ModelSettings model = new ModelSettings(
                reader.value("model.kind", Kind.MLP, Format.choice(Kind.class), "which network"),
                reader.optional(
                                "model.file",
                                "none",
                                Format.path(),
                                "a MultiLayerConfiguration or ComputationGraphConfiguration in JSON or YAML")
                        .map(NetworkText::new),
                reader.value(
                        "model.width",
                        64,
                        Format.integer(COUNT),
                        "units of each hidden layer, channels of each convolution (the paper's CNN: 300), or k of Wide ResNet N-k"),
                reader.value(
                        "model.depth",
                        3,
                        Format.integer(COUNT),
                        "number of hidden layers or convolutions, or N of Wide ResNet N-k"),
                reader.value("model.stride", 1, Format.integer(COUNT), "stride of the first convolution"),
                reader.value("model.batchNorm", false, Format.bool(), "batch normalisation after each of them"));

        boolean isWrn = model.kind == Kind.WRN;
        reader.require(model.depth <= DEEPEST, "model.depth", "must be <= " + DEEPEST);
        reader.requireIf(isWrn, "model.width", "model.kind");
        reader.requireIf(isWrn, "model.depth", "model.kind");
        reader.require(
                !isWrn || WRN_DEPTH.contains(model.depth), "model.depth", "must be " + WRN_DEPTH.text(), "model.kind");
        reader.refuseIf(isWrn, "model.batchNorm", "model.kind");
        reader.refuseIf(model.kind == Kind.PAPER_CNN, "model.depth", "model.kind");
        boolean fromFile = model.kind == Kind.FILE;
        reader.requireIf(fromFile, "model.file", "model.kind");
        reader.refuseIf(!fromFile, "model.file", "model.kind");
        reader.refuseIf(fromFile, "model.width", "model.kind");
        reader.refuseIf(fromFile, "model.depth", "model.kind");
        reader.refuseIf(model.kind != Kind.CNN, "model.stride", "model.kind");
        reader.refuseIf(fromFile, "model.batchNorm", "model.kind");
        model.file.ifPresent(file -> reader.require(
                Files.isRegularFile(file.file()), "model.file", "must be an existing file", "model.kind"));
        return model;
    }
}
