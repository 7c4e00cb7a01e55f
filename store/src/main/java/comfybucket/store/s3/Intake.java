package comfybucket.store.s3;

import comfybucket.store.checksum.ChecksumAlgorithm;
import comfybucket.store.checksum.Hasher;
import comfybucket.store.disk.ObjectMeta;
import comfybucket.store.sign.AwsChunkedBody;
import comfybucket.store.xml.MalformedXmlException;
import comfybucket.store.xml.XmlElement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Takes a request's body in, and checks everything that was said about it: length, signature, hashes, checksums. */
final class Intake {
    private static final int BUFFER = 256 << 10;
    /** A thousand keys to delete, or ten thousand parts with their checksums, fit into this. */
    private static final int MAX_DOCUMENT = 4 << 20;

    private Intake() {}

    /** Where the bytes go. */
    @FunctionalInterface
    interface Sink {
        void write(byte[] bytes, int offset, int length) throws IOException;
    }

    /**
     * A body that was taken in and is what the client meant to send.
     *
     * @param md5 32 hexadecimal digits
     * @param checksum what the client gave or asked for
     */
    record Received(String md5, Optional<ObjectMeta.Checksum> checksum) {}

    /** A request's body as XML; empty when there is no body. */
    static Optional<XmlElement> document(Call call) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        receive(call, Optional.empty(), (buffer, offset, length) -> {
            if (bytes.size() + length > MAX_DOCUMENT) {
                throw new S3Exception(ErrorCode.EntityTooLarge);
            }
            bytes.write(buffer, offset, length);
        });
        try {
            return bytes.size() == 0 ? Optional.empty() : Optional.of(XmlElement.parse(bytes.toByteArray()));
        } catch (MalformedXmlException e) {
            throw new S3Exception(ErrorCode.MalformedXML, e.getMessage());
        }
    }

    /**
     * Takes the body in. When this throws, what went into the sink is of no use.
     *
     * @param wanted the checksum to compute when the client names none
     */
    static Received receive(Call call, Optional<ChecksumAlgorithm> wanted, Sink sink) throws IOException {
        Optional<AwsChunkedBody> chunked = AwsChunkedBody.of(call.request().body(), call.verified());
        StatedChecksum stated = StatedChecksum.of(call);
        Optional<ChecksumAlgorithm> algorithm = stated.algorithm().or(() -> wanted);
        Hasher md5 = Hasher.md5();
        Optional<Hasher> checksum = algorithm.map(ChecksumAlgorithm::start);
        boolean hashed = call.verified().payload().matches("[0-9a-f]{64}");
        Optional<Hasher> sha256 = hashed ? Optional.of(Hasher.sha256()) : Optional.empty();

        InputStream in = chunked.isPresent() ? chunked.get() : call.request().body();
        byte[] buffer = new byte[bufferSize(call)];
        long size = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            md5.update(buffer, 0, count);
            if (sha256.isPresent()) {
                sha256.get().update(buffer, 0, count);
            }
            if (checksum.isPresent()) {
                checksum.get().update(buffer, 0, count);
            }
            sink.write(buffer, 0, count);
            size += count;
        }
        checkLength(call, chunked.isPresent(), size);
        checkPayload(call, sha256);
        byte[] md5Value = md5.finish();
        checkMd5(call, md5Value);
        Optional<ObjectMeta.Checksum> result = Optional.empty();
        if (algorithm.isPresent() && checksum.isPresent()) {
            String value = Base64.getEncoder().encodeToString(checksum.get().finish());
            stated.check(chunked.map(AwsChunkedBody::trailers), value);
            result = Optional.of(new ObjectMeta.Checksum(algorithm.get().name(), "FULL_OBJECT", value));
        }
        return new Received(HexFormat.of().formatHex(md5Value), result);
    }

    private static int bufferSize(Call call) {
        long length = call.request().length();
        return length < 0 ? BUFFER : Math.clamp(length, 1_024, BUFFER);
    }

    private static void checkLength(Call call, boolean chunked, long size) {
        Optional<String> announced = call.header("x-amz-decoded-content-length");
        if (chunked && !announced.orElse("").equals(Long.toString(size))) {
            throw new S3Exception(
                    ErrorCode.IncompleteBody, "The body is not as long as x-amz-decoded-content-length says.");
        }
    }

    private static void checkPayload(Call call, Optional<Hasher> sha256) {
        String payload = call.verified().payload();
        if (sha256.isPresent()) {
            if (!HexFormat.of().formatHex(sha256.get().finish()).equals(payload)) {
                throw new S3Exception(ErrorCode.XAmzContentSHA256Mismatch);
            }
        } else if (!payload.equals("UNSIGNED-PAYLOAD") && !payload.startsWith("STREAMING-")) {
            throw new S3Exception(
                    ErrorCode.InvalidArgument,
                    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-..., or a valid sha256 value.");
        }
    }

    private static void checkMd5(Call call, byte[] md5) {
        Optional<String> stated = call.header("Content-MD5");
        if (stated.isPresent()) {
            byte[] value = decode(stated.get());
            if (value.length != md5.length) {
                throw new S3Exception(ErrorCode.InvalidDigest);
            }
            if (!Arrays.equals(value, md5)) {
                throw new S3Exception(ErrorCode.BadDigest, "The Content-MD5 you specified did not match.");
            }
        }
    }

    /** The bytes of a Base64 text; none when it is not one. */
    static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
