package comfybucket.store.s3;

/** <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3's errors</a> that happen here. */
enum ErrorCode {
    BadDigest(400, "The checksum you specified did not match what we received."),
    BucketNotEmpty(409, "The bucket you tried to delete is not empty."),
    EntityTooLarge(400, "The request is larger than what is accepted here."),
    EntityTooSmall(400, "A part other than the last one is smaller than 5 MiB."),
    ForbiddenHost(403, "Only loopback names are served: 127.0.0.1, localhost, [::1]."),
    IncompleteBody(400, "You did not provide the number of bytes specified by the Content-Length HTTP header."),
    InternalError(500, "We encountered an internal error. Please try again."),
    InvalidArgument(400, "Invalid argument."),
    InvalidBucketName(400, "The specified bucket is not valid."),
    InvalidDigest(400, "The Content-MD5 you specified is not valid."),
    InvalidPart(400, "One or more of the specified parts could not be found or had another ETag."),
    InvalidPartNumber(416, "The requested partnumber is not satisfiable."),
    InvalidPartOrder(400, "The list of parts was not in ascending order."),
    InvalidRange(416, "The requested range is not satisfiable."),
    InvalidRequest(400, "The request is not valid."),
    InvalidTag(400, "The tags provided are not valid."),
    InvalidURI(400, "The URI is not validly encoded."),
    KeyTooLongError(400, "Your key is too long: more than 1024 bytes."),
    MalformedXML(400, "The XML you provided was not well-formed or did not validate against our published schema."),
    MetadataTooLarge(400, "Your metadata headers exceed the maximum allowed metadata size of 2 KB."),
    MethodNotAllowed(405, "The specified method is not allowed against this resource."),
    MissingContentLength(411, "You must provide the Content-Length HTTP header."),
    NoSuchBucket(404, "The specified bucket does not exist."),
    NoSuchKey(404, "The specified key does not exist."),
    NoSuchUpload(404, "The specified multipart upload does not exist. It may have been aborted or completed."),
    NoSuchVersion(404, "The version ID specified does not match an existing version."),
    NotImplemented(501, "This is not implemented here."),
    PreconditionFailed(412, "At least one of the preconditions you specified did not hold."),
    StorageFull(507, "There is no room left on the disk that holds the folder."),
    XAmzContentSHA256Mismatch(400, "The provided 'x-amz-content-sha256' header does not match what was computed.");

    private final int status;
    private final String message;

    ErrorCode(int status, String message) {
        this.status = status;
        this.message = message;
    }

    int status() {
        return status;
    }

    String message() {
        return message;
    }
}
