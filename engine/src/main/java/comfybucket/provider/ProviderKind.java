package comfybucket.provider;

import com.google.gson.annotations.SerializedName;

/** Who may choose a provider. */
public enum ProviderKind {
    /** Any node, in place of the profile's. */
    @SerializedName("preset")
    PRESET,
    /** Only the settings, because its address can be anybody's. */
    @SerializedName("custom")
    CUSTOM,
    /** Only settings that mean this machine: the engine itself serves it from a folder. */
    @SerializedName("local")
    LOCAL
}
