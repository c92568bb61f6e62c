"""Pictures as tensors: loading, random training crops, and grids for looking at."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

SIDE = 128
"""Width and height of the model's pictures in pixels."""

CHUNK = 256
"""Pictures scaled at a time, to bound the memory used."""


def load_bytes(path: Path) -> Tensor:
    """Loads an array written by prepare.py as uint8, (count, 3, size, size)."""
    return torch.from_numpy(np.load(path)).permute(0, 3, 1, 2).contiguous()


def evenly_spaced(pictures: Tensor, most: int) -> Tensor:
    """Returns the pictures, or `most` of them from all over their order where they are more."""
    count = min(most, len(pictures))
    return pictures[[index * len(pictures) // count for index in range(count)]]


def shrink(pictures: Tensor) -> Tensor:
    """Scales uint8 pictures to 128 x 128, as uint8."""
    if pictures.shape[-1] == SIDE:
        return pictures
    parts = []
    for part in pictures.split(CHUNK):
        scaled = F.interpolate(
            part.float(), size=(SIDE, SIDE), mode="bilinear", antialias=True)
        parts.append(scaled.round().clamp(0, 255).byte())
    return torch.cat(parts)


def to_signed(pictures: Tensor) -> Tensor:
    """Turns bytes 0..255 into float32 -1..1."""
    return pictures.float() / 127.5 - 1.0


def to_bytes(pictures: Tensor) -> Tensor:
    """Turns float -1..1 (clamped) into bytes 0..255."""
    return ((pictures.float().clamp(-1.0, 1.0) + 1.0) * 127.5).round().byte()


class RandomCrops:
    """Draws training pictures: half of them whole, half cropped; half of them mirrored."""

    def __init__(self, pictures: Tensor) -> None:
        """Keeps uint8 pictures of at least 128 x 128 pixels, (count, 3, size, size)."""
        self.large = pictures
        self.whole = shrink(pictures)

    def draw(self, count: int) -> Tensor:
        """Returns random pictures, (count, 3, 128, 128), values -1..1."""
        chosen = torch.randint(0, len(self.large), (count,)).tolist()
        return to_signed(torch.stack([self._draw_one(index) for index in chosen]))

    def _draw_one(self, index: int) -> Tensor:
        if torch.rand(()) < 0.5:
            picture = self.whole[index]
        else:
            room = self.large.shape[-1] - SIDE + 1
            top, left = torch.randint(0, room, (2,)).tolist()
            picture = self.large[index, :, top:top + SIDE, left:left + SIDE]
        return picture.flip(-1) if torch.rand(()) < 0.5 else picture


def save_grid(pictures: Tensor, path: Path, columns: int = 4) -> None:
    """Writes pictures, (count, 3, h, w) with values -1..1, side by side into one PNG."""
    pixels = to_bytes(pictures).cpu()
    missing = -len(pixels) % columns
    if missing:
        pixels = torch.cat([pixels, pixels.new_zeros((missing, *pixels.shape[1:]))])
    rows = len(pixels) // columns
    height, width = pixels.shape[-2:]
    grid = pixels.view(rows, columns, 3, height, width).permute(0, 3, 1, 4, 2)
    Image.fromarray(grid.reshape(rows * height, columns * width, 3).numpy()).save(path)
