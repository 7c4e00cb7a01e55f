package comfybucket.doctor;

/** A path_prefix is put in front of keys as it is, so one without a final slash makes no folder. */
final class PrefixCheck implements Check {
    @Override
    public String name() {
        return "prefix";
    }

    @Override
    public Finding look(Patient patient) {
        String prefix = patient.profile().keys().prefix().value();
        if (prefix.isEmpty() || prefix.endsWith("/")) {
            return Finding.good(this, prefix.isEmpty() ? "none" : prefix);
        }
        return Finding.warning(
                this,
                "The key cat.png becomes " + prefix + "cat.png. Set path_prefix to \"" + prefix
                        + "/\" if it is meant as a folder.");
    }
}
