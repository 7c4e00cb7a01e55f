package comfybucket.store.xml;

import java.nio.charset.StandardCharsets;

/** Writes one document. Elements are closed by whoever opened them. */
public final class XmlWriter {
    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
    private static final String PROLOG = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private final StringBuilder text = new StringBuilder(1_024);
    private final String root;

    private XmlWriter(String root, String attributes) {
        this.root = root;
        text.append('<').append(root).append(attributes).append('>');
    }

    /** A document in S3's namespace. */
    public static XmlWriter document(String root) {
        return new XmlWriter(root, " xmlns=\"" + NAMESPACE + "\"");
    }

    /** A document without a namespace, as S3's errors are. */
    public static XmlWriter error() {
        return new XmlWriter("Error", "");
    }

    public XmlWriter open(String element) {
        text.append('<').append(element).append('>');
        return this;
    }

    public XmlWriter close(String element) {
        text.append("</").append(element).append('>');
        return this;
    }

    public XmlWriter element(String name, Object value) {
        open(name);
        escape(value.toString());
        return close(name);
    }

    /** Control characters have no place in XML 1.0; S3 writes them as references all the same, and so do we. */
    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                case '"' -> text.append("&quot;");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        text.append("&#").append((int) c).append(';');
                    } else {
                        text.append(c);
                    }
                }
            }
        }
    }

    /** The finished document. */
    public byte[] bytes() {
        return (PROLOG + elements()).getBytes(StandardCharsets.UTF_8);
    }

    /** The finished document without its first line, for an answer that has begun before its content was known. */
    public String elements() {
        return text + "</" + root + ">";
    }

    /** The first line of every document. */
    public static String prolog() {
        return PROLOG;
    }
}
