package comfybucket.store.s3;

import comfybucket.store.xml.XmlWriter;

/** Everything belongs to the one who has the key pair. */
final class Owner {
    private static final String NAME = "comfy-bucket";

    private Owner() {}

    static void write(XmlWriter xml, String element) {
        xml.open(element).element("ID", NAME).element("DisplayName", NAME).close(element);
    }
}
