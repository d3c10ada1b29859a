package io.github.autol2.config;

import java.io.StringReader;
import java.util.MissingResourceException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.configuration2.tree.ImmutableNode;

/**
 * Reads XML files: elements and text, whatever the root is called; no DTD, no entities but the five of XML itself, no attributes.
 *
 * <p>The parser is that of the JDK, which tells lines, and the result is a tree of Commons Configuration. Its own
 * {@code XMLConfiguration} tells no lines, and cannot load anything unless a recent commons-io is there; programs with older
 * frameworks often have an old one.
 */
final class XmlFormat {

    private final XMLStreamReader xml;
    private final FileKeys keys;

    private XmlFormat(XMLStreamReader xml, FileKeys keys) {
        this.xml = xml;
        this.keys = keys;
    }

    /** The root element. */
    static ImmutableNode read(String text, FileKeys keys) throws SyntaxException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            return new XmlFormat(factory.createXMLStreamReader(new StringReader(text)), keys).root();
        } catch (MissingResourceException e) { // the JDK's parser lacks some of its own messages
            throw new SyntaxException(0, "is not valid XML: " + e.getKey());
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            throw new SyntaxException(
                    line, "is not valid XML: " + e.getMessage().replaceFirst("(?s).*Message: ", ""));
        }
    }

    private ImmutableNode root() throws XMLStreamException, SyntaxException {
        while (xml.next() != XMLStreamConstants.START_ELEMENT) {
            refuseDtd();
        }
        ImmutableNode root = element("", 0);
        if (root.getValue() != null && !root.getValue().equals("")) {
            throw new SyntaxException(
                    line(), "each value must be in an element inside the root, got " + root.getValue());
        }
        while (xml.hasNext()) {
            xml.next(); // a syntax error after the root is one, too
        }
        return root;
    }

    /** The element that has just begun, up to its end. */
    private ImmutableNode element(String key, int depth) throws XMLStreamException, SyntaxException {
        if (xml.getAttributeCount() + xml.getNamespaceCount() > 0) {
            throw new SyntaxException(line(), "attributes are not allowed, got one in <" + xml.getLocalName() + ">");
        }
        if (depth > FileKeys.DEEPEST) {
            throw new SyntaxException(line(), "elements must not be nested more than " + FileKeys.DEEPEST + " deep");
        }
        ImmutableNode.Builder node = new ImmutableNode.Builder().name(xml.getLocalName());
        StringBuilder text = new StringBuilder();
        boolean isLeaf = true;
        while (xml.next() != XMLStreamConstants.END_ELEMENT) {
            refuseDtd();
            if (xml.isStartElement()) {
                isLeaf = false;
                String inner = key.isEmpty() ? xml.getLocalName() : key + "." + xml.getLocalName();
                keys.add(inner, line());
                node.addChild(element(inner, depth + 1));
            } else if (xml.isCharacters()) {
                text.append(xml.getText());
            }
        }
        String value = text.toString().strip();
        if (isLeaf || !value.isEmpty()) {
            node.value(value);
        }
        return node.create();
    }

    private void refuseDtd() throws SyntaxException {
        if (xml.getEventType() == XMLStreamConstants.DTD || xml.getEventType() == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new SyntaxException(line(), "DTDs and entities are not allowed");
        }
    }

    private int line() {
        return xml.getLocation().getLineNumber();
    }
}
