package comfybucket.provider;

import com.google.gson.annotations.SerializedName;

/** How far this product has been tried on a provider. */
public enum Trial {
    @SerializedName("real")
    REAL("the provider's own server"),
    @SerializedName("simulated")
    SIMULATED("a server of ours that behaves as the provider is known to"),
    @SerializedName("none")
    NONE("not yet");

    private final String on;

    Trial(String on) {
        this.on = on;
    }

    String on() {
        return on;
    }
}
