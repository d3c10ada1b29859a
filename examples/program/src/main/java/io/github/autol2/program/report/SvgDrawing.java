package io.github.autol2.program.report;

import java.io.StringWriter;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.knowm.xchart.XYChart;
import org.w3c.dom.Element;

/** A chart as text of an SVG. */
final class SvgDrawing {

    private SvgDrawing() {}

    /**
     * An SVG element that takes the width it is given.
     *
     * @param description for who cannot see the chart; tells it from others on the page
     */
    static String of(XYChart chart, String description) {
        SVGGraphics2D graphics = graphics(description);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        Element root = graphics.getRoot();
        root.setAttribute("viewBox", "0 0 " + chart.getWidth() + " " + chart.getHeight());
        root.setAttribute("role", "img");
        root.setAttribute("aria-label", description);
        StringWriter text = new StringWriter();
        try {
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            transformer.transform(new DOMSource(root), new StreamResult(text));
        } catch (TransformerException e) {
            throw new IllegalStateException("the chart cannot be written as XML", e);
        }
        return text.toString();
    }

    private static SVGGraphics2D graphics(String description) {
        try {
            SVGGeneratorContext context = SVGGeneratorContext.createDefault(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null));
            context.setPrecision(2);
            context.setIDGenerator(
                    new SVGIDGenerator() { // so that several charts can stand on one page
                        @Override
                        public String generateID(String prefix) {
                            return super.generateID("c" + Integer.toHexString(description.hashCode()) + "-" + prefix);
                        }
                    });
            return new SVGGraphics2D(context, false);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the XML parser of this Java cannot be used", e);
        }
    }
}
