"""The noise schedule, the v parametrisation, DDIM steps and the folding of pictures."""

from __future__ import annotations

from typing import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

LEVELS = 1000
"""Number of noise levels; t = 0 is nearly clean, t = 999 nearly pure noise."""

BETA_FIRST = 1e-4
BETA_LAST = 0.02
FOLD = 4
"""Side of the pixel block that becomes channels: 128 x 128 x 3 -> 32 x 32 x 48."""

SAMPLE_CLIP = 1.2
"""Bound on the predicted picture at every step of drawing samples; pictures lie in -1..1."""

Denoiser = Callable[[Tensor, Tensor], Tensor]
"""Takes noisy pictures and one noise level for each, returns v."""


def fold(pictures: Tensor) -> Tensor:
    """Folds (batch, 3, height, width) into (batch, 48, height / 4, width / 4)."""
    return F.pixel_unshuffle(pictures, FOLD)


def unfold(folded: Tensor) -> Tensor:
    """The inverse of `fold`."""
    return F.pixel_shuffle(folded, FOLD)


class Schedule:
    """Linear betas; keeps abar, the share of the picture's variance left at each level."""

    def __init__(self, device: torch.device | str = "cpu") -> None:
        betas = torch.linspace(BETA_FIRST, BETA_LAST, LEVELS, dtype=torch.float64)
        self.abar = torch.cumprod(1.0 - betas, dim=0).float().to(device)

    def scales(self, t: Tensor) -> tuple[Tensor, Tensor]:
        """Returns (picture, noise) amplitudes for levels t, shaped to multiply pictures.

        A level of -1 stands for the clean picture, with amplitudes (1, 0).
        """
        abar = torch.where(t < 0, torch.ones_like(self.abar[0]), self.abar[t.clamp(min=0)])
        abar = abar[:, None, None, None]
        return abar.sqrt(), (1.0 - abar).sqrt()

    def add_noise(self, picture: Tensor, noise: Tensor, t: Tensor) -> Tensor:
        """Mixes a clean picture with noise at levels t."""
        signal, spread = self.scales(t)
        return signal * picture + spread * noise

    def velocity(self, picture: Tensor, noise: Tensor, t: Tensor) -> Tensor:
        """Returns v, what the denoiser learns to predict."""
        signal, spread = self.scales(t)
        return signal * noise - spread * picture

    def split(self, noisy: Tensor, v: Tensor, t: Tensor) -> tuple[Tensor, Tensor]:
        """Recovers the (picture, noise) that noisy pictures and their v stand for."""
        signal, spread = self.scales(t)
        return signal * noisy - spread * v, spread * noisy + signal * v

    def fresh_share(self, here: int, there: int) -> float:
        """Returns how much of the noise's amplitude at level `there` DDPM draws anew on its way
        down from level `here`, 0..1: sigma of DDIM's eq. 16 at eta 1, over sqrt(1 - abar)."""
        above, below = float(self.abar[here]), float(self.abar[there])
        return ((1.0 - above / below) / (1.0 - above)) ** 0.5

    def loss_weight(self, t: Tensor, cap: float, floor: float) -> Tensor:
        """Returns the weight of the squared error in v, (batch,).

        This is min-SNR weighting: the error of the predicted picture counts by the
        signal-to-noise ratio, but at most by `cap`. It gives high noise next to no weight,
        where the layout and colours of samples are decided; `floor` is what v gets there.
        """
        snr = self.abar[t] / (1.0 - self.abar[t])
        return (snr.clamp(max=cap) / (snr + 1.0)).clamp(min=floor)


def ddim_levels(steps: int, top: int | None = None) -> list[int]:
    """Returns the levels of a DDIM run, rising.

    Without a top they have "leading" spacing (0, 20, ... 980 for 50), else they are
    spread evenly from 0 to it.
    """
    if top is None:
        return [step * (LEVELS // steps) for step in range(steps)]
    return [round(step * top / (steps - 1)) for step in range(steps)]


@torch.no_grad()
def ddim_decode(
    denoise: Denoiser, schedule: Schedule, noise: Tensor, steps: int, clip: float | None,
    top: int | None = None, eta: float = 0.0, fresh: Callable[[], Tensor] | None = None,
) -> Tensor:
    """Turns noise into folded pictures.

    Args:
        denoise: the network.
        schedule: the noise schedule.
        noise: (batch, 48, h, w), standard normal or from `ddim_encode`.
        steps: network calls, 1..1000.
        clip: bound on the predicted picture at every step, or None for no bound.
        top: the level of `noise`; None for the highest.
        eta: how much noise each step exchanges for fresh noise (Song et al. 2021, eq. 16):
            none at 0, which is deterministic, as much as DDPM does at 1.
        fresh: draws standard normal noise of the same shape; needed where eta is above 0.
    """
    levels = ddim_levels(steps, top)
    x = noise
    for index in reversed(range(steps)):
        below = levels[index - 1] if index > 0 else -1
        x = _ddim_move(denoise, schedule, x, levels[index], below, clip, eta, fresh)
    return x


@torch.no_grad()
def ddim_encode(
    denoise: Denoiser, schedule: Schedule, folded: Tensor, steps: int, top: int | None = None
) -> Tensor:
    """Runs DDIM backwards: from folded pictures to what leads to them at level `top`.

    The network is asked at the level that each step leaves; the studio asks at the one that
    it climbs to, as diffusers does.
    """
    levels = ddim_levels(steps, top)
    x = _ddim_move(denoise, schedule, folded, -1, levels[0], None)
    for here, above in zip(levels[:-1], levels[1:]):
        x = _ddim_move(denoise, schedule, x, here, above, None)
    return x


def _ddim_move(
    denoise: Denoiser, schedule: Schedule, x: Tensor, here: int, there: int, clip: float | None,
    eta: float = 0.0, fresh: Callable[[], Tensor] | None = None,
) -> Tensor:
    """Carries x from level `here` to level `there` along the predicted direction."""
    # A clean picture (-1) is taken for one at level 0: the network knows no cleaner level.
    t_here = torch.full((len(x),), max(here, 0), dtype=torch.long, device=x.device)
    t_there = torch.full_like(t_here, there)
    v = denoise(x, t_here).float()
    picture, noise = schedule.split(x, v, t_here)
    if clip is not None:
        picture = picture.clamp(-clip, clip)
    if eta > 0.0 and there >= 0:
        share = eta * schedule.fresh_share(here, there)
        noise = (1.0 - share**2) ** 0.5 * noise + share * fresh()
    return schedule.add_noise(picture, noise, t_there)
