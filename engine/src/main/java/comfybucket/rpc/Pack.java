package comfybucket.rpc;

import org.eclipse.lsp4j.jsonrpc.services.JsonNotification;

/** What the engine says to the pack without being asked. */
interface Pack {
    @JsonNotification("$/progress")
    void progress(Protocol.Progress progress);

    @JsonNotification("$/file")
    void arrived(Protocol.Arrived file);

    @JsonNotification("$/notice")
    void notice(Protocol.Notice notice);
}
