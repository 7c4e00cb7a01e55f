package comfybucket.store.xml;

/** A document that is not XML, or more XML than we read. */
public final class MalformedXmlException extends Exception {
    MalformedXmlException(String message) {
        super(message);
    }
}
