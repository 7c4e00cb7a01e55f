package comfybucket.assurance;

/** What is promised of the product and shown by runs, in the order of the page. */
public enum Promise {
    NO_FLIPPED_BYTE("No flipped byte is accepted, up or down, single or in parts, whatever checksums the store has"),
    ONE_VERSION("A download is one version of the object"),
    RESUME("A download goes on after a kill at any moment, also where file locks do nothing"),
    ATOMIC_FILES("A file is published whole and durable, or not at all"),
    RETRIES("Retries are bounded and right, whatever breaks before, in the middle of or after an effect"),
    OWN_SUCCESS("A create-only write whose acknowledgement got lost recognises its own success"),
    NEVER_REPLACED("A run never replaces what an earlier run or another writer saved"),
    ACCEPTED("What was accepted is in the bucket or in the outbox"),
    NEVER_HANGS("Every operation ends in time, and within a second of a cancel"),
    MEMORY("Memory does not grow with the file"),
    LISTINGS("Listings are exact"),
    PROVIDERS("Every quirk of a provider is obeyed"),
    PARSERS("Parsers survive anything"),
    OLDER_FILES("What an older version left on disk is read, and what is damaged is not lost"),
    REPLAY("The same seed brings the same faults at the same operations"),
    KEYS_STAY_INSIDE("No key becomes a file outside of its folder, and no two keys become one file"),
    PATHS_STAY_INSIDE("No widget and no route names a place that it should not"),
    FOREIGN_PAGES("No other site's page can use our routes"),
    NO_SCRIPTS("Nothing out of a bucket runs as a script in ComfyUI's page"),
    ENDPOINTS("No endpoint leads to where a store cannot be"),
    AMBIENT_CREDENTIALS("Credentials of the surroundings are not sent anywhere unasked"),
    NO_SECRET_SHOWN("No secret reaches a workflow, a page, a log, a file or a process list"),
    HOSTILE_STORES("A hostile or broken store does no harm"),
    PICKLES("No model file runs code"),
    BOMBS("Pictures that unpack to too much are refused before they are unpacked"),
    PRIVATE_FILES("Files with secrets are readable by their owner only, whatever the umask"),
    ONE_OBJECT_A_CACHE_ENTRY("A cached object is never taken for another one"),
    LOCAL_DOORS("Other users of the machine and web pages get nothing out of the engine or the local store"),
    STRANGERS_BUCKETS("A shared workflow does not send results to a stranger's bucket where the profile forbids it"),
    DELETING("Nothing is deleted that the profile does not allow"),
    SUPPLY_CHAIN("What is built comes from pinned sources");

    private final String text;

    Promise(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
