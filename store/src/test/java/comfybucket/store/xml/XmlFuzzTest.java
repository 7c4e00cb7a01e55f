package comfybucket.store.xml;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.store.faults.Fuzz;
import comfybucket.store.faults.Seed;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents of clients that mean harm, or do not know how. */
class XmlFuzzTest {
    private static final List<byte[]> EXAMPLES = Stream.of(
                    """
                    <?xml version="1.0" encoding="UTF-8"?>
                    <CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
                      <Part><PartNumber>1</PartNumber><ETag>&quot;a&#x20;b&quot;</ETag></Part>
                    </CompleteMultipartUpload>
                    """,
                    "<Delete><Object><Key>a<![CDATA[b]]></Key></Object><Quiet>true</Quiet></Delete>",
                    "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY y \"&x;&x;\">]><r>&y;</r>",
                    "<Tagging><TagSet><Tag><Key>k</Key><Value>\u00fc</Value></Tag></TagSet></Tagging>")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    @Test
    void eachDocumentIsReadOrRefusedInSilence() throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            Seed.play(seed -> Fuzz.run(seed, Fuzz.executions(20_000), EXAMPLES, List.of(), XmlFuzzTest::read));
        } finally {
            System.setErr(before);
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private static void read(byte[] document) {
        try {
            XmlElement.parse(document);
        } catch (MalformedXmlException refused) {
            // As it should be.
        }
    }
}
