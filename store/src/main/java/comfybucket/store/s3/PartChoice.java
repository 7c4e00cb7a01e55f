package comfybucket.store.s3;

import comfybucket.store.checksum.ChecksumAlgorithm;
import comfybucket.store.disk.Part;
import comfybucket.store.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The parts that a client wants to have joined, found among those that it has uploaded. */
final class PartChoice {
    /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">S3's limits</a>. */
    private static final long MIN_SIZE = 5L << 20;

    private PartChoice() {}

    /** Reads {@code <CompleteMultipartUpload><Part><PartNumber/><ETag/>…}. */
    static List<Part> choose(XmlElement document, List<Part> uploaded) {
        List<XmlElement> wanted = document.all("Part").toList();
        if (!document.name().equals("CompleteMultipartUpload") || wanted.isEmpty()) {
            throw new S3Exception(ErrorCode.MalformedXML);
        }
        Map<Integer, Part> byNumber = uploaded.stream().collect(Collectors.toMap(Part::number, Function.identity()));
        List<Part> parts = new ArrayList<>(wanted.size());
        for (XmlElement element : wanted) {
            Part part = find(element, byNumber);
            if (!parts.isEmpty() && parts.getLast().number() >= part.number()) {
                throw new S3Exception(ErrorCode.InvalidPartOrder);
            }
            parts.add(part);
        }
        for (Part part : parts.subList(0, parts.size() - 1)) {
            if (part.size() < MIN_SIZE) {
                throw new S3Exception(ErrorCode.EntityTooSmall);
            }
        }
        return parts;
    }

    private static Part find(XmlElement element, Map<Integer, Part> uploaded) {
        String number = element.text("PartNumber").orElse("").strip();
        if (!number.matches("\\d{1,9}")) {
            throw new S3Exception(ErrorCode.MalformedXML);
        }
        Part part = uploaded.get(Integer.valueOf(number));
        Optional<String> etag = element.text("ETag").map(String::strip);
        if (part == null || etag.isEmpty() || !ReadConditions.matches(etag.get(), part.etag())) {
            throw new S3Exception(ErrorCode.InvalidPart);
        }
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            Optional<String> stated = element.text("Checksum" + algorithm);
            Optional<String> known = part.checksum()
                    .filter(sum -> sum.algorithm().equals(algorithm.name()))
                    .map(sum -> sum.value());
            if (stated.isPresent() && known.isPresent() && !stated.equals(known)) {
                throw new S3Exception(ErrorCode.InvalidPart);
            }
        }
        return part;
    }
}
