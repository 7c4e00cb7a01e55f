package comfybucket.storage.s3;

import comfybucket.storage.GetOptions;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * An answer to GetObject whose body has not been read.
 *
 * @param info the version it belongs to
 * @param start which byte of the object the body begins with
 * @param length how many bytes it has
 * @param exchange what it is part of, and ends with it
 */
record Download(ObjectInfo info, long start, long length, AbortableInputStream body, Exchange exchange) {
    /** @throws BadReplyException if it is neither what was asked for nor all of the object */
    static Download of(
            ObjectKey key,
            GetOptions options,
            boolean etagIsMd5,
            SdkHttpResponse answer,
            AbortableInputStream body,
            Exchange exchange) {
        try {
            AnswerHeaders headers = new AnswerHeaders(answer);
            Download download =
                    new Download(headers.info(key, etagIsMd5), headers.start(), headers.length(), body, exchange);
            if (!download.fits(options) && !download.isWhole()) {
                throw new BadReplyException("it brings other bytes of the object than were asked for");
            }
            return download;
        } catch (BadReplyException e) {
            body.abort();
            throw e;
        }
    }

    /** Whether it brings what was asked for, and not all of the object, as from stores that know no ranges. */
    boolean fits(GetOptions options) {
        long wantedStart = options.range().map(range -> range.offset()).orElse(0L);
        long wantedLength = options.range()
                .map(range -> Math.min(range.length(), info.size() - range.offset()))
                .orElse(info.size());
        return start == wantedStart && length == wantedLength;
    }

    private boolean isWhole() {
        return start == 0 && length == info.size();
    }

    /** Gives the connection up without reading the rest. */
    void abort() {
        body.abort();
        exchange.close();
    }
}
