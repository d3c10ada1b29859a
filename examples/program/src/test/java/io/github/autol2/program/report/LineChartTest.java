package io.github.autol2.program.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

@Tag("slow")
class LineChartTest {

    private static final double[] X = {20, 50, 100, 400};
    private static final double[] Y = {0.2, 0.5, 0.9, 0.85};

    @TempDir
    private Path folder;

    @Test
    void isWellFormedXmlThatScalesAndSaysWhatItIs() throws Exception {
        Document svg = parse(chart("A < B & \"C\"").svg());

        assertThat(svg.getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 760 440");
        assertThat(svg.getDocumentElement().hasAttribute("width")).isFalse();
        assertThat(svg.getDocumentElement().getAttribute("aria-label"))
                .isEqualTo("A < B & \"C\" (accuracy against iterations)");
    }

    @Test
    void labelsArePlainNumbers() {
        assertThat(Stream.of(0.0, 0.02, -0.5, 0.1 + 0.2, 1000.0).map(LineChart::label))
                .containsExactly("0", "0.02", "-0.5", "0.3", "1000");
    }

    @Test
    void needsNothingFromOutside() {
        assertThat(chart("Title").svg().replace("http://www.w3.org/", ""))
                .doesNotContain("http", "<script", "<image", "@import");
    }

    @Test
    void twoChartsShareNoIdThatAnythingRefersTo() {
        Set<String> first = referredIds(chart("First").svg());
        Set<String> second = referredIds(chart("Second").svg());

        assertThat(first).isNotEmpty().doesNotContainAnyElementsOf(second);
    }

    @Test
    void drawsEverySeriesItIsGiven() {
        String empty = new LineChart("Title", "iterations", "accuracy")
                .logX()
                .line("a", X, Y, 0)
                .svg();

        assertThat(chart("Title").svg().length()).isGreaterThan(empty.length());
        assertThat(empty).contains("rgb(0,114,178)").doesNotContain("rgb(213,94,0)");
        assertThat(chart("Title").svg()).contains("rgb(0,114,178)", "rgb(213,94,0)", "rgb(0,158,115)");
    }

    @Test
    void writesAPicture() throws IOException {
        chart("Title").writePng(folder.resolve("chart.png"));

        BufferedImage picture = ImageIO.read(folder.resolve("chart.png").toFile());
        assertThat(picture.getWidth()).isEqualTo(760);
        assertThat(picture.getHeight()).isEqualTo(440);
    }

    @Test
    void refusesANonPositiveValueOnALogarithmicAxis() {
        LineChart chart = new LineChart("Title", "iterations", "accuracy")
                .logX()
                .line("a", new double[] {0, 1}, new double[] {1, 2}, 0);

        assertThatThrownBy(chart::svg).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leavesOutPointsThatAreNoNumbers() {
        double[] nan = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        double[] some = {Double.NaN, Y[1], Y[2], Y[3]};

        String svg = new LineChart("Title", "iterations", "accuracy")
                .line("a", X, Y, 0)
                .dashed("b", X, nan, 1)
                .pointsWithErrors("c", X, nan, nan, 2)
                .pointsWithErrors("d", X, some, nan, 3)
                .svg();

        assertThat(svg)
                .contains("rgb(0,114,178)", "rgb(204,121,167)")
                .doesNotContain("NaN", "rgb(213,94,0)", "rgb(0,158,115)");
    }

    private static LineChart chart(String title) {
        return new LineChart(title, "iterations", "accuracy")
                .logX()
                .line("a", X, Y, 0)
                .dashed("b", X, Y, 1)
                .band("c", X, new double[] {0, 0, 0, 0}, Y, 2)
                .points("d", X, Y, 3)
                .notInLegend()
                .pointsWithErrors("e", X, Y, new double[] {0.1, 0.1, 0.1, Double.NaN}, 4)
                .steps("f", X, Y, 5);
    }

    private static Document parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static Set<String> referredIds(String svg) {
        Set<String> ids = new HashSet<>();
        Matcher matcher = Pattern.compile("url\\(#([^)]+)\\)").matcher(svg);
        while (matcher.find()) {
            ids.add(matcher.group(1));
        }
        return ids;
    }
}
