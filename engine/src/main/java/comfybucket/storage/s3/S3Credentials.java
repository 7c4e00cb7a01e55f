package comfybucket.storage.s3;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who signs. No secret is in what {@code toString} gives. */
public sealed interface S3Credentials {
    /** Whose they are, without what is secret. */
    String account();

    /** What nobody may be shown. */
    List<String> secrets();

    /**
     * Keys that the profile holds; nothing else on this machine is looked at.
     *
     * @param sessionToken belongs to temporary keys
     */
    record Fixed(String accessKey, String secretKey, Optional<String> sessionToken) implements S3Credentials {
        public Fixed {
            if (accessKey.isEmpty() || secretKey.isEmpty()) {
                throw new IllegalArgumentException("Empty access key or secret key");
            }
        }

        @Override
        public String account() {
            return "key " + accessKey;
        }

        @Override
        public List<String> secrets() {
            return Stream.concat(Stream.of(secretKey, accessKey), sessionToken.stream())
                    .toList();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Fixed that && parts().equals(that.parts());
        }

        @Override
        public int hashCode() {
            return parts().hashCode();
        }

        private List<Object> parts() {
            return List.of(accessKey, secretKey, sessionToken);
        }

        @Override
        public String toString() {
            return "Fixed[" + accessKey + "]";
        }
    }

    /**
     * What AWS's own tools would use on this machine: {@code AWS_*}, {@code ~/.aws}, the metadata service. For AWS only.
     *
     * @param awsProfile the section of {@code ~/.aws} to use; empty for the default one
     * @param role the ARN of a role to take on with the credentials found
     */
    record DefaultChain(Optional<String> awsProfile, Optional<String> role) implements S3Credentials {
        @Override
        public String account() {
            return "profile " + awsProfile.orElse("") + " role " + role.orElse("");
        }

        @Override
        public List<String> secrets() {
            return List.of();
        }
    }
}
