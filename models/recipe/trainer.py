"""The training loop: steps, checks on held-out pictures, logs and checkpoints."""

from __future__ import annotations

import argparse
import csv
import math
import os
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Iterator

import torch
from torch import Tensor, nn

from average import Average
from diffusion import LEVELS, SAMPLE_CLIP, Denoiser, Schedule, ddim_decode, fold, unfold
from guidance import Guidance
from machine import autocast, describe, pick_device
from muon import Muon, is_hidden
from network import fill
from pictures import RandomCrops, evenly_spaced, load_bytes, save_grid, shrink, to_signed
from unet import UNet, UNetConfig

HELD_OUT_DRAWS = 2
"""Noise levels tried for each held-out picture at every check."""

HELD_OUT_MOST = 128
"""Held-out pictures used at every check: more would take long and tell little more."""

LAST_SAVE_SECONDS = 60.0
"""How long the last save waits for a program that has the checkpoint open."""

EVAL_SEED = 1234
"""Seed of the noise of every check, so that checks can be compared."""


@dataclass
class Progress:
    """How far the training has come."""

    step: int = 0
    """Optimizer steps of this run."""
    seen: int = 0
    """Pictures shown in this run."""
    seen_before: int = 0
    """Pictures the starting weights had been shown."""


class Trainer:
    """The network, its averages, the optimizer and the run folder."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.device = pick_device()
        self.schedule = Schedule(self.device)
        self.crops = RandomCrops(load_bytes(options.data / "train.npy"))
        held_out = evenly_spaced(load_bytes(options.data / "heldout.npy"), HELD_OUT_MOST)
        self.held_out = fold(to_signed(shrink(held_out)))
        self.progress = Progress(seen_before=options.seen_before)

        self.network = UNet(UNetConfig())
        if options.start:
            fill(self.network, options.start)
        self.network.to(self.device, memory_format=torch.channels_last)
        if not options.compile:
            self.network.fuse_norms()
        self.guidance = Guidance.of(options, self.device)
        self.averages = [Average(self.network, decay, not options.start) for decay in options.ema]
        self.optimizers = make_optimizers(self.network, options)
        self.unwritten: list[dict[str, object]] = []
        self.stopping = False
        self.resume()
        # A run that goes on from another must not be shown the same draws again.
        torch.manual_seed(options.seed + self.progress.seen_before + self.progress.seen)
        self.predict = torch.compile(self.network) if options.compile else self.network

    def run(self) -> None:
        """Trains until the wanted number of pictures was shown or a signal came."""
        options, progress = self.options, self.progress
        where = describe(self.device, options.precision)
        print(f"start: step {progress.step}, {progress.seen} pictures seen; on {where}", flush=True)
        if progress.step == 0:
            self.check()
        losses: list[float] = []
        began = saved = time.perf_counter()
        while not self.stopping and progress.seen < options.images:
            losses.append(self.step())
            now = time.perf_counter()
            must_save = now - saved > 60.0 * options.save_minutes
            must_check = progress.seen % options.check_every < options.batch
            is_last = self.stopping or progress.seen >= options.images
            if not (must_save or must_check or is_last or len(losses) == options.log_every):
                continue
            speed = len(losses) * options.batch / (now - began)
            self.log(loss=sum(losses) / len(losses), speed=speed)
            if must_save and not is_last:
                self.save_if_possible()
                saved = time.perf_counter()
            if must_check and not is_last:
                self.check()
            losses, began = [], time.perf_counter()
        self.save(LAST_SAVE_SECONDS)
        self.check()
        print(f"end: step {progress.step}, {progress.seen} pictures seen", flush=True)

    def step(self) -> float:
        """Takes one optimizer step; returns the batch's weighted loss."""
        options, progress = self.options, self.progress
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = learning_rate(progress.seen, options) * group["rate"]
        picture = fold(self.crops.draw(options.batch)).to(self.device)
        picture = picture.contiguous(memory_format=torch.channels_last)
        t = spread_levels(options.batch).to(self.device)
        noise = torch.randn_like(picture)
        loss = self.losses(self.predict, picture, noise, t).mean()
        self.network.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        for optimizer in self.optimizers:
            optimizer.step()
        progress.step += 1
        progress.seen += options.batch
        for average in self.averages:
            average.follow(self.network, progress.step)
        return float(loss.detach())

    def losses(self, denoise: Denoiser, picture: Tensor, noise: Tensor, t: Tensor) -> Tensor:
        """Returns each picture's weighted squared error in v, (batch,)."""
        noisy = self.schedule.add_noise(picture, noise, t)
        with autocast(self.device, self.options.precision):
            wanted = (self.guidance(noisy, t) if self.guidance
                      else self.schedule.velocity(picture, noise, t))
            predicted = denoise(noisy, t)
        error = (predicted.float() - wanted).square().mean(dim=(1, 2, 3))
        return self.schedule.loss_weight(
            t, self.options.snr_cap, self.options.weight_floor) * error

    def check(self) -> None:
        """Logs the held-out loss of every average and draws a grid with the slowest."""
        for average in self.averages:
            self.log(held_out=self.held_out_loss(average.network), ema=average.decay)
        if self.options.grid_steps:
            self.draw_grid()

    @torch.no_grad()
    def held_out_loss(self, network: UNet) -> float:
        """Returns the weighted loss on held-out pictures, always with the same noise."""
        generator = torch.Generator().manual_seed(EVAL_SEED)
        count = HELD_OUT_DRAWS * len(self.held_out)
        pictures = self.held_out.repeat(HELD_OUT_DRAWS, 1, 1, 1)
        noise = torch.randn(pictures.shape, generator=generator)
        levels = (torch.randperm(count, generator=generator) + 0.5) * LEVELS / count
        total = 0.0
        for picture, eps, t in batches(self.options.batch, pictures, noise, levels.long()):
            picture, eps, t = (part.to(self.device) for part in (picture, eps, t))
            total += float(self.losses(network, picture, eps, t).sum())
        return total / count

    def draw_grid(self) -> None:
        """Writes sixteen samples of the slowest average, always from the same noise."""
        slowest = max(self.averages, key=lambda average: average.decay).network
        generator = torch.Generator().manual_seed(EVAL_SEED)
        noise = torch.randn((16, *self.held_out.shape[1:]), generator=generator).to(self.device)
        with autocast(self.device, self.options.precision):
            folded = ddim_decode(
                slowest, self.schedule, noise, self.options.grid_steps, SAMPLE_CLIP)
        save_grid(unfold(folded), self.options.run / f"samples-{self.progress.seen:07d}.png")

    def log(self, loss: float | None = None, speed: float | None = None,
            held_out: float | None = None, ema: float | None = None) -> None:
        """Adds a line to the standard output and to loss.csv.

        Windows lets nobody write a file that another program (Excel) has open: then the line
        waits for the next one.
        """
        path = self.options.run / "loss.csv"
        row = {
            "step": self.progress.step,
            "seen": self.progress.seen,
            "lr": f"{learning_rate(self.progress.seen, self.options):.3g}",
            "loss": _number(loss, 5),
            "images_per_s": _number(speed, 2),
            "held_out_loss": _number(held_out, 6),
            "ema": "" if ema is None else str(ema),
        }
        print(" ".join(f"{key} {value}" for key, value in row.items() if value != ""), flush=True)
        self.unwritten.append(row)
        is_new = not path.exists()
        try:
            with path.open("a", newline="", encoding="utf-8") as stream:
                writer = csv.DictWriter(stream, row.keys())
                if is_new:
                    writer.writeheader()
                writer.writerows(self.unwritten)
        except OSError as problem:
            print(f"not in loss.csv yet: {problem}", flush=True)
        else:
            self.unwritten.clear()

    def save_if_possible(self) -> None:
        """Writes the checkpoint; keeps the former one while another program has it open."""
        try:
            self.save()
        except PermissionError as problem:
            print(f"not saved, the next save tries again: {problem}", flush=True)

    def save(self, patience: float = 0.0) -> None:
        """Writes the checkpoint; an interrupted write leaves the former one whole.

        Args:
            patience: seconds to wait for other programs to close the former one.
        """
        state = {
            "config": self.network.config.to_dict(),
            "network": self.network.state_dict(),
            "ema": {str(a.decay): a.network.state_dict() for a in self.averages},
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "progress": vars(self.progress),
        }
        path = self.options.run / "checkpoint.pt"
        partial = path.with_suffix(".partial")
        torch.save(state, partial)
        replace(partial, path, patience)

    def resume(self) -> None:
        """Continues from the run folder's checkpoint, if there is one."""
        path = self.options.run / "checkpoint.pt"
        if not path.exists():
            return
        state = torch.load(path, map_location=self.device)
        self.network.load_state_dict(state["network"])
        for optimizer, known in zip(self.optimizers, state["optimizers"]):
            optimizer.load_state_dict(known)
        self.progress = Progress(**state["progress"])
        for average in self.averages:
            known = state["ema"].get(str(average.decay), state["network"])
            average.network.load_state_dict(known)

    def stop(self, signum: int, frame: FrameType | None) -> None:
        """Signal handler: asks the loop to end after the current step."""
        self.stopping = True


def make_optimizers(network: UNet, options: argparse.Namespace) -> list[torch.optim.Optimizer]:
    """Returns AdamW, and Muon beside it for the hidden weights unless --muon is 0.

    Each group's "rate" is what the learning rate of the moment is multiplied by.
    """
    hidden: list[nn.Parameter] = []
    others: list[nn.Parameter] = []
    for name, parameter in network.named_parameters():
        (hidden if options.muon and is_hidden(name, parameter) else others).append(parameter)
    adam = torch.optim.AdamW(
        [{"params": others, "rate": 1.0}], lr=options.lr, betas=(0.9, 0.99), weight_decay=0.0)
    if not hidden:
        return [adam]
    return [adam, Muon([{"params": hidden, "rate": options.muon}], lr=options.lr)]


def learning_rate(seen: int, options: argparse.Namespace) -> float:
    """Linear warm-up, then a cosine from --lr to --lr-last over --horizon pictures."""
    if seen < options.warmup:
        return options.lr * (seen + options.batch) / (options.warmup + options.batch)
    share = min(1.0, (seen - options.warmup) / max(1, options.horizon - options.warmup))
    fall = 0.5 * (1.0 + math.cos(math.pi * share))
    return options.lr_last + (options.lr - options.lr_last) * fall


def replace(source: Path, target: Path, patience: float) -> None:
    """Puts a file in the place of another, tried again for `patience` seconds.

    Windows refuses while another program has one of the two open.
    """
    end = time.monotonic() + patience
    while True:
        try:
            os.replace(source, target)
            return
        except PermissionError:
            if time.monotonic() >= end:
                raise
        time.sleep(1.0)


def spread_levels(count: int) -> Tensor:
    """Draws noise levels 0..999 evenly: one from each of `count` equal intervals."""
    places = (torch.arange(count) + torch.rand(count)) / count
    return (places * LEVELS).long().clamp(max=LEVELS - 1)


def batches(size: int, *tensors: Tensor) -> Iterator[tuple[Tensor, ...]]:
    """Cuts tensors of one length into parts of at most `size` entries."""
    return zip(*(tensor.split(size) for tensor in tensors))


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"
