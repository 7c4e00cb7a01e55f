package comfybucket.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import java.io.Serializable;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretTest {
    private static final String CANARY = "canary-7f3a";
    private final Secret secret = new Secret(CANARY);

    @Test
    void givesItselfAwayOnlyWhenAsked() {
        assertThat(secret.reveal()).isEqualTo(CANARY);
        assertThat(secret).hasToString("**redacted**");
        assertThat(new Credentials.Static("key-id-51", secret, Optional.of(secret)).toString())
                .doesNotContain(CANARY, "key-id-51");
    }

    @Test
    void isNeverSerialised() {
        assertThat(new Gson().toJson(secret)).isEqualTo("\"**redacted**\"");
        assertThat(new Gson().toJson(new Secret[] {secret})).doesNotContain(CANARY);
        assertThat(secret).isNotInstanceOf(Serializable.class);
        assertThatThrownBy(() -> new Gson().fromJson("\"x\"", Secret.class))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void isEqualToTheSameSecretOnly() {
        assertThat(secret).isEqualTo(new Secret(CANARY)).hasSameHashCodeAs(new Secret(CANARY));
        assertThat(secret).isNotEqualTo(new Secret(CANARY + "0")).isNotEqualTo(new Secret("canary-7f3b"));
        assertThat(secret.equals(null)).isFalse();
    }

    @Test
    void emptyIsNoSecret() {
        assertThatThrownBy(() -> new Secret("")).isInstanceOf(IllegalArgumentException.class);
    }
}
