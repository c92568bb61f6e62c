"""Measures a model: held-out loss per noise level, Frechet distances, DDIM round trip.

The feature space of the first Frechet distance is the mid block of a fixed network
(--features), given each picture with noise of level 100: 256 values, averaged over
positions. Two models can be compared only with the same feature network, number of
samples and number of steps. The second Frechet distance needs no network at all:
its features are the colours of the picture shrunk to 8 x 8 pixels (192 values).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Callable

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from diffusion import Schedule, ddim_decode, ddim_encode, ddim_levels, fold, unfold
from frechet import frechet_distance
from machine import autocast, pick_device
from network import WEIGHTS, load_network, sha256_of
from pictures import evenly_spaced, load_bytes, save_grid, shrink, to_signed
from sample import draw_samples
from unet import UNet

LOSS_LEVELS = (20, 60, 100, 200, 300, 400, 500, 600, 700, 800, 900, 980)
"""Noise levels at which the held-out loss is measured."""

MORPH_LEVEL = 462
"""Level of the suggested morphs, sqrt(abar) 0.33: as far as the first round trip goes."""

FEATURE_LEVEL = 100
"""Noise level of the pictures shown to the feature network."""

THUMBNAIL = 8
"""Side in pixels of the thumbnails of the second feature space."""

Features = Callable[[Tensor], Tensor]
"""Takes pictures, (batch, 3, 128, 128) in -1..1, returns (batch, dimensions)."""


@torch.no_grad()
def loss_per_level(
    network: UNet, schedule: Schedule, folded: Tensor, batch: int
) -> dict[int, float]:
    """Returns the mean squared error of v at each level; the noise is always the same."""
    noise = torch.randn(folded.shape, generator=torch.Generator().manual_seed(0))
    losses = {}
    for level in LOSS_LEVELS:
        total = 0.0
        for picture, eps in zip(folded.split(batch), noise.split(batch)):
            picture, eps = picture.to(schedule.abar.device), eps.to(schedule.abar.device)
            t = torch.full((len(picture),), level, device=picture.device)
            v = network(schedule.add_noise(picture, eps, t), t).float()
            error = (v - schedule.velocity(picture, eps, t)).square()
            total += float(error.mean(dim=(1, 2, 3)).sum())
        losses[level] = total / len(folded)
    return losses


def round_trip(
    network: UNet, schedule: Schedule, pictures: Tensor, steps: int, batch: int, top: int | None
) -> tuple[float, float]:
    """Encodes pictures to level `top` (None for the highest) and back.

    Returns:
        The mean PSNR in decibels of the pictures that come back (peak 255), and the
        standard deviation of what was found at that level, which should be near 1.
    """
    quality, spread = [], []
    for part in pictures.split(batch):
        noise = ddim_encode(network, schedule, fold(part).to(schedule.abar.device), steps, top)
        back = unfold(ddim_decode(network, schedule, noise, steps, None, top)).cpu()
        error = ((back.clamp(-1.0, 1.0) - part) * 127.5).square().mean(dim=(1, 2, 3))
        quality += (10.0 * torch.log10(255.0**2 / error)).tolist()
        spread += noise.flatten(1).std(dim=1).tolist()
    return float(np.mean(quality)), float(np.mean(spread))


def mid_block_features(network: UNet, schedule: Schedule) -> Features:
    """Returns a function that maps pictures to the mid block of a fixed network."""

    @torch.no_grad()
    def features(pictures: Tensor) -> Tensor:
        folded = fold(pictures).to(schedule.abar.device)
        noise = torch.randn(folded.shape, generator=torch.Generator().manual_seed(0))
        t = torch.full((len(folded),), FEATURE_LEVEL, device=folded.device)
        noisy = schedule.add_noise(folded, noise.to(folded.device), t)
        return network.bottleneck(noisy, t).float().cpu()

    return features


def thumbnail_features(pictures: Tensor) -> Tensor:
    """Maps pictures to the colours of their 8 x 8 thumbnails."""
    return F.adaptive_avg_pool2d(pictures, THUMBNAIL).flatten(1)


def collect(features: Features, pictures: Tensor, batch: int) -> np.ndarray:
    """Maps byte or float pictures to features, a batch at a time."""
    signed = (to_signed(p) if p.dtype == torch.uint8 else p.clamp(-1.0, 1.0)
              for p in pictures.split(batch))
    return torch.cat([features(part) for part in signed]).numpy()


def frechet_report(
    features: Features, train: Tensor, samples: Tensor, batch: int
) -> dict[str, float]:
    """Compares samples with the training set.

    Returns:
        "samples": their distance to the training pictures. "floor": the distance
        of as many training pictures, drawn at random and mirrored, to all of them; of
        all of them where there are fewer. "floor_pictures": how many they were.
    """
    known = collect(features, train, batch)
    chosen = torch.randperm(len(train), generator=torch.Generator().manual_seed(0))
    mirrored = train[chosen[:len(samples)]].flip(-1)
    return {
        "samples": frechet_distance(collect(features, samples, batch), known),
        "floor": frechet_distance(collect(features, mirrored, batch), known),
        "floor_pictures": len(mirrored),
    }


def trip_report(
    network: UNet, schedule: Schedule, held_out: Tensor, top: int | None,
    options: argparse.Namespace,
) -> dict[str, object]:
    """Measures the round trip to one level, None for the highest."""
    pictures = evenly_spaced(held_out, options.trips)
    psnr, spread = round_trip(network, schedule, pictures, options.trip_steps, options.batch, top)
    return {"level": ddim_levels(options.trip_steps, top)[-1], "pictures": len(pictures),
            "steps": options.trip_steps, "psnr_db": round(psnr, 2), "noise_std": round(spread, 4)}


def parse_options() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("model", type=Path, help="model folder in the diffusers layout")
    add("data", type=Path, help="folder written by prepare.py")
    add("output", type=Path, help="JSON file for the measures; a grid of samples goes beside it")
    add("--features", type=Path, help="model folder of the fixed feature network")
    add("--samples", type=int, default=2000, help="pictures to draw (default 2000; 0: none)")
    add("--steps", type=int, default=50, help="DDIM steps of the samples (default 50)")
    add("--eta", type=float, default=0.0,
        help="share of fresh noise in every step of the samples, 0..1 (default 0: deterministic)")
    add("--trips", type=int, default=74,
        help="held-out pictures to send round, evenly spaced (default 74)")
    add("--trip-steps", type=int, default=50, help="DDIM steps each way (default 50)")
    add("--seed", type=int, default=0)
    add("--batch", type=int, default=32)
    add("--precision", choices=["auto", "float32", "bfloat16"], default="auto",
        help="of the samples (default auto); everything else is float32")
    return parser.parse_args()


def measure(options: argparse.Namespace) -> dict[str, object]:
    """Takes all measures that the options ask for."""
    device = pick_device()
    schedule = Schedule(device)
    network = load_network(options.model, device)
    feature_network = load_network(options.features, device) if options.features else None
    held_out = to_signed(shrink(load_bytes(options.data / "heldout.npy")))
    report: dict[str, object] = {"model_sha256": sha256_of(options.model / "unet" / WEIGHTS)}
    losses = loss_per_level(network, schedule, fold(held_out), options.batch)
    report["held_out_loss"] = {str(level): round(loss, 6) for level, loss in losses.items()}
    report["held_out_loss_mean"] = round(float(np.mean(list(losses.values()))), 6)
    if options.trips:
        report["round_trip"] = [
            trip_report(network, schedule, held_out, top, options) for top in (MORPH_LEVEL, None)]
    if options.samples:
        with autocast(device, options.precision):
            samples = draw_samples(network, schedule, options.samples, options.steps,
                                   options.seed, options.batch, options.eta)
        save_grid(samples[:16], options.output.with_suffix(".png"))
        train = shrink(load_bytes(options.data / "train.npy"))
        report["samples"] = {"count": options.samples, "steps": options.steps,
                             "eta": options.eta, "seed": options.seed,
                             "precision": options.precision}
        report["frechet_thumbnail"] = frechet_report(
            thumbnail_features, train, samples, options.batch)
        if feature_network:
            features = mid_block_features(feature_network, schedule)
            report["feature_sha256"] = sha256_of(options.features / "unet" / WEIGHTS)
            report["frechet_mid_block"] = frechet_report(features, train, samples, options.batch)
    return report


def main() -> None:
    options = parse_options()
    options.output.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(measure(options), indent=2)
    options.output.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
