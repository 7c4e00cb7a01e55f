package comfybucket.storage.s3;

import java.time.Duration;

/** The operations of S3 that we use, as messages name them. */
enum Operation {
    HEAD_OBJECT("HeadObject", "s3:GetObject"),
    GET_OBJECT("GetObject", "s3:GetObject"),
    GET_OBJECT_TAGGING("GetObjectTagging", "s3:GetObjectTagging"),
    PUT_OBJECT("PutObject", "s3:PutObject"),
    COPY_OBJECT("CopyObject", "s3:GetObject and s3:PutObject"),
    DELETE_OBJECT("DeleteObject", "s3:DeleteObject"),
    LIST_OBJECTS("ListObjects", "s3:ListBucket"),
    HEAD_BUCKET("HeadBucket", "s3:ListBucket"),
    CREATE_MULTIPART_UPLOAD("CreateMultipartUpload", "s3:PutObject"),
    UPLOAD_PART("UploadPart", "s3:PutObject"),
    COMPLETE_MULTIPART_UPLOAD("CompleteMultipartUpload", "s3:PutObject"),
    ABORT_MULTIPART_UPLOAD("AbortMultipartUpload", "s3:AbortMultipartUpload"),
    LIST_PARTS("ListParts", "s3:ListMultipartUploadParts"),
    LIST_MULTIPART_UPLOADS("ListMultipartUploads", "s3:ListBucketMultipartUploads");

    private final String title;
    private final String right;

    Operation(String title, String right) {
        this.title = title;
        this.right = right;
    }

    /** S3's name for it. */
    String title() {
        return title;
    }

    /** The right that it takes, as AWS's policies and most other stores call it. */
    String right() {
        return right;
    }

    /** Whether it makes or changes an object, which is what stores limit most. */
    boolean isWrite() {
        return switch (this) {
            case PUT_OBJECT, COPY_OBJECT, UPLOAD_PART, CREATE_MULTIPART_UPLOAD, COMPLETE_MULTIPART_UPLOAD -> true;
            case HEAD_OBJECT,
                    GET_OBJECT,
                    GET_OBJECT_TAGGING,
                    DELETE_OBJECT,
                    LIST_OBJECTS,
                    HEAD_BUCKET,
                    ABORT_MULTIPART_UPLOAD,
                    LIST_PARTS,
                    LIST_MULTIPART_UPLOADS -> false;
        };
    }

    /** How long the store may be silent: long where it copies data before it answers. */
    Duration silence(Timeouts timeouts) {
        return this == COPY_OBJECT || this == COMPLETE_MULTIPART_UPLOAD ? timeouts.work() : timeouts.silence();
    }

    /** Whether errors come without a word about them. */
    boolean isHead() {
        return this == HEAD_OBJECT || this == HEAD_BUCKET;
    }

    long answerLimit() {
        return this == GET_OBJECT ? Long.MAX_VALUE : Exchange.ANSWER_LIMIT;
    }
}
