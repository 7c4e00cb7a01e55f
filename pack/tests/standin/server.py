"""ComfyUI's server, as far as notices use it: `sockets` has the pages that are open, `sent` what they were sent."""


class PromptServer:
    instance = None

    def __init__(self):
        self.sockets = {}
        self.sent = []
        self.client_id = "client"
        self.texts = []

    def send_sync(self, event, data, sid=None):
        self.sent.append((event, data))

    def send_progress_text(self, text, node_id, sid=None):
        self.texts.append((node_id, text, sid))
