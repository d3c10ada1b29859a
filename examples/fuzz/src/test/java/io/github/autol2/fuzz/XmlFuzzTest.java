package io.github.autol2.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings in an .xml file. */
@Tag("slow")
class XmlFuzzTest {

    @TempDir
    private static Path folder;

    private final FuzzedFile file = new FuzzedFile(folder.resolve("run.xml"));

    static Stream<Arguments> seeds() {
        return Damaged.files(
                Seeds.of(
                        "<c><seeds>1,2</seeds><train><steps>40</steps></train></c>",
                        "<?xml version=\"1.0\"?><!DOCTYPE c [<!ENTITY e \"1\">]><c><lambda><mode a=\"&lt;\">constant</mode></lambda></c>"));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsSettingsOrRefusesThem(byte @NotNull [] content) throws IOException {
        file.readSettings(content);
    }
}
