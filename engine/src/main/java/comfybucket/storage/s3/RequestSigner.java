package comfybucket.storage.s3;

import comfybucket.checksum.Digests;
import comfybucket.checksum.Hmac;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Signs requests with SigV4, their bodies included, by hashes that are known already: the SDK's signer computes them
 * anew for each try, which is most of the work of an upload.
 */
final class RequestSigner implements HttpSigner<AwsCredentialsIdentity> {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DATE_LENGTH = 8;
    private static final int DOCUMENT = 8192;
    private static final String OF_NOTHING = hex(Digests.sha256());

    private final String region;
    private final InstantSource clock;
    private final Supplier<Optional<BodyHash>> known;

    private volatile DayKey last;

    /** What requests of one day are signed with; cannot be printed. */
    private static final class DayKey {
        private final String secret;
        private final String date;
        private final byte[] key;

        DayKey(String secret, String date, byte[] key) {
            this.secret = secret;
            this.date = date;
            this.key = key;
        }

        boolean isOf(String otherSecret, String otherDate) {
            return secret.equals(otherSecret) && date.equals(otherDate);
        }
    }

    /**
     * @param region what requests are signed for
     * @param known the hash of the body that the current request has, where it is known
     */
    RequestSigner(String region, InstantSource clock, Supplier<Optional<BodyHash>> known) {
        this.region = region;
        this.clock = clock;
        this.known = known;
    }

    @Override
    public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
        AwsCredentialsIdentity signer = request.identity();
        String time = TIME.format(clock.instant());
        String hash = request.payload().map(this::hash).orElse(OF_NOTHING);
        SdkHttpRequest complete = request.request().copy(headers -> {
            headers.putHeader("Host", host(request.request()))
                    .putHeader("X-Amz-Date", time)
                    .putHeader("x-amz-content-sha256", hash);
            if (signer instanceof AwsSessionCredentialsIdentity session) {
                headers.putHeader("X-Amz-Security-Token", session.sessionToken().strip());
            }
        });
        CanonicalRequest canonical = CanonicalRequest.of(complete, hash);
        String authorization = authorization(canonical, time, signer);
        SignedRequest.Builder signed = SignedRequest.builder()
                .request(complete.copy(headers -> headers.putHeader("Authorization", authorization)));
        request.payload().ifPresent(signed::payload);
        return signed.build();
    }

    @Override
    public CompletableFuture<AsyncSignedRequest> signAsync(AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
        throw new UnsupportedOperationException("All requests are sent by synchronous clients");
    }

    private String authorization(CanonicalRequest request, String time, AwsCredentialsIdentity signer) {
        String date = time.substring(0, DATE_LENGTH);
        String scope = date + "/" + region + "/s3/aws4_request";
        MessageDigest digest = Digests.sha256();
        digest.update(request.bytes());
        String toSign = String.join("\n", ALGORITHM, time, scope, hex(digest));
        byte[] key = key(signer.secretAccessKey().strip(), date);
        return ALGORITHM
                + " Credential=" + signer.accessKeyId().strip() + "/" + scope
                + ", SignedHeaders=" + request.signedHeaders()
                + ", Signature=" + HexFormat.of().formatHex(hmac(key, toSign));
    }

    private byte[] key(String secret, String date) {
        DayKey day = last;
        if (day == null || !day.isOf(secret, date)) {
            byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
            for (String step : new String[] {date, region, "s3", "aws4_request"}) {
                key = hmac(key, step);
            }
            day = new DayKey(secret, date, key);
            last = day;
        }
        return day.key;
    }

    /** A port is named where it is not the scheme's own, as the HTTP layer does. */
    private static String host(SdkHttpRequest request) {
        int usual = request.protocol().equalsIgnoreCase("https") ? 443 : 80;
        return request.port() == usual ? request.host() : request.host() + ":" + request.port();
    }

    private String hash(ContentStreamProvider body) {
        return known.get().orElseGet(() -> computed(body)).hex();
    }

    /** Of a document, a few kilobytes at most. */
    private static BodyHash computed(ContentStreamProvider document) {
        try (InputStream bytes = document.newStream()) {
            return BodyHash.of(bytes, DOCUMENT);
        } catch (IOException e) {
            throw new PayloadException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        return Hmac.sha256(key, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
