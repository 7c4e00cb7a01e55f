package comfybucket.provider;

/** Who may choose a provider. */
public enum ProviderKind {
    /** Any node, in place of the profile's. */
    PRESET,
    /** Only the settings, because its address can be anybody's. */
    CUSTOM,
    /** Only settings that mean this machine: the engine itself serves it from a folder. */
    LOCAL
}
