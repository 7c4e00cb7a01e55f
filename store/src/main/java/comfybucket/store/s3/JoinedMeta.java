package comfybucket.store.s3;

import comfybucket.store.checksum.ChecksumAlgorithm;
import comfybucket.store.checksum.CrcCombination;
import comfybucket.store.checksum.Digests;
import comfybucket.store.checksum.Hasher;
import comfybucket.store.disk.ObjectMeta;
import comfybucket.store.disk.Part;
import comfybucket.store.disk.Upload;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** ETag and checksum of an object that is joined from parts, made of the parts' own without reading their bytes. */
final class JoinedMeta {
    private JoinedMeta() {}

    static ObjectMeta of(Call call, Upload upload, List<Part> parts) {
        long size = parts.stream().mapToLong(Part::size).sum();
        Optional<String> statedSize = call.header("x-amz-mp-object-size");
        if (statedSize.isPresent() && !statedSize.get().equals(Long.toString(size))) {
            throw new S3Exception(ErrorCode.InvalidRequest, "The parts are not as long as x-amz-mp-object-size says.");
        }
        Optional<ObjectMeta.Checksum> checksum = checksum(upload, parts);
        checkStated(call, checksum);
        return new ObjectMeta(
                etag(parts),
                upload.template().headers(),
                upload.template().tags(),
                checksum,
                parts.stream().map(Part::size).toList());
    }

    private static String etag(List<Part> parts) {
        MessageDigest md5 = Digests.md5();
        parts.forEach(part -> md5.update(HexFormat.of().parseHex(part.etag())));
        return HexFormat.of().formatHex(md5.digest()) + "-" + parts.size();
    }

    private static Optional<ObjectMeta.Checksum> checksum(Upload upload, List<Part> parts) {
        Optional<ObjectMeta.Checksum> announced = upload.checksum();
        boolean complete = announced.isPresent()
                && parts.stream()
                        .allMatch(part -> part.checksum()
                                .filter(sum ->
                                        sum.algorithm().equals(announced.get().algorithm()))
                                .isPresent());
        if (!complete) {
            return Optional.empty();
        }
        ChecksumAlgorithm algorithm = ChecksumAlgorithm.valueOf(announced.get().algorithm());
        String type = announced.get().type();
        String value = type.equals("COMPOSITE")
                ? composite(algorithm, parts)
                : combined(algorithm, algorithm.combination().orElseThrow(), parts);
        return Optional.of(new ObjectMeta.Checksum(algorithm.name(), type, value));
    }

    private static String composite(ChecksumAlgorithm algorithm, List<Part> parts) {
        Hasher hasher = algorithm.start();
        parts.forEach(part -> hasher.update(value(part), 0, algorithm.length()));
        return Base64.getEncoder().encodeToString(hasher.finish()) + "-" + parts.size();
    }

    private static String combined(ChecksumAlgorithm algorithm, CrcCombination crc, List<Part> parts) {
        long whole = 0;
        for (Part part : parts) {
            whole = crc.combine(whole, new BigInteger(1, value(part)).longValue(), part.size());
        }
        byte[] bytes = ByteBuffer.allocate(8).putLong(whole).array();
        return Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, 8 - algorithm.length(), 8));
    }

    private static byte[] value(Part part) {
        return Base64.getDecoder().decode(part.checksum().orElseThrow().value());
    }

    private static void checkStated(Call call, Optional<ObjectMeta.Checksum> checksum) {
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            Optional<String> stated = call.header(algorithm.header());
            Optional<String> known = checksum.filter(sum -> sum.algorithm().equals(algorithm.name()))
                    .map(sum -> sum.value());
            if (stated.isPresent() && known.isPresent() && !stated.equals(known)) {
                throw new S3Exception(
                        ErrorCode.BadDigest, "The " + algorithm + " you specified did not match the parts'.");
            }
        }
    }
}
