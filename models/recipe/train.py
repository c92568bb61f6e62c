"""Trains the denoiser, from scratch or from given weights; stops and resumes at will.

All schedules count pictures, never time, so a paused or slow run learns and is checked the same;
only checkpoints go by the clock.
The run folder gets checkpoint.pt, loss.csv, train.pid and sample grids. SIGTERM and
Ctrl+C save a checkpoint and end the run; the same command continues it.
"""

from __future__ import annotations

import argparse
import os
import signal
from pathlib import Path

import torch

from trainer import Trainer


def parse_options() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("data", type=Path, help="folder written by prepare.py")
    add("run", type=Path, help="folder for checkpoints, logs and samples")
    add("--start", type=Path, help="safetensors file to start from")
    add("--seen-before", type=int, help="pictures the --start weights have seen, which it needs")
    add("--images", type=int, default=1_000_000, help="pictures to train on (default 1,000,000)")
    add("--horizon", type=int, help="pictures until the lowest rate (default: --images)")
    add("--batch", type=int, default=32, help="pictures a step (default 32)")
    add("--lr", type=float, default=3e-4, help="highest learning rate (default 3e-4)")
    add("--lr-last", type=float, default=2e-5, help="last learning rate (default 2e-5)")
    add("--muon", type=float, default=1.0,
        help="rate of Muon, in learning rates; 0: AdamW throughout (default 1)")
    add("--warmup", type=int, default=16_000, help="pictures of warm-up (default 16,000)")
    add("--ema", type=float, nargs="+", default=[0.9995], help="decays per step (default 0.9995)")
    add("--snr-cap", type=float, default=5.0, help="cap of the loss weight (default 5)")
    add("--weight-floor", type=float, default=0.0,
        help="least loss weight of v, for the sake of high noise (default 0)")
    add("--guide", type=Path,
        help="safetensors file of a weaker network: learn what it makes of --start as its guide")
    add("--guidance", type=float, default=1.0,
        help="how far past --start, in its difference from --guide (default 1)")
    add("--guide-above", type=int, default=-1,
        help="guide at noise levels above this one only (default -1: at all)")
    add("--precision", choices=["auto", "float32", "bfloat16"], default="auto")
    add("--threads", type=int, default=0, help="CPU threads (default 0: as PyTorch chooses)")
    add("--compile", action="store_true", help="use torch.compile (PyTorch 2.x)")
    add("--log-every", type=int, default=200, help="steps between log lines (default 200)")
    add("--check-every", type=int, default=16_000,
        help="pictures between checks on held-out ones (default 16,000)")
    add("--save-minutes", type=float, default=10.0, help="minutes between checkpoints")
    add("--grid-steps", type=int, default=25, help="DDIM steps of sample grids; 0: none")
    add("--seed", type=int, default=0)
    options = parser.parse_args()
    if options.guide and not options.start:
        parser.error("--guide needs --start, the network to be guided")
    if options.start and options.seen_before is None:
        parser.error("--start needs --seen-before, the pictures that its weights have seen:"
                     " with 0 the run draws the same crops and noise as theirs")
    options.seen_before = options.seen_before or 0
    options.horizon = options.horizon or options.images
    return options


def main() -> None:
    options = parse_options()
    options.run.mkdir(parents=True, exist_ok=True)
    if options.threads:
        torch.set_num_threads(options.threads)
    trainer = Trainer(options)
    signal.signal(signal.SIGTERM, trainer.stop)
    signal.signal(signal.SIGINT, trainer.stop)
    pid_file = options.run / "train.pid"
    pid_file.write_text(f"{os.getpid()}\n", encoding="utf-8")
    trainer.run()
    pid_file.unlink()


if __name__ == "__main__":
    main()
