"""Writes a checkpoint's averaged weights as a model folder in the diffusers layout.

The folder holds unet/ (config.json and float16 safetensors), scheduler/,
model_index.json and studio.json, which names the model, its licence, settings that
suit it, where they are known, and the SHA-256 of every other file.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import torch

from diffusion import BETA_FIRST, BETA_LAST, FOLD, LEVELS
from network import DIFFUSERS_VERSION, WEIGHTS, config_to_diffusers, fill, sha256_of
from pictures import SIDE
from unet import UNet, UNetConfig
from weights import write_weights

SCHEDULER: dict[str, Any] = {
    "_class_name": "DDIMScheduler",
    "_diffusers_version": DIFFUSERS_VERSION,
    "num_train_timesteps": LEVELS,
    "beta_start": BETA_FIRST,
    "beta_end": BETA_LAST,
    "beta_schedule": "linear",
    "trained_betas": None,
    "clip_sample": False,
    "set_alpha_to_one": True,
    "steps_offset": 0,
    "prediction_type": "v_prediction",
    "timestep_spacing": "leading",
}

MODEL_INDEX: dict[str, Any] = {
    "_class_name": "DDIMPipeline",
    "_diffusers_version": DIFFUSERS_VERSION,
    "scheduler": ["diffusers", "DDIMScheduler"],
    "unet": ["diffusers", "UNet2DModel"],
}

NAME = "Flowers 128"

CARD: dict[str, str] = {
    "description": "Unconditional diffusion model of flower photographs, 128 x 128 pixels",
    "licence": "Apache-2.0",
    "attribution":
        "Trained on the flower_photos (tf_flowers) photographs, each CC-BY 2.0 by its "
        "author on Flickr; the authors are listed in that set's LICENSE.txt",
}
"""What Flowers 128 says of itself, and no other model."""

SUGGESTED: dict[str, float] = {
    "signalLevel": 0.33,
    "steps": 30,
    "gamma": 0.0,
    "boundary": 2.0,
    "gain": 1.4,
}
"""Settings of a morph that suit Flowers 128: sqrt(abar) at the start of decoding, DDIM steps,
and the lubricating coefficient, clipping boundary and injection gain of NoiseDiffusion."""


def write_json(path: Path, values: dict[str, Any]) -> None:
    """Writes indented JSON, making the folder if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")


def write_model(folder: Path, config: UNetConfig, tensors: dict[str, torch.Tensor]) -> None:
    """Writes the configuration files and the float16 weights."""
    write_json(folder / "unet" / "config.json", config_to_diffusers(config, SIDE // FOLD))
    write_weights(folder / "unet" / WEIGHTS, {k: v.half() for k, v in tensors.items()})
    write_json(folder / "scheduler" / "scheduler_config.json", SCHEDULER)
    write_json(folder / "model_index.json", MODEL_INDEX)


def write_card(folder: Path, options: argparse.Namespace, images_seen: int) -> None:
    """Writes studio.json, with the hashes of the files written before."""
    files = sorted(p for p in folder.rglob("*") if p.suffix in {".json", ".safetensors"}
                   and p.name != "studio.json")
    write_json(folder / "studio.json", {
        "name": options.name,
        "description": options.description,
        "licence": options.licence,
        "attribution": options.attribution,
        "codec": {"type": "pixel-unshuffle", "factor": FOLD},
        "image": {"width": SIDE, "height": SIDE},
        "imagesSeen": images_seen,
        **({"suggested": options.suggested} if options.suggested else {}),
        "sha256": {path.relative_to(folder).as_posix(): sha256_of(path) for path in files},
    })


def difference_to_diffusers(folder: Path, config: UNetConfig) -> float | None:
    """Returns the largest difference to the diffusers library, or None without it."""
    try:
        from diffusers import UNet2DModel
    except ImportError:
        return None
    theirs = UNet2DModel.from_pretrained(folder / "unet").float().eval()
    ours = UNet(config).eval()
    fill(ours, folder / "unet" / WEIGHTS)
    x = torch.randn(2, config.channels_in, SIDE // FOLD, SIDE // FOLD)
    t = torch.tensor([3, 871])
    with torch.no_grad():
        return float((theirs(x, t).sample - ours(x, t)).abs().max())


def parse_options() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("checkpoint", type=Path, help="checkpoint.pt of a run")
    add("folder", type=Path, help="model folder to write")
    add("--ema", help="decay of the average to export (default: the largest)")
    add("--name", help="what the studio calls it (default: the folder's name)")
    add("--description", help="what it draws")
    add("--licence", help="what others may do with it")
    add("--attribution", help="who made the pictures")
    add("--suggested", type=json.loads,
        help='settings of a morph that suit the model, in JSON, such as {"gain": 1.4, "steps": 30}')
    options = parser.parse_args()
    options.name = options.name or options.folder.resolve().name
    is_flowers = options.name == NAME
    for key, flowers in CARD.items():
        if getattr(options, key) is None:
            setattr(options, key, flowers if is_flowers else "")
    if options.suggested is None and is_flowers:
        options.suggested = SUGGESTED
    return options


def main() -> None:
    options = parse_options()
    state = torch.load(options.checkpoint, map_location="cpu")
    ema = options.ema or max(state["ema"], key=float)
    config = UNetConfig.from_dict(state["config"])
    progress = state["progress"]
    write_model(options.folder, config, state["ema"][ema])
    write_card(options.folder, options, progress["seen_before"] + progress["seen"])
    difference = difference_to_diffusers(options.folder, config)
    checked = "not installed" if difference is None else f"differs by {difference:.2g}"
    print(f"average {ema} after {progress['seen']} pictures written; diffusers: {checked}")


if __name__ == "__main__":
    main()
