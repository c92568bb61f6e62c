"""Group normalization and SiLU in one pass over bfloat16, for training on CPUs.

PyTorch normalizes in float32 and with channels first, so that every norm of the network
copies its feature map four times. `group_norm.c` does the same in place of that; it is
compiled with the system's C compiler at the start, tried against PyTorch, and left out
where there is no compiler or the results differ.
"""

from __future__ import annotations

import ctypes
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

SOURCE = Path(__file__).with_name("group_norm.c")
COMPILE = ["cc", "-O3", "-march=native", "-ffast-math", "-fopenmp", "-shared", "-fPIC"]

TOLERANCE = 0.01
"""Largest difference from PyTorch, as a share of the largest value: bfloat16 keeps 8 bits."""


class FusedNorm(torch.autograd.Function):
    """Normalizes groups of channels, then applies SiLU if asked to."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, bias: Tensor, groups: int, eps: float,
                silu: bool) -> Tensor:
        """Returns bfloat16 of the shape of x, (batch, channels, height, width), bfloat16."""
        x = x.contiguous(memory_format=torch.channels_last)
        count, channels, height, width = x.shape
        y = torch.empty_like(x)
        mean, rstd = torch.empty(count, groups), torch.empty(count, groups)
        library().group_norm_forward(
            *map(_address, (x, weight, bias, y, mean, rstd)),
            count, height * width, channels, groups, ctypes.c_float(eps), int(silu))
        ctx.save_for_backward(x, weight, bias, mean, rstd)
        ctx.groups, ctx.silu = groups, silu
        return y

    @staticmethod
    def backward(ctx: Any, dy: Tensor) -> tuple[Tensor | None, ...]:
        x, weight, bias, mean, rstd = ctx.saved_tensors
        dy = dy.to(x.dtype).contiguous(memory_format=torch.channels_last)
        count, channels, height, width = x.shape
        dx = torch.empty_like(x)
        dweight, dbias = torch.empty(count, channels), torch.empty(count, channels)
        library().group_norm_backward(
            *map(_address, (x, dy, weight, bias, mean, rstd, dx, dweight, dbias)),
            count, height * width, channels, ctx.groups, int(ctx.silu))
        return dx, dweight.sum(dim=0), dbias.sum(dim=0), None, None, None


@lru_cache(maxsize=None)
def library() -> ctypes.CDLL:
    """Compiles and loads the functions of group_norm.c.

    Raises:
        OSError: there is no C compiler, or what it made cannot be loaded.
        subprocess.CalledProcessError: it refuses the source or the options.
    """
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder) / "group_norm.so"
        subprocess.run(
            [*COMPILE, str(SOURCE), "-o", str(built), "-lm"], check=True, capture_output=True)
        return ctypes.CDLL(str(built))


@lru_cache(maxsize=None)
def is_usable() -> bool:
    """Whether the functions compile here and agree with PyTorch, forward and backward."""
    try:
        library()
    except (OSError, subprocess.CalledProcessError):
        return False
    return all(_difference(silu) < TOLERANCE for silu in (False, True))


def _difference(silu: bool) -> float:
    """Returns the largest relative difference from PyTorch, on two small pictures."""
    generator = torch.Generator().manual_seed(0)
    x, slope = (torch.randn((2, 12, 5, 3), generator=generator).bfloat16() for _ in range(2))
    weight, bias = (torch.randn(12, generator=generator) for _ in range(2))

    def gradients(run_fused: bool) -> list[Tensor]:
        inputs = [part.clone().requires_grad_() for part in (x, weight, bias)]
        if run_fused:
            y = FusedNorm.apply(*inputs, 4, 1e-5, silu)
        else:
            y = F.group_norm(inputs[0].float(), 4, *inputs[1:], 1e-5)
            y = F.silu(y) if silu else y
        y.backward(slope.to(y.dtype))
        return [y.detach().float(), *(part.grad.float() for part in inputs)]

    return max(float((ours - theirs).abs().max() / theirs.abs().max())
               for ours, theirs in zip(gradients(True), gradients(False)))


def _address(tensor: Tensor) -> ctypes.c_void_p:
    return ctypes.c_void_p(tensor.data_ptr())
