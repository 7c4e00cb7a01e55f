package comfybucket.profile;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.naming.OnConflict;
import comfybucket.provider.Quirk;
import comfybucket.provider.RequiredSetting;
import comfybucket.storage.Encryption;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.KeySpace;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One reading of the layers. The keys come from one layer, and what says where the store is comes from one layer: half
 * of one account with half of another would send what is signed for one store to the other.
 *
 * @param name of the profile, as users know it
 * @param named what the file says under that name
 * @param file where it stands, for the texts
 */
record Resolution(Machine machine, EnvironmentLayer environment, String name, Layer named, ProfileRef ref, Path file) {

    Profile profile() {
        StoreChoice own = StoreChoice.of(named, environment);
        StoreChoice store =
                ref.provider().map(wanted -> own.override(wanted, name, file)).orElse(own);
        Credentials credentials = store.isLocal() ? new Credentials.LocalStore() : credentials();
        KeySpace keys = new KeySpace(bucket(store), prefix());
        Address address = address(store);
        requireSafe(credentials, address);
        boolean ownPlace = !store.overridden()
                && get(Field.BUCKET).filter(keys.bucket()::equals).isPresent();
        return new Profile(
                name,
                address,
                keys,
                credentials,
                saving(),
                limits(),
                flag(Field.READ_ONLY),
                flag(Field.ALLOW_PICKLE) || environment.allowsPickle(),
                // It leads to the profile's own bucket, and to no other.
                ownPlace ? named.get(Field.PUBLIC_BASE_URL) : Optional.empty(),
                named.get(Field.AUTO_BACKUP).flatMap(found -> found),
                store.isLocal() ? Optional.of(localFolder()) : Optional.empty());
    }

    private Credentials credentials() {
        Optional<Credentials.DefaultChain> chain = named.get(Field.CREDENTIALS).flatMap(found -> found);
        if (chain.isPresent()) {
            return chain.get();
        }
        boolean inProfile = named.says(Field.ACCESS_KEY, Field.SECRET_KEY, Field.SESSION_TOKEN);
        Layer layer = inProfile ? named : environment;
        return new Credentials.Static(
                layer.get(Field.ACCESS_KEY)
                        .orElseThrow(() -> keyMissing(Problem.ACCESS_KEY_MISSING, Field.ACCESS_KEY, inProfile)),
                layer.get(Field.SECRET_KEY)
                        .orElseThrow(() -> keyMissing(Problem.SECRET_KEY_MISSING, Field.SECRET_KEY, inProfile)),
                layer.get(Field.SESSION_TOKEN));
    }

    private String bucket(StoreChoice store) {
        Optional<String> own =
                get(Field.BUCKET).or(() -> store.isLocal() ? Optional.of(Profile.LOCAL_BUCKET) : Optional.empty());
        Optional<String> wanted = ref.bucket().map(bucket -> input(Field.BUCKET, bucket));
        boolean another = wanted.isPresent() && !wanted.equals(own);
        if (another && !named.get(Field.ALLOW_BUCKET_OVERRIDE).orElse(true)) {
            throw new CloudException(
                    Problem.BUCKET_OVERRIDE_REFUSED, Map.of("profile", name, "profiles_file", file.toString()));
        }
        return wanted.or(() -> own)
                .orElseThrow(() -> new CloudException(
                        Problem.BUCKET_MISSING, Map.of("shell", shell(Field.BUCKET, "<bucket-name>"))));
    }

    private KeyPrefix prefix() {
        return new KeyPrefix(ref.pathPrefix()
                .map(prefix -> input(Field.PATH_PREFIX, prefix))
                .or(() -> get(Field.PATH_PREFIX))
                .orElse(""));
    }

    private Address address(StoreChoice store) {
        if (store.isLocal() && store.ownEndpoint().isPresent()) {
            throw notUsable(Field.ENDPOINT_URL, "a Local store has a folder instead");
        }
        if (store.provider().requires(RequiredSetting.ACCOUNT_ID)
                && store.accountId().isEmpty()
                && store.ownEndpoint().isEmpty()) {
            throw new CloudException(
                    Problem.R2_ACCOUNT_MISSING, Map.of("shell", advice(store, Field.ACCOUNT_ID, "<account-id>")));
        }
        Optional<URI> endpoint = store.endpoint();
        if (endpoint.isEmpty() && !store.isLocal()) {
            throw new CloudException(
                    Problem.ENDPOINT_MISSING,
                    Map.of(
                            "provider", store.provider().name(),
                            "shell", advice(store, Field.ENDPOINT_URL, "<https://…>")));
        }
        boolean foreign =
                endpoint.filter(address -> !store.provider().serves(address)).isPresent();
        Optional<Boolean> forced = store.overridden() ? Optional.empty() : named.get(Field.FORCE_PATH_STYLE);
        return new Address(
                store.provider(),
                endpoint,
                store.provider().signingRegion(store.region()),
                forced.orElse(store.provider().pathStyle() || foreign),
                forced.isEmpty() && store.provider().openQuirks().contains(Quirk.VIRTUAL_HOST_STYLE),
                flag(Field.ALLOW_HTTP),
                named.get(Field.CA_BUNDLE));
    }

    private void requireSafe(Credentials credentials, Address address) {
        if (address.endpoint().isEmpty()) {
            return;
        }
        URI endpoint = address.endpoint().get();
        boolean served = address.provider().serves(endpoint);
        if (credentials instanceof Credentials.DefaultChain
                && !(address.provider().awsCredentials() && served)) {
            throw new CloudException(
                    Problem.DEFAULT_CHAIN_NOT_AWS,
                    Map.of(
                            "profile",
                            name,
                            "provider",
                            served ? address.provider().name() : endpoint.getHost()));
        }
        if (Endpoints.isPlainHttp(endpoint) && !Endpoints.isLoopback(endpoint)) {
            if (address.provider().has(Quirk.HTTPS_ONLY) && served) {
                throw notUsable(Field.ENDPOINT_URL, address.provider().name() + " is reached over https only");
            }
            if (!address.allowHttp()) {
                throw new CloudException(Problem.ENDPOINT_PLAIN_HTTP, Map.of("host", endpoint.getHost()));
            }
        }
    }

    private Saving saving() {
        return new Saving(
                named.get(Field.UPLOAD).orElse(Upload.WAIT),
                named.get(Field.ON_CONFLICT).orElse(OnConflict.RENAME),
                named.get(Field.DEFAULT_TAGS).orElse(Map.of()),
                named.get(Field.STORAGE_CLASS),
                named.get(Field.SERVER_SIDE_ENCRYPTION)
                        .map(algorithm -> new Encryption(algorithm, named.get(Field.KMS_KEY_ID))),
                named.get(Field.CACHE_CONTROL));
    }

    private Limits limits() {
        return new Limits(
                named.get(Field.CONCURRENCY).map(OptionalInt::of).orElse(OptionalInt.empty()),
                named.get(Field.BANDWIDTH_LIMIT).map(OptionalLong::of).orElse(OptionalLong.empty()),
                named.get(Field.MODEL_CACHE_LIMIT).map(OptionalLong::of).orElse(OptionalLong.empty()),
                named.get(Field.MEDIA_CACHE_LIMIT).map(OptionalLong::of).orElse(OptionalLong.empty()),
                named.get(Field.OUTBOX_LIMIT).map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    private Path localFolder() {
        return named.get(Field.FOLDER).orElseGet(() -> machine.dataFolder().resolve("local"));
    }

    private <T> Optional<T> get(Field<T> field) {
        return named.get(field).or(() -> environment.get(field));
    }

    private boolean flag(Field<Boolean> field) {
        return named.get(field).orElse(false);
    }

    /** A value that a node chose, held to the same rules as the settings'. */
    private static String input(Field<String> field, String value) {
        try {
            return field.read(new Json.Text(value, 1)).orElse("");
        } catch (Mistake e) {
            throw new CloudException(
                    Problem.INPUT_NOT_USABLE,
                    Map.of("input", field.name(), "reason", e.getMessage(), "allowed", "nothing to use the profile's"));
        }
    }

    private CloudException keyMissing(Problem problem, Field<?> field, boolean inProfile) {
        String advice = inProfile
                ? "Add " + field.name() + " to profile " + name + " (keys never come from two places)"
                : shell(field, field == Field.ACCESS_KEY ? "<your-key-id>" : "<your-secret>");
        return new CloudException(problem, Map.of("shell", advice, "profiles_file", file.toString()));
    }

    private CloudException notUsable(Field<?> field, String reason) {
        return new CloudException(
                Problem.SETTING_NOT_USABLE,
                Map.of(
                        "setting",
                        field.name(),
                        "reason",
                        reason,
                        "place",
                        EnvironmentLayer.variable(field) + " or the profile in " + file));
    }

    private String advice(StoreChoice store, Field<?> field, String placeholder) {
        if (store.overridden()) {
            return "Choose (from profile) as the node's provider";
        }
        return store.layer().equals(environment)
                ? shell(field, placeholder)
                : "Add " + field.name() + " to profile " + name;
    }

    private String shell(Field<?> field, String placeholder) {
        return machine.shell().set(EnvironmentLayer.variable(field), placeholder);
    }
}
