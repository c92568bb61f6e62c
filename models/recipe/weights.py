"""Reading and writing safetensors files: named tensors with a JSON header.

The layout is public and small: eight bytes with the header's length, the header
(JSON: name -> type, shape, first and last byte), then the values themselves.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

ALIGNMENT = 8
"""The header is padded with spaces to a multiple of this many bytes."""

NUMPY_TYPES = {"F16": np.float16, "F32": np.float32, "F64": np.float64, "I64": np.int64}


def read_weights(path: Path) -> dict[str, Tensor]:
    """Reads every tensor of a safetensors file, in the type it is stored in."""
    raw = path.read_bytes()
    header_size = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8:8 + header_size])
    values = memoryview(raw)[8 + header_size:]
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        first, last = entry["data_offsets"]
        array = np.frombuffer(values[first:last], dtype=NUMPY_TYPES[entry["dtype"]])
        tensors[name] = torch.from_numpy(array.reshape(entry["shape"]).copy())
    return tensors


def write_weights(path: Path, tensors: dict[str, Tensor]) -> None:
    """Writes tensors to a safetensors file, sorted by name, in the type they have."""
    type_names = {np.dtype(kind): name for name, kind in NUMPY_TYPES.items()}
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    chunks = []
    offset = 0
    for name in sorted(tensors):
        array = tensors[name].detach().cpu().contiguous().numpy()
        chunk = array.tobytes()
        header[name] = {
            "dtype": type_names[array.dtype],
            "shape": list(array.shape),
            "data_offsets": [offset, offset + len(chunk)],
        }
        chunks.append(chunk)
        offset += len(chunk)
    text = json.dumps(header, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % ALIGNMENT)
    path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(chunks))
