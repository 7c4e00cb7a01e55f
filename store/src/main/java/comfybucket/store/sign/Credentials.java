package comfybucket.store.sign;

/** The one key pair that a store knows. Prints without its secret. */
public record Credentials(String accessKey, String secretKey) {
    public Credentials {
        if (!accessKey.matches("[A-Za-z0-9]{8,64}") || !secretKey.matches("[A-Za-z0-9+/]{16,128}")) {
            throw new IllegalArgumentException("Not a key pair.");
        }
    }

    @Override
    public String toString() {
        return "Credentials[" + accessKey + "]";
    }
}
