package comfybucket.store.s3;

import comfybucket.store.checksum.ChecksumAlgorithm;
import comfybucket.store.disk.ObjectMeta;
import comfybucket.store.disk.Upload;
import comfybucket.store.http.Response;
import comfybucket.store.xml.XmlWriter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

final class CreateMultipartUpload implements Operation {
    @Override
    public Response run(Call call) throws IOException {
        Intake.document(call);
        ObjectMeta template =
                new ObjectMeta("", ObjectHeaders.of(call), Tags.ofHeader(call), Optional.empty(), List.of());
        Optional<ObjectMeta.Checksum> checksum = checksum(call);
        Upload upload = call.data().uploads().begin(call.bucket(), call.key(), template, checksum);
        Response response = Replies.xml(XmlWriter.document("InitiateMultipartUploadResult")
                .element("Bucket", upload.bucket())
                .element("Key", upload.key())
                .element("UploadId", upload.id()));
        return checksum.map(sum -> response.with("x-amz-checksum-algorithm", sum.algorithm())
                        .with("x-amz-checksum-type", sum.type()))
                .orElse(response);
    }

    private static Optional<ObjectMeta.Checksum> checksum(Call call) {
        Optional<String> name = call.header("x-amz-checksum-algorithm");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        ChecksumAlgorithm algorithm = ChecksumAlgorithm.named(name.get())
                .orElseThrow(() -> new S3Exception(ErrorCode.InvalidRequest, "Unknown checksum algorithm."));
        String standard = algorithm == ChecksumAlgorithm.CRC64NVME ? "FULL_OBJECT" : "COMPOSITE";
        String type = call.header("x-amz-checksum-type").orElse(standard);
        boolean possible = type.equals("FULL_OBJECT")
                ? algorithm.combination().isPresent()
                : type.equals("COMPOSITE") && algorithm != ChecksumAlgorithm.CRC64NVME;
        if (!possible) {
            throw new S3Exception(
                    ErrorCode.InvalidRequest, "The " + type + " checksum type cannot be used with " + algorithm + ".");
        }
        return Optional.of(new ObjectMeta.Checksum(algorithm.name(), type, ""));
    }
}
