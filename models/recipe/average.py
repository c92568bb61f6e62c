"""Running averages of the weights, which sample better than the weights themselves."""

from __future__ import annotations

import copy

import torch

from unet import UNet


class Average:
    """A running average of the weights with a fixed decay per step."""

    def __init__(self, network: UNet, decay: float, ramp: bool) -> None:
        """Starts from the network's weights.

        Args:
            network: the network being trained.
            decay: share of the old average kept at each step, 0..1.
            ramp: whether to let the average follow quickly at first (from scratch).
        """
        self.network = copy.deepcopy(network).eval().requires_grad_(False)
        self.decay = decay
        self.ramp = ramp

    @torch.no_grad()
    def follow(self, network: UNet, step: int) -> None:
        """Moves the average towards the network after optimizer step `step`."""
        decay = min(self.decay, (1 + step) / (10 + step)) if self.ramp else self.decay
        for mean, value in zip(self.network.parameters(), network.parameters()):
            mean.lerp_(value, 1.0 - decay)
