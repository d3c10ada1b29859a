package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CellColumnTest {

    private static CellColumn column(List<String> cells) {
        CellColumn column = new CellColumn();
        cells.forEach(column::add);
        column.trim();
        return column;
    }

    @Test
    void keepsEachTextAsItWas() {
        List<String> cells = List.of("", "1.50", "Bär", "", "00501", "日本", "\uD83D\uDE00", "a\nb", "");

        CellColumn column = column(cells);

        assertThat(column.size()).isEqualTo(cells.size());
        for (int row = 0; row < cells.size(); row++) {
            assertThat(column.get(row)).isEqualTo(cells.get(row));
        }
    }

    @Test
    void isEmptyOnlyIfAllCellsAre() {
        assertThat(column(List.of("", "", "")).isEmpty()).isTrue();
        assertThat(column(List.of("", "x", "")).isEmpty()).isFalse();
    }

    @Test
    void growsWithTheTable() {
        List<String> cells =
                IntStream.range(0, 10_000).mapToObj(i -> "row " + i * i).toList();

        CellColumn column = column(cells);

        assertThat(IntStream.range(0, column.size()).mapToObj(column::get)).containsExactlyElementsOf(cells);
    }

    @Test
    void knowsWhichSignsItsCellsHave() {
        CellColumn column = column(List.of("1,5", "Bär", ""));

        assertThat(column.has(',')).isTrue();
        assertThat(column.has('.')).isFalse();
    }
}
