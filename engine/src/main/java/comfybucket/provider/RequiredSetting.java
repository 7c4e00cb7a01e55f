package comfybucket.provider;

/** A setting that most providers do without. Any address in {@code endpoint_url} makes {@link #ACCOUNT_ID} needless. */
public enum RequiredSetting {
    ACCOUNT_ID,
    ENDPOINT_URL
}
