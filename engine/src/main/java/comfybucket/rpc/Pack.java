package comfybucket.rpc;

import org.eclipse.lsp4j.jsonrpc.Endpoint;

/** What the engine says to the pack without being asked. */
record Pack(Endpoint endpoint) {
    void progress(Protocol.Progress progress) {
        endpoint.notify("$/progress", progress);
    }

    void arrived(Protocol.Arrived file) {
        endpoint.notify("$/file", file);
    }

    void notice(Protocol.Notice notice) {
        endpoint.notify("$/notice", notice);
    }
}
