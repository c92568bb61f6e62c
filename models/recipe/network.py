"""Loads a trained network from a model folder in the diffusers layout."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import torch

from unet import UNet, UNetConfig
from weights import read_weights

WEIGHTS = "diffusion_pytorch_model.safetensors"

DIFFUSERS_VERSION = "0.30.0"
"""What the configuration files say they were written by."""


def load_network(folder: Path, device: torch.device) -> UNet:
    """Loads unet/ of a model folder as float32, ready to predict.

    Args:
        folder: a folder with unet/config.json and unet/diffusion_pytorch_model.safetensors.
        device: where the network is to compute.
    """
    stored = json.loads((folder / "unet" / "config.json").read_text(encoding="utf-8"))
    return load_weights(folder / "unet" / WEIGHTS, config_from_diffusers(stored), device)


def load_weights(file: Path, config: UNetConfig, device: torch.device) -> UNet:
    """Loads a safetensors file as a float32 network, ready to predict.

    Args:
        file: the weights, of any floating-point type.
        config: the shape of the network that they belong to.
        device: where the network is to compute.
    """
    network = UNet(config)
    fill(network, file)
    network.eval().requires_grad_(False)
    network.to(device, memory_format=torch.channels_last)
    network.fuse_norms()
    return network


def fill(network: UNet, file: Path) -> None:
    """Gives a float32 network the weights of a safetensors file, of any floating-point type."""
    network.load_state_dict({name: value.float() for name, value in read_weights(file).items()})


def config_from_diffusers(stored: dict[str, Any]) -> UNetConfig:
    """Reads the parts of a UNet2DModel configuration that this recipe varies."""
    return UNetConfig(
        channels_in=stored["in_channels"],
        channels=tuple(stored["block_out_channels"]),
        attention=tuple(kind.startswith("Attn") for kind in stored["down_block_types"]),
        layers=stored["layers_per_block"],
        head_dim=stored["attention_head_dim"],
    )


def config_to_diffusers(config: UNetConfig, sample_size: int) -> dict[str, Any]:
    """Writes a configuration as UNet2DModel understands it.

    Args:
        config: shape of the network.
        sample_size: side of the folded picture in pixels.
    """
    return {
        "_class_name": "UNet2DModel",
        "_diffusers_version": DIFFUSERS_VERSION,
        "sample_size": sample_size,
        "in_channels": config.channels_in,
        "out_channels": config.channels_in,
        "layers_per_block": config.layers,
        "block_out_channels": list(config.channels),
        "norm_num_groups": 32,
        "attention_head_dim": config.head_dim,
        "norm_eps": 1e-5,
        "act_fn": "silu",
        "center_input_sample": False,
        "downsample_padding": 1,
        "flip_sin_to_cos": True,
        "freq_shift": 0,
        "mid_block_scale_factor": 1,
        "time_embedding_type": "positional",
        "resnet_time_scale_shift": "default",
        "add_attention": True,
        "down_block_types": [
            "AttnDownBlock2D" if attends else "DownBlock2D" for attends in config.attention],
        "up_block_types": [
            "AttnUpBlock2D" if attends else "UpBlock2D" for attends in reversed(config.attention)],
    }


def sha256_of(path: Path) -> str:
    """Returns the SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
