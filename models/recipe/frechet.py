"""The Frechet distance between two sets of feature vectors."""

from __future__ import annotations

import numpy as np


def frechet_distance(first: np.ndarray, second: np.ndarray) -> float:
    """Returns the squared Frechet distance of two Gaussians fitted to the sets.

    d = |m1 - m2|^2 + tr(C1) + tr(C2) - 2 tr((C1^1/2 C2 C1^1/2)^1/2). It grows when a
    set is small, so only distances of sets of equal sizes can be compared.

    Args:
        first: features, (count, dimensions).
        second: features, (count, dimensions).
    """
    first, second = first.astype(np.float64), second.astype(np.float64)
    offset = first.mean(axis=0) - second.mean(axis=0)
    spread_1, spread_2 = np.cov(first, rowvar=False), np.cov(second, rowvar=False)
    root = symmetric_root(spread_1)
    shared = symmetric_root(root @ spread_2 @ root)
    distance = offset @ offset + np.trace(spread_1) + np.trace(spread_2) - 2.0 * np.trace(shared)
    return float(max(distance, 0.0))


def symmetric_root(matrix: np.ndarray) -> np.ndarray:
    """Returns the square root of a symmetric matrix without negative eigenvalues."""
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2.0)
    return (vectors * np.sqrt(values.clip(min=0.0))) @ vectors.T
