"""Autoguidance: where a network and a weaker one differ, go further.

A weaker network of the same kind errs in the same way, only more; away from it lie
sharper petals and whole blooms (Karras et al. 2024, arXiv 2406.02507). A network that
learns the guided v (Meng et al. 2023, arXiv 2210.03142) needs neither of the two to
draw samples, and no more time; samples can also be guided while they are drawn.
"""

from __future__ import annotations

import argparse

import torch
from torch import Tensor

from diffusion import LEVELS
from network import load_weights
from unet import UNet, UNetConfig


class Guidance:
    """Predicts v as a good network would, guided away from a weak one between two levels."""

    def __init__(
        self, good: UNet, weak: UNet, strength: float, above: int, below: int = LEVELS
    ) -> None:
        self.good = good
        self.weak = weak
        self.strength = strength
        self.above = above
        self.below = below

    @classmethod
    def of(cls, options: argparse.Namespace, device: torch.device) -> Guidance | None:
        """Returns the guidance that --start, --guide and --guidance ask for, if they do."""
        if not options.guide:
            return None
        good, weak = (load_weights(path, UNetConfig(), device)
                      for path in (options.start, options.guide))
        return cls(good, weak, options.guidance, options.guide_above)

    @torch.no_grad()
    def __call__(self, noisy: Tensor, t: Tensor) -> Tensor:
        """Returns the guided v, float32, (batch, channels, h, w).

        The difference's own mean over all positions stays out: it would make colours
        louder and shapes no better.
        """
        v = self.good(noisy, t).float()
        guided = (t > self.above) & (t < self.below)
        if guided.any():
            difference = v[guided] - self.weak(noisy[guided], t[guided]).float()
            even = difference.mean(dim=(2, 3), keepdim=True)
            v[guided] += self.strength * (difference - even)
        return v
