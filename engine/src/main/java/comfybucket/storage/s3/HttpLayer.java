package comfybucket.storage.s3;

import software.amazon.awssdk.http.SdkHttpClient;

/** Makes the client that carries requests to one store. Whatever it makes gets the limits of {@link GuardedHttp}. */
interface HttpLayer {
    /** A client that checks addresses and certificates, follows no redirect and tries nothing twice. */
    SdkHttpClient open(S3Connection connection, Timeouts timeouts);

    /** The proxies that it uses, for messages. */
    ProxySettings proxies();
}
