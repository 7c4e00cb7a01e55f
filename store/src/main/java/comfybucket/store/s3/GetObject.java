package comfybucket.store.s3;

import comfybucket.store.disk.ObjectMeta;
import comfybucket.store.disk.StoredObject;
import comfybucket.store.http.Body;
import comfybucket.store.http.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GetObject, and HeadObject, which differs only in that no body follows. */
final class GetObject implements Operation {
    /** Parameters that replace a header of the answer. */
    private static final Map<String, String> OVERRIDES = Map.of(
            "response-cache-control", "cache-control",
            "response-content-disposition", "content-disposition",
            "response-content-encoding", "content-encoding",
            "response-content-language", "content-language",
            "response-content-type", "content-type",
            "response-expires", "expires");

    @Override
    public Response run(Call call) throws IOException {
        StoredObject object = call.data()
                .objects()
                .open(call.bucket(), call.key())
                .orElseThrow(() -> new S3Exception(ErrorCode.NoSuchKey));
        boolean handedOver = false;
        try {
            Response response = answer(call, object);
            handedOver = response.body() instanceof Body.FileRange;
            return response;
        } finally {
            if (!handedOver) {
                object.close();
            }
        }
    }

    private static Response answer(Call call, StoredObject object) {
        ObjectMeta meta = object.meta();
        switch (ReadConditions.verdict(call, "", meta.etag(), object.modified())) {
            case FAILED -> throw new S3Exception(ErrorCode.PreconditionFailed);
            case NOT_MODIFIED -> {
                return described(Response.of(304), object);
            }
            case GO_ON -> {}
        }
        Optional<ByteRange> range = range(call, object);
        Response response = described(Response.of(range.isPresent() ? 206 : 200), object);
        for (Map.Entry<String, String> header : meta.headers().entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        for (Map.Entry<String, String> override : OVERRIDES.entrySet()) {
            Optional<String> value = call.query().get(override.getKey());
            if (value.isPresent()) {
                response = response.with(override.getValue(), checked(ObjectHeaders.headerText(value.get())));
            }
        }
        if (!meta.tags().isEmpty()) {
            response = response.with(
                    "x-amz-tagging-count", Integer.toString(meta.tags().size()));
        }
        if (call.query().has("partNumber") && !meta.parts().isEmpty()) {
            response = response.with(
                    "x-amz-mp-parts-count", Integer.toString(meta.parts().size()));
        }
        if (range.isEmpty() && call.header("x-amz-checksum-mode").orElse("").equalsIgnoreCase("ENABLED")) {
            response = ChecksumHeaders.add(response, meta.checksum());
        }
        ByteRange bytes = range.orElse(new ByteRange(0, object.size()));
        if (range.isPresent()) {
            response = response.with("Content-Range", bytes.header(object.size()));
        }
        return response.with(new Body.FileRange(object.file(), bytes.position(), bytes.length()));
    }

    private static Response described(Response response, StoredObject object) {
        return response.with("ETag", Replies.quoted(object.meta().etag()))
                .with("Last-Modified", Replies.httpDate(object.modified()))
                .with("Accept-Ranges", "bytes");
    }

    private static String checked(String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new S3Exception(ErrorCode.InvalidArgument, "A control character in a response header.");
        }
        return value;
    }

    private static Optional<ByteRange> range(Call call, StoredObject object) {
        Optional<String> range = call.header("Range");
        if (!call.query().has("partNumber")) {
            return range.flatMap(text -> ByteRange.parse(text, object.size()));
        }
        if (range.isPresent()) {
            throw new S3Exception(ErrorCode.InvalidRequest, "Cannot specify both Range header and partNumber.");
        }
        List<Long> sizes = object.meta().parts().isEmpty()
                ? List.of(object.size())
                : object.meta().parts();
        int number = call.partNumber();
        if (number > sizes.size()) {
            throw new S3Exception(ErrorCode.InvalidPartNumber);
        }
        long position =
                sizes.subList(0, number - 1).stream().mapToLong(Long::longValue).sum();
        return Optional.of(new ByteRange(position, sizes.get(number - 1)));
    }
}
