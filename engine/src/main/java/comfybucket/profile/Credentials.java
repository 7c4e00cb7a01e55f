package comfybucket.profile;

import java.util.Optional;

/** How the engine proves to a store who it is. */
public sealed interface Credentials {
    /**
     * Keys from the settings, and from nowhere else.
     *
     * @param accessKey the public half; it is part of every link that is shared
     * @param sessionToken for keys that somebody else made for a while
     */
    record Static(String accessKey, Secret secretKey, Optional<Secret> sessionToken) implements Credentials {
        @Override
        public String toString() {
            return "Static[" + Secret.REDACTED + "]";
        }
    }

    /**
     * What the AWS SDK finds on this machine: {@code AWS_*}, {@code ~/.aws}, the metadata service. For AWS only.
     *
     * @param awsProfile a profile of {@code ~/.aws}, when not the default one
     * @param roleArn a role to assume with what was found
     */
    record DefaultChain(Optional<String> awsProfile, Optional<String> roleArn) implements Credentials {}

    /** None to configure: the engine's own store makes them. */
    record LocalStore() implements Credentials {}
}
