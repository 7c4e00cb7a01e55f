package comfybucket.connect;

import comfybucket.about.Version;
import comfybucket.local.LocalStores;
import comfybucket.profile.Address;
import comfybucket.profile.Credentials;
import comfybucket.profile.Profile;
import comfybucket.profile.Secret;
import comfybucket.provider.Quirk;
import comfybucket.storage.s3.Doubts;
import comfybucket.storage.s3.Findings;
import comfybucket.storage.s3.S3Connection;
import comfybucket.storage.s3.S3Credentials;
import comfybucket.store.LocalStore;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** From a profile to what the S3 adapter needs; a Local profile's store is started on the way. */
final class Connections implements AutoCloseable {
    /** Requests at a time to one bucket when the profile does not say; what is done with it rarely wants so many. */
    private static final int CONCURRENCY = 64;

    private static final String USER_AGENT = "b2ai-comfyui/" + Version.CURRENT;

    private final LocalStores locals;

    Connections(LocalStores locals) {
        this.locals = locals;
    }

    /** For everything but links. */
    S3Connection of(Profile profile) {
        Credentials credentials = profile.credentials();
        // Not by a switch: the JVM makes a class for each one over types, and a first save waits for it (decision 21).
        if (credentials instanceof Credentials.Static(var accessKey, var secretKey, var sessionToken)) {
            return remote(
                    profile, new S3Credentials.Fixed(accessKey, secretKey.reveal(), sessionToken.map(Secret::reveal)));
        }
        if (credentials instanceof Credentials.DefaultChain(var awsProfile, var roleArn)) {
            return remote(profile, new S3Credentials.DefaultChain(awsProfile, roleArn));
        }
        return local(profile, store(profile).endpoint());
    }

    /** For links: those to a Local store go to the port that outlives this process. */
    S3Connection forLinks(Profile profile) {
        return profile.credentials() instanceof Credentials.LocalStore
                ? local(profile, store(profile).publicEndpoint())
                : of(profile);
    }

    /** Under the port that outlives this process. */
    LocalServer serve(Profile profile) {
        LocalStore store = store(profile);
        return new LocalServer(
                store.publicEndpoint(), profile.keys().bucket(), store.accessKey(), new Secret(store.secretKey()));
    }

    private LocalStore store(Profile profile) {
        return locals.at(profile.localFolder().orElseThrow());
    }

    private S3Connection local(Profile profile, URI endpoint) {
        LocalStore store = store(profile);
        S3Credentials keys = new S3Credentials.Fixed(store.accessKey(), store.secretKey(), Optional.empty());
        return connection(profile, endpoint, keys);
    }

    private static S3Connection remote(Profile profile, S3Credentials credentials) {
        return connection(profile, profile.address().endpoint().orElseThrow(), credentials);
    }

    private static S3Connection connection(Profile profile, URI endpoint, S3Credentials credentials) {
        Address address = profile.address();
        return new S3Connection(
                endpoint,
                address.region(),
                profile.keys().bucket(),
                address.pathStyle(),
                address.allowHttp(),
                address.caBundle(),
                credentials,
                profile.provider().settledQuirks(),
                profile.limits().concurrency().orElse(CONCURRENCY),
                profile.limits().bandwidth(),
                USER_AGENT);
    }

    /** What the store behind a profile has to show, where the profile's provider does not say it. */
    static Doubts doubts(Profile profile, Findings findings) {
        Set<Quirk> open = new HashSet<>(profile.provider().openQuirks());
        if (!profile.address().styleIsOpen()) {
            open.remove(Quirk.VIRTUAL_HOST_STYLE);
        }
        return new Doubts(
                open,
                findings,
                profile.readOnly()
                        ? Optional.empty()
                        : Optional.of(profile.keys().prefix()));
    }

    @Override
    public void close() {
        locals.close();
    }
}
