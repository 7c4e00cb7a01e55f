package comfybucket.provider;

import com.google.gson.annotations.SerializedName;

/** A setting that most providers do without. Any address in {@code endpoint_url} makes {@link #ACCOUNT_ID} needless. */
public enum RequiredSetting {
    @SerializedName("account_id")
    ACCOUNT_ID,
    @SerializedName("endpoint_url")
    ENDPOINT_URL
}
