"""What runs inside ComfyUI: thin, without processes, sockets or environment variables of its own."""
