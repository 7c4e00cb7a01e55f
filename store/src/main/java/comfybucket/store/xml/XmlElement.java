package comfybucket.store.xml;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element that was read, by its local name.
 *
 * @param text what it holds beside its children
 */
public record XmlElement(String name, String text, List<XmlElement> children) {
    private static final int MAX_DEPTH = 8;
    /** A thousand keys to delete or ten thousand parts to join need less. */
    private static final int MAX_ELEMENTS = 100_000;

    /** Reads a document. There are no DTDs, no entities but XML's own five, no external anything. */
    public static XmlElement parse(byte[] document) throws MalformedXmlException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text(document)));
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                if (reader.getEventType() == XMLStreamConstants.DTD) {
                    throw new MalformedXmlException("A document type declaration is not accepted.");
                }
            }
            XmlElement root = read(reader, 1, new int[1]);
            while (reader.hasNext()) {
                reader.next(); // finds what is not well-formed behind the root
            }
            return root;
        } catch (XMLStreamException | RuntimeException e) { // the JDK's parser throws both for bad input
            throw new MalformedXmlException("The XML is not well-formed.");
        }
    }

    /** Not left to the parser, which tells the world on standard error what it thinks of bytes that are no UTF-8. */
    private static String text(byte[] document) throws MalformedXmlException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new MalformedXmlException("The XML is not UTF-8 text.");
        }
    }

    private static XmlElement read(XMLStreamReader reader, int depth, int[] count)
            throws XMLStreamException, MalformedXmlException {
        if (depth > MAX_DEPTH || ++count[0] > MAX_ELEMENTS) {
            throw new MalformedXmlException("The XML is too deep or too long.");
        }
        String name = reader.getLocalName();
        StringBuilder text = new StringBuilder();
        List<XmlElement> children = new ArrayList<>();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(read(reader, depth + 1, count));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    return new XmlElement(name, text.toString(), children);
                }
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new MalformedXmlException("An entity that XML does not have.");
                default -> {} // comments and processing instructions
            }
        }
    }

    /** The children of that name. */
    public Stream<XmlElement> all(String child) {
        return children.stream().filter(element -> element.name().equals(child));
    }

    /** The text of the first child of that name. */
    public Optional<String> text(String child) {
        return all(child).findFirst().map(XmlElement::text);
    }
}
