"""What this computer can do: the device to compute on and the number format to use."""

from __future__ import annotations

import contextlib
from functools import lru_cache
from pathlib import Path
from typing import ContextManager

import torch

CPU_FLAGS = Path("/proc/cpuinfo")
"""Where Linux lists the abilities of the processor."""


def pick_device() -> torch.device:
    """Returns the first GPU, if there is one, and the CPU otherwise."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


@lru_cache(maxsize=None)
def has_fast_bfloat16(device: torch.device) -> bool:
    """Whether bfloat16 is faster than float32: recent GPUs, and CPUs that multiply it."""
    if device.type == "cuda":
        # PyTorch says that older GPUs support it too, where it only imitates it, slowly.
        return torch.cuda.get_device_capability(device) >= (8, 0)
    if not CPU_FLAGS.exists():
        return False
    flags = CPU_FLAGS.read_text(encoding="utf-8")
    return "amx_bf16" in flags or "avx512_bf16" in flags


def autocast(device: torch.device, precision: str) -> ContextManager[object]:
    """Returns the context to run the network in.

    Args:
        device: where the network computes.
        precision: "float32", "bfloat16", or "auto" for whichever is faster here.
    """
    wants = has_fast_bfloat16(device) if precision == "auto" else precision == "bfloat16"
    if not wants:
        return contextlib.nullcontext()
    return torch.autocast(device.type, dtype=torch.bfloat16)
