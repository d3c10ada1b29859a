package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.arbiter.candidate.LambdaOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;
import org.deeplearning4j.arbiter.scoring.impl.TestSetLossScoreFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search that was stopped goes on in its folder, and ends as if it had not been stopped. */
@Tag("slow")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ResumedSearchTest {

    private static final int CANDIDATES = 4;

    @TempDir
    private Path folder;

    private static SearchRunner unbroken;

    @BeforeAll
    static void searchAtOnce() {
        unbroken = new SearchRunner(2, configuration(CANDIDATES, 5, shortest()));
        unbroken.execute();
        assertThat(unbroken.numCandidatesCompleted()).isPositive();
    }

    private static OptimizationConfiguration configuration(int candidates, long seed, LambdaOptions options) {
        return configuration(candidates, seed, space().build(), options);
    }

    private static OptimizationConfiguration configuration(
            int candidates, long seed, MultiLayerSpace space, LambdaOptions options) {
        return Searches.configuration(new LambdaGenerator(new RandomSearchGenerator(space), options), candidates)
                .rngSeed(seed)
                .build();
    }

    /** Trainings of 40 iterations. */
    private static MultiLayerSpace.Builder space() {
        return Searches.space().numEpochs(10);
    }

    /** Without a race, and with runs of 8 iterations. */
    private static LambdaOptions shortest() {
        return Searches.shortest().withShare(0.2);
    }

    /** Of trainings with 160 iterations, each after a race. */
    private static OptimizationConfiguration withARace() {
        return configuration(CANDIDATES, 5, Searches.space().build(), Searches.quick());
    }

    private SearchRunner runner(int threads, OptimizationConfiguration configuration) {
        return new SearchRunner(threads, configuration, folder);
    }

    private Map<String, String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toMap(file -> file.getFileName().toString(), ResumedSearchTest::text));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void goesOnAfterAStopAndTrainsNothingTwice() {
        // given an unbroken search, and one that is stopped while its third candidate trains
        SearchRunner raced = new SearchRunner(2, withARace());
        raced.execute();
        assertThat(raced.numCandidatesCompleted()).isPositive();
        SearchRunner first = runner(1, withARace());
        Searches.Trained trainedFirst = new Searches.Trained();
        first.addListeners(trainedFirst, new BaseStatusListener() {
            @Override
            public void onCandidateIteration(CandidateInfo info, Object candidate, int iteration) {
                if (info.getIndex() == 2 && iteration == 20) {
                    first.shutdown(false);
                }
            }
        });
        first.execute();
        assertThat(first.numCandidatesCompleted() + first.numCandidatesFailed()).isEqualTo(2);
        assertThat(first.getCandidateStatus().get(2).getCandidateStatus()).isEqualTo(CandidateStatus.Cancelled);

        // when
        SearchRunner second = runner(2, withARace());
        Searches.Trained trained = new Searches.Trained();
        second.addListeners(trained);
        second.execute();

        // then
        assertThat(Searches.outcome(second)).isEqualTo(Searches.outcome(raced));
        assertThat(second.bestScore()).isEqualTo(raced.bestScore());
        assertThat(second.bestScoreCandidateIndex()).isEqualTo(raced.bestScoreCandidateIndex());
        assertThat(trained.candidates).isSubsetOf(2, 3);
    }

    @Test
    void aTpeSearchProposesTheSameAfterAStop() {
        // given a search that is stopped while its eleventh candidate trains, which knows of two scores
        SearchRunner first = new SearchRunner(1, tpe(), folder.resolve("parts"));
        first.addListeners(new BaseStatusListener() {
            @Override
            public void onCandidateIteration(CandidateInfo info, Object candidate, int iteration) {
                if (info.getIndex() == 10 && iteration == 5) {
                    first.shutdown(false);
                }
            }
        });
        first.execute();
        SearchRunner second = new SearchRunner(1, tpe(), folder.resolve("parts"));
        Searches.Trained trained = new Searches.Trained();
        second.addListeners(trained);
        second.execute();
        SearchRunner atOnce = new SearchRunner(2, tpe(), folder.resolve("atOnce"));
        atOnce.execute();

        assertThat(trained.candidates).isSubsetOf(10, 11);
        assertThat(Searches.outcome(second)).hasSize(12).isEqualTo(Searches.outcome(atOnce));
    }

    private static OptimizationConfiguration tpe() {
        return Searches.configuration(
                        new LambdaGenerator(new TpeGenerator(space().build(), false, 1).withStartup(2), shortest()), 12)
                .rngSeed(5)
                .build();
    }

    @Test
    void aShutdownThatWaitsFinishesWhatTrains() {
        SearchRunner runner = runner(1, configuration(CANDIDATES, 5, shortest()));
        runner.addListeners(new BaseStatusListener() {
            @Override
            public void onCandidateIteration(CandidateInfo info, Object candidate, int iteration) {
                runner.shutdown(true);
            }
        });

        runner.execute();

        assertThat(runner.numCandidatesTotal()).isEqualTo(1);
        assertThat(Searches.outcome(runner))
                .isEqualTo(Searches.outcome(unbroken).subList(0, 1));
    }

    @Test
    void anInterruptStopsTheSearchAndIsPassedOn() {
        SearchRunner runner = runner(1, configuration(CANDIDATES, 5, shortest()));
        Thread searching = Thread.currentThread();
        runner.addListeners(new BaseStatusListener() {
            @Override
            public void onCandidateIteration(CandidateInfo info, Object candidate, int iteration) {
                searching.interrupt();
            }
        });

        runner.execute();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(runner.numCandidatesFailed()).isZero();
        SearchRunner second = runner(1, configuration(1, 5, shortest()));
        second.execute();
        assertThat(Searches.outcome(second))
                .isEqualTo(Searches.outcome(unbroken).subList(0, 1));
    }

    @Test
    void anotherSearchInTheSameFolderIsRefusedBeforeItTrains() throws Exception {
        // given a search whose first candidate has begun, and was stopped
        SearchRunner first = runner(1, configuration(CANDIDATES, 5, shortest()));
        first.addListeners(new BaseStatusListener() {
            @Override
            public void onCandidateIteration(CandidateInfo info, Object candidate, int iteration) {
                first.shutdown(false);
            }
        });
        first.execute();
        Map<String, String> before = files();
        assertThat(before).containsKey("candidate-00000.json");
        OptimizationConfiguration otherSpace = Searches.configuration(
                        new LambdaGenerator(
                                new RandomSearchGenerator(space().l1(new ContinuousParameterSpace(0, 1))
                                        .build()),
                                shortest()),
                        2)
                .rngSeed(5)
                .build();
        OptimizationConfiguration otherScore = configuration(CANDIDATES, 5, shortest());
        otherScore.setScoreFunction(new TestSetLossScoreFunction());
        OptimizationConfiguration otherData = configuration(CANDIDATES, 5, shortest());
        otherData.getDataSourceProperties().setProperty("rows", "7");

        for (OptimizationConfiguration other : List.of(
                configuration(CANDIDATES, 6, shortest()),
                otherSpace,
                otherScore,
                otherData,
                configuration(CANDIDATES, 5, shortest().withShare(0.5)))) {
            // when
            SearchRunner runner = runner(2, other);
            Searches.Trained trained = new Searches.Trained();
            runner.addListeners(trained);

            // then
            assertThatThrownBy(runner::execute)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("candidate 0 in " + folder + " is not the one that this search proposes");
            assertThat(trained.candidates).isEmpty();
            assertThat(files()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{\"identity\":\"ab",
                "{\"lines\":3}",
                "{\"identity\":null,\"score\":null,\"lambda\":null,\"failure\":null," + "\"start\":null,\"end\":null}"
            })
    void aPartThatIsDamagedOrSomebodyElsesIsNamedAndLeftAlone(String content) throws Exception {
        for (String name : List.of("candidate-00003.json", "calibration-0123456789abcdef.json")) {
            Path part = Files.writeString(folder.resolve(name), content);
            Map<String, String> before = files();

            assertThatThrownBy(runner(1, configuration(CANDIDATES, 5, shortest()))::execute)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(part + " is not a part of a search, or was damaged");
            assertThat(files()).isEqualTo(before);
            Files.delete(part);
        }
    }

    @Test
    void whatAKilledSearchHasNotWrittenToItsEndIsIgnored() throws Exception {
        Files.writeString(folder.resolve(".candidate-00000.json.1234.tmp"), "{\"ident");
        Files.writeString(folder.resolve("notes.txt"), "mine");
        SearchRunner runner = runner(1, configuration(1, 5, shortest()));

        runner.execute();

        assertThat(Searches.outcome(runner))
                .isEqualTo(Searches.outcome(unbroken).subList(0, 1));
    }

    @Test
    void aFolderThatCannotBeWrittenEndsTheSearch() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        SearchRunner runner = new SearchRunner(1, configuration(1, 5, shortest()), file);

        assertThatThrownBy(runner::execute)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("file");
    }

    @Test
    void aNetworkThatCannotBeKeptEndsTheSearchAndItsCandidateIsTrainedAgain() throws Exception {
        // given
        Path gone = folder.resolve("gone");
        String best = gone.resolve("best.zip").toString();
        SearchRunner first = runner(1, saving(best));

        // when
        assertThatThrownBy(first::execute)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(best + " cannot be written: its folder is gone");

        // then
        assertThat(first.getCandidateStatus())
                .singleElement()
                .satisfies(info -> assertThat(info.getCandidateStatus()).isEqualTo(CandidateStatus.Cancelled));
        assertThat(first.getResults()).isEmpty();

        // when
        Files.createDirectory(gone);
        SearchRunner second = runner(2, saving(best));
        second.execute();

        // then
        assertThat(Searches.outcome(second)).isEqualTo(Searches.outcome(unbroken));
    }

    @Test
    void withoutAFolderACandidateWhoseNetworkCannotBeKeptIsFailed() {
        String best = folder.resolve("gone/best.zip").toString();
        SearchRunner runner = new SearchRunner(1, saving(best));

        runner.execute();

        assertThat(runner.numCandidatesFailed()).isEqualTo(CANDIDATES);
        assertThat(runner.getCandidateStatus().get(0).getExceptionStackTrace())
                .contains(best + " cannot be written: its folder is gone");
    }

    private static OptimizationConfiguration saving(String best) {
        OptimizationConfiguration configuration = configuration(CANDIDATES, 5, shortest());
        configuration.setResultSaver(new BestModelSaver(best, false));
        return configuration;
    }
}
