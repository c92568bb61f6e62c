"""Draws pictures from pure noise with a trained model and writes them as one grid."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor

from diffusion import LEVELS, SAMPLE_CLIP, Denoiser, Schedule, ddim_decode, unfold
from guidance import Guidance
from machine import autocast, pick_device
from network import load_network, load_weights
from pictures import save_grid

FOLDED_SHAPE = (48, 32, 32)


def draw_samples(
    denoise: Denoiser, schedule: Schedule, count: int, steps: int, seed: int, batch: int,
    eta: float, temperature: float = 1.0,
) -> Tensor:
    """Draws pictures from noise.

    Args:
        denoise: the network.
        schedule: the noise schedule, on the network's device.
        count: number of pictures.
        steps: DDIM steps, 1..1000.
        seed: picture i depends on seed and i alone, not on the batch size.
        batch: pictures computed at a time.
        eta: share of fresh noise in every step, 0..1; see `ddim_decode`.
        temperature: what the fresh noise is multiplied by, the first noise not.

    Returns:
        float32 pictures on the CPU, (count, 3, 128, 128), about -1..1.
    """
    device = schedule.abar.device
    parts = []
    for first in range(0, count, batch):
        sources = [torch.Generator().manual_seed(seed * 1_000_000 + index)
                   for index in range(first, min(first + batch, count))]

        def draw() -> Tensor:
            return torch.stack(
                [torch.randn(FOLDED_SHAPE, generator=source) for source in sources]).to(device)

        folded = ddim_decode(denoise, schedule, draw(), steps, SAMPLE_CLIP, eta=eta,
                             fresh=lambda: temperature * draw())
        parts.append(unfold(folded).cpu())
    return torch.cat(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="model folder in the diffusers layout")
    parser.add_argument("output", type=Path, help="PNG to write")
    parser.add_argument("--count", type=int, default=16, help="pictures (default 16)")
    parser.add_argument("--columns", type=int, default=4, help="pictures a row (default 4)")
    parser.add_argument("--steps", type=int, default=200, help="DDIM steps (default 200)")
    parser.add_argument("--eta", type=float, default=1.0,
        help="share of fresh noise in every step, 0..1 (default 1; 0: deterministic)")
    parser.add_argument("--guide", type=Path,
        help="safetensors file of a weaker network, such as an early one: away from what it says")
    parser.add_argument("--guidance", type=float, default=1.0,
        help="how far past the model, in its difference from --guide (default 1)")
    parser.add_argument("--guide-above", type=int, default=200,
        help="guide above this noise level only (default 200)")
    parser.add_argument("--guide-below", type=int, default=LEVELS,
        help="guide below this noise level only (default 1000: up to the highest)")
    parser.add_argument("--temperature", type=float, default=1.0,
        help="amplitude of the fresh noise, 0..1 (default 1; a little less is calmer)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--precision", choices=["auto", "float32", "bfloat16"], default="auto")
    options = parser.parse_args()

    device = pick_device()
    network = load_network(options.model, device)
    denoise: Denoiser = network
    if options.guide:
        weak = load_weights(options.guide, network.config, device)
        denoise = Guidance(
            network, weak, options.guidance, options.guide_above, options.guide_below)
    with autocast(device, options.precision):
        pictures = draw_samples(denoise, Schedule(device), options.count, options.steps,
                                options.seed, options.batch, options.eta, options.temperature)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    save_grid(pictures, options.output, options.columns)


if __name__ == "__main__":
    main()
