"""Writes fixtures/measure-networks: tiny networks of the shapes of LPIPS and of FID's Inception, and what they say.

LPIPS by its definition (Zhang et al. 2018, eq. 1): features of layers, each vector brought to length 1, squared
differences weighted by channel, mean over places, sum over layers. Random weights; pictures by a formula.
"""
import sys

import torch
import torch.nn.functional as F

from fixture_files import export, randomise, write_json


class Lpips(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = torch.nn.ModuleList([torch.nn.Conv2d(3, 6, 3, padding=1), torch.nn.Conv2d(6, 8, 3, stride=2)])
        self.weights = torch.nn.ParameterList([torch.nn.Parameter(torch.empty(6)), torch.nn.Parameter(torch.empty(8))])
        self.register_buffer("shift", torch.tensor([-0.03, -0.088, -0.188]).view(1, 3, 1, 1))
        self.register_buffer("scale", torch.tensor([0.458, 0.448, 0.45]).view(1, 3, 1, 1))

    def features(self, x):
        x, seen = (x - self.shift) / self.scale, []
        for layer in self.layers:
            x = F.relu(layer(x))
            seen.append(x / (x.square().sum(1, keepdim=True).sqrt() + 1e-10))
        return seen

    def forward(self, a, b):
        total = 0
        for x, y, weight in zip(self.features(a), self.features(b), self.weights):
            difference = (x - y).square() * weight.abs().view(1, -1, 1, 1)
            total = total + difference.sum(1, keepdim=True).mean((2, 3), keepdim=True)
        return total


class Inception(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = torch.nn.Conv2d(3, 8, 3, stride=2), torch.nn.Conv2d(8, 12, 3)

    def forward(self, x):
        return F.relu(self.second(F.relu(self.first(x.float())))).mean((2, 3))


def pixels(kind):
    """A picture of 16 x 16 as bytes, [1, 3, 16, 16]; the same formula is in the test."""
    at = torch.arange(3 * 16 * 16)
    return ((at * (kind + 3) + at * at // (5 + kind)) % 256).view(1, 16, 16, 3).permute(0, 3, 1, 2)


def main(folder):
    lpips, inception = Lpips(), Inception()
    randomise(lpips, 11)
    randomise(inception, 12)
    pictures = [pixels(kind) for kind in range(3)]
    signed = [picture / 127.5 - 1 for picture in pictures]
    with torch.no_grad():
        write_json(f"{folder}/expected.json", {
            "lpips": {f"{i}-{j}": float(lpips(signed[i], signed[j])) for i in range(3) for j in range(3)},
            "unit": [inception(picture / 255).flatten().tolist() for picture in pictures],
            "bytes": [inception(picture / 1.0).flatten().tolist() for picture in pictures],
        })
    export(f"{folder}/lpips.onnx", lpips, {"in0": signed[0], "in1": signed[1]}, ["distance"])
    torch.onnx.export(inception, (pictures[0] / 255,), f"{folder}/inception.onnx",
                      input_names=["image"], output_names=["features"], opset_version=14)
    torch.onnx.export(inception, (pictures[0].to(torch.uint8),), f"{folder}/inception-bytes.onnx",
                      input_names=["image"], output_names=["features"], opset_version=14)


main(f"{sys.argv[1]}/measure-networks")
