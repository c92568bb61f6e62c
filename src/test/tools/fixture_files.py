"""Writing fixtures: safetensors files, configurations, random weights, and the DDIM formulas in float64."""
import json
import math
import os
import struct

import numpy as np
import torch

KINDS = {torch.float32: "F32", torch.float16: "F16", torch.int64: "I64"}


def save(path, tensors):
    header, blobs, at = {}, [], 0
    for name in sorted(tensors):
        value = tensors[name].detach().contiguous()
        blob = value.numpy().tobytes()
        header[name] = {"dtype": KINDS[value.dtype], "shape": list(value.shape), "data_offsets": [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        for blob in blobs:
            out.write(blob)


def write_json(path, value):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as out:
        json.dump(value, out, indent=1)
        out.write("\n")


def randomise(module, seed, strength=0.7):
    """Weights of a size that keeps values lively through many layers; norms near 1, biases near 0."""
    generator = torch.Generator().manual_seed(seed)
    for name, weight in module.named_parameters():
        noise = torch.randn(weight.shape, generator=generator)
        if weight.dim() == 1:
            weight.data = noise * 0.1 + (1.0 if name.endswith("weight") else 0.0)
        elif "embedding" in name and "add_embedding" not in name and "time_embedding" not in name:
            weight.data = noise * 0.5
        else:
            weight.data = noise * strength / math.sqrt(weight[0].numel())
    return module.eval()


def gaussian(shape, seed):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def picture(height, width, seed):
    """A smooth picture in [-1, 1]."""
    small = gaussian((1, 3, 4, 4), seed)
    large = torch.nn.functional.interpolate(small, size=(height, width), mode="bicubic", align_corners=False)
    return large.clamp(-1, 1)


class Ddim:
    """Deterministic DDIM (Song et al. 2021) over leading timesteps, scaled_linear or linear betas."""

    def __init__(self, scheduler):
        count = scheduler["num_train_timesteps"]
        power = 0.5 if scheduler["beta_schedule"] == "scaled_linear" else 1.0
        betas = np.linspace(scheduler["beta_start"] ** power, scheduler["beta_end"] ** power, count) ** (1 / power)
        self.bars = np.cumprod(1 - betas)
        self.count = count
        self.offset = scheduler.get("steps_offset", 0)
        self.final = 1.0 if scheduler.get("set_alpha_to_one", True) else self.bars[0]
        self.kind = scheduler.get("prediction_type", "epsilon")

    def timesteps(self, steps):
        return [i * (self.count // steps) + self.offset for i in range(steps)]

    def step(self, x, prediction, bar, to):
        a, s = math.sqrt(bar), math.sqrt(1 - bar)
        if self.kind == "epsilon":
            eps, clean = prediction, (x - s * prediction) / a
        else:
            eps, clean = a * prediction + s * x, a * x - s * prediction
        return math.sqrt(to) * clean + math.sqrt(1 - to) * eps

    def invert(self, network, x, timesteps):
        states, below = [], self.final
        for t in timesteps:
            x = self.step(x, network(x, t), below, self.bars[t])
            below = self.bars[t]
            states.append(x)
        return states

    def sample(self, network, x, timesteps):
        for i in reversed(range(len(timesteps))):
            below = self.final if i == 0 else self.bars[timesteps[i - 1]]
            x = self.step(x, network(x, timesteps[i]), self.bars[timesteps[i]], below)
        return x


def export(path, module, inputs, outputs):
    """Writes ONNX that takes any batch size, and pictures of any size."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    axes = {name: {0: "batch", **({2: "height", 3: "width"} if value.dim() == 4 else {})}
            for name, value in inputs.items() if value.dim() > 1}
    torch.onnx.export(module, tuple(inputs.values()), path, input_names=list(inputs), output_names=outputs,
                      dynamic_axes=axes, opset_version=14)
