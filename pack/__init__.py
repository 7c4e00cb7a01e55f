"""What runs inside ComfyUI: thin, without processes, network or environment variables of its own."""
