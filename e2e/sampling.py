"""A picture from a checkpoint, in as little work as ComfyUI allows."""

from __future__ import annotations

from typing import Any

Prompt = dict[str, dict[str, Any]]


def sampled(loader: str) -> Prompt:
    """One step at 64 × 64 with the model, the text encoder and the autoencoder of a node."""
    return {
        "text": {"class_type": "CLIPTextEncode", "inputs": {"text": "a cat", "clip": [loader, 1]}},
        "latent": {"class_type": "EmptyLatentImage", "inputs": {"width": 64, "height": 64, "batch_size": 1}},
        "sample": {
            "class_type": "KSampler",
            "inputs": {
                "model": [loader, 0],
                "positive": ["text", 0],
                "negative": ["text", 0],
                "latent_image": ["latent", 0],
                "seed": 1,
                "steps": 1,
                "cfg": 1.0,
                "sampler_name": "euler",
                "scheduler": "normal",
                "denoise": 1.0,
            },
        },
        "decode": {"class_type": "VAEDecode", "inputs": {"samples": ["sample", 0], "vae": [loader, 2]}},
        "show": {"class_type": "PreviewImage", "inputs": {"images": ["decode", 0]}},
    }
