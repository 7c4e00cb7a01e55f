package comfybucket.connect;

import comfybucket.profile.Secret;
import java.net.URI;

/**
 * Where other S3 clients find the store of a Local profile, for as long as this process runs.
 *
 * @param endpoint the same after a restart
 */
public record LocalServer(URI endpoint, String bucket, String accessKey, Secret secretKey) {}
