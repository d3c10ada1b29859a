package io.github.autol2.program.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.program.data.TableFeature;
import io.github.autol2.program.data.TableRecipe;
import io.github.autol2.program.data.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that were trained once are read for ever. */
class TableModelTest {

    @TempDir
    private Path folder;

    private Path model(byte[] recipe) throws IOException {
        Path model = folder.resolve("model.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(model))) {
            zip.putNextEntry(new ZipEntry(TableModel.ENTRY));
            zip.write(recipe);
        }
        return model;
    }

    private TableRecipe recipe(String name) throws IOException {
        try (InputStream golden = TableModelTest.class.getResourceAsStream(name)) {
            return TableModel.read(model(golden.readAllBytes())).orElseThrow();
        }
    }

    @Test
    void readsARecipeOfClassesAsItWasBeforeItKnewTheFormat() throws IOException {
        assertThat(recipe("classes-before-written.json"))
                .isEqualTo(new TableRecipe(
                        true,
                        5,
                        4,
                        "kind",
                        List.of(
                                new TableFeature("x", 1, 5.5, 2.5, List.of(), "mean"),
                                new TableFeature("colour", 2, 0, 0, List.of("blue", "red"), "red")),
                        new Target.Classes(List.of("a", "b"), List.of(4.6875, 0.5597014925373134)),
                        TableRecipe.Written.UNKNOWN));
    }

    @Test
    void readsARecipeOfAQuantityAsItWasBeforeItKnewTheFormat() throws IOException {
        assertThat(recipe("quantity-before-written.json"))
                .isEqualTo(new TableRecipe(
                        false,
                        2,
                        1,
                        "",
                        List.of(new TableFeature("", 0, 5.5, 2.5, List.of(), "")),
                        new Target.Quantity(65.5, 19.5),
                        TableRecipe.Written.UNKNOWN));
    }

    @Test
    void readsWhatItWrites() throws IOException {
        TableRecipe recipe = new TableRecipe(
                true,
                2,
                1,
                "kind",
                List.of(new TableFeature("x", 0, 5.5, 2.5, List.of(), "mean")),
                new Target.Classes(List.of("a", "b")),
                new TableRecipe.Written(';', ',', List.of("-")));

        Map<String, byte[]> entries = TableModel.entries(recipe);

        assertThat(entries).containsOnlyKeys(TableModel.ENTRY, "normalizer.bin");
        assertThat(TableModel.read(model(entries.get(TableModel.ENTRY)))).contains(recipe);
    }

    /** The means of both columns are exact floats at most to 64 and to 8e-6. */
    @Test
    void writesNoNormaliserThatSinglePrecisionSpoils() throws IOException {
        for (TableFeature spoilt : List.of(
                new TableFeature("time", 0, 1.7e9, 50, List.of(), ""),
                new TableFeature("tiny", 0, 0, 9e-6, List.of(), ""))) {
            TableRecipe recipe = new TableRecipe(
                    true,
                    2,
                    1,
                    "kind",
                    List.of(spoilt),
                    new Target.Classes(List.of("a", "b")),
                    TableRecipe.Written.UNKNOWN);

            assertThat(TableModel.entries(recipe)).containsOnlyKeys(TableModel.ENTRY);
        }
    }

    @Test
    void refusesARecipeWithoutOneOfItsParts() throws IOException {
        Path model = model("{\"header\":true}".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThatThrownBy(() -> TableModel.read(model))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(model + " is damaged: autol2-table.json: ");
    }

    @Test
    void refusesARecipeThatIsNull() throws IOException {
        Path model = model("null".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThatThrownBy(() -> TableModel.read(model))
                .isInstanceOf(IOException.class)
                .hasMessage(model + " is damaged: autol2-table.json: it holds null");
    }
}
