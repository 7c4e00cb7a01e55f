package comfybucket.storage.s3;

import comfybucket.provider.Quirk;
import comfybucket.storage.ObjectKey;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Everything that is needed to reach one bucket. Equal connections can share one {@link S3Store}.
 *
 * @param endpoint scheme, host and port of the store without the bucket, such as
 *     {@code https://s3.eu-central-1.amazonaws.com}; a path is kept in front of every object
 * @param region what requests are signed for
 * @param bucket the bucket's name
 * @param pathStyle the bucket is the first part of the path; otherwise it is put in front of the host
 * @param allowHttp plain http is accepted to hosts beyond this machine
 * @param caBundle a PEM file of certificate authorities that are trusted beside the usual ones
 * @param credentials who signs
 * @param quirks where the store differs from AWS S3 for sure; where it may, {@link Doubts} say
 * @param concurrency how many requests may be under way at once, at least 1
 * @param bandwidth bytes that all requests together may move in a second, up and down; empty for no limit
 * @param userAgent the start of the User-Agent header, {@code b2ai-comfyui/<version>}
 */
public record S3Connection(
        URI endpoint,
        String region,
        String bucket,
        boolean pathStyle,
        boolean allowHttp,
        Optional<Path> caBundle,
        S3Credentials credentials,
        Set<Quirk> quirks,
        int concurrency,
        OptionalLong bandwidth,
        String userAgent) {
    public S3Connection {
        quirks = Set.copyOf(quirks);
        String scheme = endpoint.getScheme() == null ? "" : endpoint.getScheme().toLowerCase(Locale.ROOT);
        boolean usable = (scheme.equals("https") || scheme.equals("http")) && endpoint.getHost() != null;
        if (!usable
                || endpoint.getUserInfo() != null
                || endpoint.getQuery() != null
                || endpoint.getFragment() != null) {
            throw new IllegalArgumentException("Not the address of a store: " + endpoint);
        }
        if (region.isEmpty() || bucket.isEmpty() || userAgent.isEmpty()) {
            throw new IllegalArgumentException("Empty region, bucket or user agent");
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException("Concurrency " + concurrency + " is less than 1");
        }
    }

    /** Without a limit of the bandwidth. */
    public S3Connection(
            URI endpoint,
            String region,
            String bucket,
            boolean pathStyle,
            boolean allowHttp,
            Optional<Path> caBundle,
            S3Credentials credentials,
            Set<Quirk> quirks,
            int concurrency,
            String userAgent) {
        this(
                endpoint,
                region,
                bucket,
                pathStyle,
                allowHttp,
                caBundle,
                credentials,
                quirks,
                concurrency,
                OptionalLong.empty(),
                userAgent);
    }

    /**
     * By hand, as {@link S3Credentials} do it: how records are compared is put together at run time, which is a tenth of
     * the way to a process's first object.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof S3Connection that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<Object> parts() {
        return List.of(
                endpoint,
                region,
                bucket,
                pathStyle,
                allowHttp,
                caBundle,
                credentials,
                quirks,
                concurrency,
                bandwidth,
                userAgent);
    }

    boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }

    S3Connection withPathStyle(boolean wanted) {
        return new S3Connection(
                endpoint,
                region,
                bucket,
                wanted,
                allowHttp,
                caBundle,
                credentials,
                quirks,
                concurrency,
                bandwidth,
                userAgent);
    }

    /** To another server, which gets no credentials, so that it may be spoken to in plain http. */
    S3Connection forLinksTo(URI server) {
        return new S3Connection(
                server,
                region,
                bucket,
                pathStyle,
                true,
                caBundle,
                credentials,
                quirks,
                concurrency,
                bandwidth,
                userAgent);
    }

    /** How messages name an object. */
    String uri(ObjectKey key) {
        return "s3://" + bucket + "/" + key.value();
    }

    boolean isPlainHttp() {
        return endpoint.getScheme().equalsIgnoreCase("http");
    }
}
