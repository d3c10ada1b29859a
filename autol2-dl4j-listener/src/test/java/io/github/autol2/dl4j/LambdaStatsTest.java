package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Measurement;
import io.github.autol2.validation.ValidationDecision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.impl.CollectionStatsStorageRouter;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Sgd;

/** Deeplearning4j's own storages, in memory and in a file, are in .ci/storage. */
class LambdaStatsTest {

    private static final Measurement MEASUREMENT = new Measurement(30, 0.7, 0.2, OptionalDouble.of(0.25), 0.5);

    private final List<Persistable> stored = new ArrayList<>();
    private final LambdaStats stats =
            new LambdaStats(new CollectionStatsStorageRouter(new ArrayList<>(), new ArrayList<>(), stored), "session");

    @Test
    void storesWhatATrainingMeasuresAndDivides() {
        AutoL2Listener listener = AutoL2Listener.builder(
                        AutoL2Options.adaptive(200).withInitialLambda(0.3).withRefractory(0.1))
                .observer(stats)
                .build();
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.1)));
        network.addListeners(listener);

        for (int i = 0; i < 60; i++) {
            network.fit(Networks.classes(16, i % 5));
        }

        assertThat(listener.changes()).isNotEmpty();
        assertThat(updates(LambdaUpdate.Kind.MEASUREMENT))
                .extracting(LambdaUpdate::iteration, LambdaUpdate::lambda, LambdaUpdate::loss, LambdaUpdate::penalty)
                .containsExactlyElementsOf(listener.history().stream()
                        .map(point -> tuple(
                                point.measurement().iteration(),
                                point.lambda(),
                                point.measurement().loss(),
                                point.measurement().penalty()))
                        .toList());
        assertThat(updates(LambdaUpdate.Kind.DIVISION))
                .extracting(LambdaUpdate::iteration, LambdaUpdate::lambda, LambdaUpdate::cause)
                .containsExactlyElementsOf(listener.changes().stream()
                        .map(division -> tuple(
                                division.iteration(),
                                division.newLambda(),
                                division.cause().label()))
                        .toList());
    }

    @Test
    void tellsTauAndTheTrainingErrorWhereTheyAreKnown() {
        stats.measured(MEASUREMENT, 0.1);
        stats.measured(new Measurement(31, 0.7, 0.2, OptionalDouble.empty(), 0), 0.1);

        assertThat(updates(LambdaUpdate.Kind.MEASUREMENT))
                .extracting(LambdaUpdate::tau, LambdaUpdate::error)
                .containsExactly(tuple(20.0, 0.25), tuple(Double.NaN, Double.NaN));
    }

    @Test
    void storesWhatHeldOutDataDecide() {
        stats.decided(new ValidationDecision.Divide(10, 0.3, 0.1));
        stats.decided(new ValidationDecision.RestoreAndHold(20, 10, 0.1, 0.3));
        stats.decided(new ValidationDecision.RestoreAndRaise(30, 10, 0.3, 0.9));
        stats.decided(new ValidationDecision.Keep());

        assertThat(updates(LambdaUpdate.Kind.DECISION))
                .extracting(LambdaUpdate::iteration, LambdaUpdate::lambda, LambdaUpdate::cause, LambdaUpdate::loss)
                .containsExactly(
                        tuple(10L, 0.1, "divide", Double.NaN),
                        tuple(20L, 0.3, "best network back, of iteration 10", Double.NaN),
                        tuple(30L, 0.9, "best network back with a larger lambda, of iteration 10", Double.NaN));
        assertThat(stored).hasSize(3);
    }

    /** A storage keeps one update for each time. */
    @Test
    void noTwoUpdatesHaveTheSameTime() {
        for (int i = 0; i < 1000; i++) {
            stats.measured(MEASUREMENT, 0.1);
        }

        assertThat(stored.stream().map(Persistable::getTimeStamp).distinct()).hasSize(1000);
    }

    @Test
    void whatIsStoredComesBackInEachForm() throws Exception {
        stats.measured(MEASUREMENT, 0.1);
        LambdaUpdate update = (LambdaUpdate) stored.get(0);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        update.encode(stream);
        ByteBuffer buffer = ByteBuffer.allocate(update.encodingLengthBytes());
        update.encode(buffer);

        LambdaUpdate fromBytes = new LambdaUpdate();
        fromBytes.decode(update.encode());
        LambdaUpdate fromStream = new LambdaUpdate();
        fromStream.decode(new ByteArrayInputStream(stream.toByteArray()));
        LambdaUpdate fromBuffer = new LambdaUpdate();
        fromBuffer.decode(buffer.flip());

        assertThat(List.of(fromBytes, fromStream, fromBuffer))
                .allSatisfy(read -> assertThat(read).usingRecursiveComparison().isEqualTo(update));
        assertThat(fromBytes.getSessionID()).isEqualTo("session");
        assertThat(fromBytes.getTypeID()).isEqualTo("AutoL2");
        assertThat(fromBytes.getWorkerID()).isEqualTo("0");
    }

    @Test
    void refusesDamagedBytes() {
        stats.measured(MEASUREMENT, 0.1);
        byte[] encoded = stored.get(0).encode();
        byte[] newer = encoded.clone();
        newer[3] = 2;

        assertThatThrownBy(() -> new LambdaUpdate().decode(Arrays.copyOf(encoded, 20)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("AutoL2's update is damaged: 20 bytes");
        assertThatThrownBy(() -> new LambdaUpdate().decode(newer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("AutoL2's update must have version 1, got 2");
        assertThatThrownBy(() -> new LambdaUpdate().decode(Arrays.copyOf(encoded, encoded.length + 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("AutoL2's update is damaged: 3 bytes too many");
    }

    @Test
    void refusesAKindThatThereIsNotAndStaysAsItWas() {
        stats.measured(MEASUREMENT, 0.1);
        LambdaUpdate update = (LambdaUpdate) stored.get(0);
        byte[] encoded = update.encode();
        byte[] strange = encoded.clone();
        strange[new String(encoded, StandardCharsets.ISO_8859_1).indexOf("MEASUREMENT")] = 'X';
        strange[6] = 'S'; // of "session", which comes before

        assertThatThrownBy(() -> update.decode(strange))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("AutoL2's update is damaged: its kind is none of [MEASUREMENT, DIVISION, DECISION]");
        assertThat(update.encode()).isEqualTo(encoded);
        assertThat(update.getSessionID()).isEqualTo("session");
    }

    @Test
    void readsNoMoreOfAnEndlessStreamThanTheLongestUpdateHas() {
        AtomicInteger read = new AtomicInteger();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read.incrementAndGet();
                return 0;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                read.addAndGet(length);
                return length;
            }
        };

        assertThatThrownBy(() -> new LambdaUpdate().decode(endless))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("AutoL2's update is damaged: more than 196671 bytes");
        assertThat(read).hasValue(196_672);
        assertThatThrownBy(() -> new LambdaUpdate().decode(ByteBuffer.allocate(196_672)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("AutoL2's update is damaged: more than 196671 bytes");
    }

    private List<LambdaUpdate> updates(LambdaUpdate.Kind kind) {
        return stored.stream()
                .map(LambdaUpdate.class::cast)
                .filter(update -> update.kind() == kind)
                .toList();
    }
}
