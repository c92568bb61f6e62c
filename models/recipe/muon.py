"""Muon: momentum whose matrices are made orthogonal before every step.

A weight that carries hidden features to hidden features is read as one matrix (rows:
channels out; columns: everything else), and a step moves all its singular directions by
the same length. Jordan et al. 2024, with the scale of Liu et al. 2025 (arXiv 2502.16982,
section 2.2), which makes a step as long as AdamW's, so that both go by one learning rate.
"""

from __future__ import annotations

import math
from typing import Iterable

import torch
from torch import Tensor, nn

from machine import has_fast_bfloat16

QUINTIC = (3.4445, -4.7750, 2.0315)
"""Coefficients of the Newton-Schulz iteration that drives singular values towards 1."""

ITERATIONS = 5
STEP_RMS = 0.2
"""Root mean square of a step at the learning rate 1, as AdamW's steps have it."""

EDGES = ("conv_in", "conv_out", "time_embedding")
"""Where the network meets pictures and noise levels: not between hidden features."""


def is_hidden(name: str, parameter: nn.Parameter) -> bool:
    """Whether a parameter of the denoiser is for Muon; the others are for AdamW."""
    return parameter.dim() >= 2 and not name.startswith(EDGES)


def orthogonal(matrix: Tensor) -> Tensor:
    """Returns about U V^T for a matrix U S V^T; singular values end between 0.7 and 1.2."""
    a, b, c = QUINTIC
    is_tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.t() if is_tall else matrix
    x = x.bfloat16() if has_fast_bfloat16(matrix.device) else x.float()
    x = x / (x.norm() + 1e-7)
    for _ in range(ITERATIONS):
        gram = x @ x.t()
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x.t() if is_tall else x).to(matrix.dtype)


class Muon(torch.optim.Optimizer):
    """Steps along orthogonal matrices; the momentum looks one gradient ahead (Nesterov)."""

    def __init__(self, parameters: Iterable[nn.Parameter], lr: float,
                 momentum: float = 0.95) -> None:
        super().__init__(parameters, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is not None:
                    self._move(parameter, parameter.grad, group["lr"], group["momentum"])

    def _move(self, parameter: nn.Parameter, grad: Tensor, lr: float, momentum: float) -> None:
        state = self.state[parameter]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(grad)
        mean = state["momentum"].lerp_(grad, 1.0 - momentum)
        matrix = grad.lerp(mean, momentum).reshape(len(grad), -1)
        length = STEP_RMS * math.sqrt(max(matrix.shape))
        parameter.add_(orthogonal(matrix).reshape(grad.shape), alpha=-lr * length)
