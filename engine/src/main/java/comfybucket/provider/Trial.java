package comfybucket.provider;

/** How far this product has been tried on a provider. */
public enum Trial {
    REAL("the real server"),
    SIMULATED("a server of ours that behaves as the provider is known to"),
    NONE("not yet");

    private final String on;

    Trial(String on) {
        this.on = on;
    }

    String on() {
        return on;
    }
}
