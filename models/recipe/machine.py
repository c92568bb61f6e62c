"""What this computer can do: the device to compute on and the number format to use."""

from __future__ import annotations

import contextlib
import time
from functools import lru_cache
from pathlib import Path
from typing import ContextManager

import torch
import torch.nn.functional as F

CPU_FLAGS = Path("/proc/cpuinfo")
"""Where Linux lists the abilities of the processor."""

RACES = 5
"""How often both number formats are timed: the best counts, as others may use the processor."""


def pick_device() -> torch.device:
    """Returns the first GPU, if there is one, and the CPU otherwise."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


@lru_cache(maxsize=None)
def has_fast_bfloat16(device: torch.device) -> bool:
    """Whether bfloat16 is faster than float32: recent GPUs, and CPUs that were found to be.

    Only CPUs with instructions for it are tried: others imitate it, number by number.
    """
    if device.type == "cuda":
        # PyTorch says that older GPUs support it too, where it only imitates it, slowly.
        return torch.cuda.get_device_capability(device) >= (8, 0)
    if not CPU_FLAGS.exists():
        return False
    flags = CPU_FLAGS.read_text(encoding="utf-8")
    if "amx_bf16" not in flags and "avx512_bf16" not in flags:
        return False
    races = [(_seconds(torch.bfloat16), _seconds(torch.float32)) for _ in range(RACES)]
    bfloat16, float32 = map(min, zip(*races))
    return bfloat16 < float32


def _seconds(number_format: torch.dtype) -> float:
    """Times a convolution on the CPU like those that the network spends most of its time on."""
    # No random numbers, which would change those that a training draws.
    features = torch.ones((8, 128, 32, 32), dtype=number_format)
    features = features.contiguous(memory_format=torch.channels_last)
    weight = torch.ones((128, 128, 3, 3), dtype=number_format)
    start = time.perf_counter()
    with torch.no_grad():
        F.conv2d(features, weight, padding=1)
    return time.perf_counter() - start


def number_format(device: torch.device, precision: str) -> str:
    """Returns "float32" or "bfloat16"; of "auto" whichever is faster here."""
    if precision == "auto":
        return "bfloat16" if has_fast_bfloat16(device) else "float32"
    return precision


def autocast(device: torch.device, precision: str) -> ContextManager[object]:
    """Returns the context to run the network in.

    Args:
        device: where the network computes.
        precision: "float32", "bfloat16", or "auto" for whichever is faster here.
    """
    if number_format(device, precision) == "float32":
        return contextlib.nullcontext()
    return torch.autocast(device.type, dtype=torch.bfloat16)


def describe(device: torch.device, precision: str) -> str:
    """Says where and in which number format the network computes."""
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else "the processor"
    return f"{name}, {number_format(device, precision)}"
