"""The denoiser: a U-Net whose parameter names follow diffusers' UNet2DModel.

The network works on pictures folded by pixel-unshuffle: a 128 x 128 RGB picture
with values in -1..1 becomes 48 channels at 32 x 32. Three levels (32, 16 and 8
pixels wide), self-attention where asked, and a bottleneck called the mid block.
Because the names and the order of operations match UNet2DModel, the weights of
one load into the other without any renaming.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from fused import FusedNorm, is_usable

NORM_EPS = 1e-5
NORM_GROUPS = 32


@dataclass(frozen=True)
class UNetConfig:
    """Shape of the network.

    Attributes:
        channels_in: channels of the folded picture (3 * factor * factor).
        channels: width of each level, finest first; multiples of 32.
        attention: for each level, whether its blocks attend over all positions.
        layers: residual blocks per level on the way down (one more on the way up).
        head_dim: channels of one attention head.
    """

    channels_in: int = 48
    channels: tuple[int, ...] = (128, 192, 256)
    attention: tuple[bool, ...] = (False, True, True)
    layers: int = 1
    head_dim: int = 64

    def to_dict(self) -> dict[str, Any]:
        """Returns plain values, fit for a checkpoint or JSON."""
        return asdict(self)

    @staticmethod
    def from_dict(values: dict[str, Any]) -> UNetConfig:
        """Reads back what `to_dict` wrote."""
        return UNetConfig(
            channels_in=int(values["channels_in"]),
            channels=tuple(int(c) for c in values["channels"]),
            attention=tuple(bool(a) for a in values["attention"]),
            layers=int(values["layers"]),
            head_dim=int(values["head_dim"]),
        )


class Norm(nn.GroupNorm):
    """Group normalization in float32, whatever the numbers around it, then SiLU if asked to.

    Under bfloat16 autocast on a CPU, PyTorch 1.x mixes number formats here and refuses.
    """

    is_fused = False
    """Whether bfloat16 takes the short way of `fused`."""

    def forward(self, x: Tensor, silu: bool = False) -> Tensor:
        if self.is_fused and x.dtype == torch.bfloat16:
            return FusedNorm.apply(
                x, self.weight, self.bias, self.num_groups, self.eps, silu)
        normal = super().forward(x.float())
        return F.silu(normal) if silu else normal


class ResidualBlock(nn.Module):
    """Two 3 x 3 convolutions, the noise level added between them, and a shortcut."""

    def __init__(self, channels_in: int, channels_out: int, embedding: int) -> None:
        super().__init__()
        self.norm1 = Norm(NORM_GROUPS, channels_in, eps=NORM_EPS)
        self.conv1 = nn.Conv2d(channels_in, channels_out, 3, padding=1)
        self.time_emb_proj = nn.Linear(embedding, channels_out)
        self.norm2 = Norm(NORM_GROUPS, channels_out, eps=NORM_EPS)
        self.conv2 = _zeroed(nn.Conv2d(channels_out, channels_out, 3, padding=1))
        self.has_shortcut = channels_in != channels_out
        if self.has_shortcut:
            self.conv_shortcut = nn.Conv2d(channels_in, channels_out, 1)

    def forward(self, x: Tensor, embedding: Tensor) -> Tensor:
        h = self.conv1(self.norm1(x, silu=True))
        h = h + self.time_emb_proj(F.silu(embedding))[:, :, None, None]
        h = self.conv2(self.norm2(h, silu=True))
        return h + (self.conv_shortcut(x) if self.has_shortcut else x)


class Attention(nn.Module):
    """Self-attention over all positions of a feature map, added to its input."""

    def __init__(self, channels: int, head_dim: int) -> None:
        super().__init__()
        self.heads = max(1, channels // head_dim)
        self.group_norm = Norm(NORM_GROUPS, channels, eps=NORM_EPS)
        self.to_q = nn.Linear(channels, channels)
        self.to_k = nn.Linear(channels, channels)
        self.to_v = nn.Linear(channels, channels)
        self.to_out = nn.ModuleList([_zeroed(nn.Linear(channels, channels))])

    def forward(self, x: Tensor) -> Tensor:
        batch, channels, height, width = x.shape
        tokens = self.group_norm(x).flatten(2).transpose(1, 2)
        query, key, value = (
            project(tokens).view(batch, height * width, self.heads, -1).transpose(1, 2)
            for project in (self.to_q, self.to_k, self.to_v)
        )
        mixed = _attend(query, key, value).transpose(1, 2).reshape(batch, height * width, channels)
        mixed = self.to_out[0](mixed).transpose(1, 2).reshape(batch, channels, height, width)
        return x + mixed


class Downsample(nn.Module):
    """Halves width and height with a strided convolution."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, stride=2, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(x)


class Upsample(nn.Module):
    """Doubles width and height (nearest neighbour) and smooths with a convolution."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(F.interpolate(x, scale_factor=2.0, mode="nearest"))


class DownBlock(nn.Module):
    """One level on the way down; hands back every feature map the way up will need."""

    def __init__(
        self, channels_in: int, channels_out: int, embedding: int, config: UNetConfig,
        attends: bool, shrinks: bool,
    ) -> None:
        super().__init__()
        widths = [channels_in] + [channels_out] * (config.layers - 1)
        self.resnets = nn.ModuleList(
            ResidualBlock(width, channels_out, embedding) for width in widths
        )
        self.attentions = nn.ModuleList(
            Attention(channels_out, config.head_dim) for _ in widths if attends
        )
        if shrinks:
            self.downsamplers = nn.ModuleList([Downsample(channels_out)])
        self.shrinks = shrinks

    def forward(self, x: Tensor, embedding: Tensor) -> tuple[Tensor, list[Tensor]]:
        kept = []
        for index, block in enumerate(self.resnets):
            x = block(x, embedding)
            if len(self.attentions) > 0:
                x = self.attentions[index](x)
            kept.append(x)
        if self.shrinks:
            x = self.downsamplers[0](x)
            kept.append(x)
        return x, kept


class MidBlock(nn.Module):
    """The bottleneck: residual, attention, residual."""

    def __init__(self, channels: int, embedding: int, config: UNetConfig) -> None:
        super().__init__()
        self.resnets = nn.ModuleList(
            ResidualBlock(channels, channels, embedding) for _ in range(2)
        )
        self.attentions = nn.ModuleList([Attention(channels, config.head_dim)])

    def forward(self, x: Tensor, embedding: Tensor) -> Tensor:
        x = self.attentions[0](self.resnets[0](x, embedding))
        return self.resnets[1](x, embedding)


class UpBlock(nn.Module):
    """One level on the way up; each residual block takes one kept feature map along."""

    def __init__(
        self, channels_in: int, channels_out: int, kept: list[int], embedding: int,
        config: UNetConfig, attends: bool, grows: bool,
    ) -> None:
        super().__init__()
        widths = [channels_in] + [channels_out] * (len(kept) - 1)
        self.resnets = nn.ModuleList(
            ResidualBlock(width + extra, channels_out, embedding)
            for width, extra in zip(widths, kept)
        )
        self.attentions = nn.ModuleList(
            Attention(channels_out, config.head_dim) for _ in widths if attends
        )
        if grows:
            self.upsamplers = nn.ModuleList([Upsample(channels_out)])
        self.grows = grows

    def forward(self, x: Tensor, embedding: Tensor, kept: list[Tensor]) -> Tensor:
        for index, block in enumerate(self.resnets):
            x = block(torch.cat([x, kept.pop()], dim=1), embedding)
            if len(self.attentions) > 0:
                x = self.attentions[index](x)
        return self.upsamplers[0](x) if self.grows else x


class UNet(nn.Module):
    """Predicts v = sqrt(abar) * noise - sqrt(1 - abar) * picture from a noisy picture."""

    def __init__(self, config: UNetConfig) -> None:
        super().__init__()
        self.config = config
        first, last = config.channels[0], config.channels[-1]
        levels = len(config.channels)
        embedding = 4 * first

        self.conv_in = nn.Conv2d(config.channels_in, first, 3, padding=1)
        self.time_embedding = nn.ModuleDict({
            "linear_1": nn.Linear(first, embedding),
            "linear_2": nn.Linear(embedding, embedding),
        })

        kept = [first]
        width = first
        self.down_blocks = nn.ModuleList()
        for level, channels in enumerate(config.channels):
            shrinks = level < levels - 1
            self.down_blocks.append(DownBlock(
                width, channels, embedding, config, config.attention[level], shrinks))
            kept += [channels] * (config.layers + int(shrinks))
            width = channels

        self.mid_block = MidBlock(last, embedding, config)

        self.up_blocks = nn.ModuleList()
        for level in reversed(range(levels)):
            channels = config.channels[level]
            taken = [kept.pop() for _ in range(config.layers + 1)]
            self.up_blocks.append(UpBlock(
                width, channels, taken, embedding, config, config.attention[level], level > 0))
            width = channels

        self.conv_norm_out = Norm(NORM_GROUPS, width, eps=NORM_EPS)
        self.conv_out = _zeroed(nn.Conv2d(width, config.channels_in, 3, padding=1))

    def forward(self, x: Tensor, t: Tensor) -> Tensor:
        """Predicts v.

        Args:
            x: noisy folded pictures, (batch, channels_in, height, width).
            t: noise level of each picture, (batch,), 0 (clean) to 999 (noise).

        Returns:
            v, of the shape of x.
        """
        embedding = self._embed(t)
        x, kept = self._descend(x, embedding)
        for block in self.up_blocks:
            x = block(x, embedding, kept)
        return self.conv_out(self.conv_norm_out(x, silu=True))

    def fuse_norms(self) -> None:
        """Makes norms on the CPU faster where this computer can; the values stay."""
        if self.conv_in.weight.device.type == "cpu" and is_usable():
            for module in self.modules():
                if isinstance(module, Norm):
                    module.is_fused = True

    def bottleneck(self, x: Tensor, t: Tensor) -> Tensor:
        """Returns the mid block's output averaged over positions, (batch, channels[-1])."""
        deepest, _ = self._descend(x, self._embed(t))
        return deepest.mean(dim=(2, 3))

    def _embed(self, t: Tensor) -> Tensor:
        wave = timestep_waves(t, self.config.channels[0])
        hidden = F.silu(self.time_embedding["linear_1"](wave))
        return self.time_embedding["linear_2"](hidden)

    def _descend(self, x: Tensor, embedding: Tensor) -> tuple[Tensor, list[Tensor]]:
        x = self.conv_in(x)
        kept = [x]
        for block in self.down_blocks:
            x, added = block(x, embedding)
            kept += added
        return self.mid_block(x, embedding), kept


def timestep_waves(t: Tensor, size: int) -> Tensor:
    """Turns noise levels 0..999 into (batch, size) cosines, then sines, of falling frequency."""
    half = size // 2
    ranks = torch.arange(half, dtype=torch.float32, device=t.device)
    frequencies = torch.exp(-math.log(10000.0) * ranks / half)
    angles = t.float()[:, None] * frequencies[None]
    return torch.cat([angles.cos(), angles.sin()], dim=-1)


def _attend(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """Scaled dot-product attention; PyTorch 1.x has no built-in one."""
    if hasattr(F, "scaled_dot_product_attention"):
        return F.scaled_dot_product_attention(query, key, value)
    scores = (query * query.shape[-1] ** -0.5) @ key.transpose(-2, -1)
    return scores.softmax(dim=-1) @ value


def _zeroed(layer: nn.Module) -> nn.Module:
    """Starts a layer at zero, so that its block begins as the identity."""
    for parameter in layer.parameters():
        nn.init.zeros_(parameter)
    return layer
