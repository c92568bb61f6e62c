"""Turns a folder or tar archive of pictures into two arrays: training and held-out.

Each picture is turned upright (EXIF), cut to its central square and scaled. The output folder gets
train.npy and heldout.npy (uint8, count x size x size x 3) and a list of the
file names beside each.
"""

from __future__ import annotations

import argparse
import io
import tarfile
from pathlib import Path
from typing import Iterator

import numpy as np
from PIL import Image, ImageOps

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp"}


def read_pictures(source: Path) -> Iterator[tuple[str, Image.Image]]:
    """Yields (name, picture) for every picture in a folder or tar archive, by name."""
    if source.is_dir():
        for path in sorted(p for p in source.rglob("*") if p.suffix.lower() in SUFFIXES):
            yield path.relative_to(source).as_posix(), Image.open(path)
        return
    with tarfile.open(source) as archive:
        members = [m for m in archive.getmembers() if Path(m.name).suffix.lower() in SUFFIXES]
        for member in sorted(members, key=lambda m: m.name):
            stream = archive.extractfile(member)
            if stream is not None:
                yield member.name, Image.open(io.BytesIO(stream.read()))


def central_square(picture: Image.Image, size: int) -> np.ndarray:
    """Cuts the central square, upright, and scales it to size x size; returns uint8 RGB."""
    picture = ImageOps.exif_transpose(picture).convert("RGB")
    side = min(picture.size)
    left, top = (picture.width - side) // 2, (picture.height - side) // 2
    square = picture.crop((left, top, left + side, top + side))
    if side != size:
        square = square.resize((size, size), Image.Resampling.LANCZOS)
    return np.asarray(square, dtype=np.uint8)


def is_held_out(name: str, held_out: set[str]) -> bool:
    """Whether a name, or its tail after any leading folders, is on the held-out list."""
    parts = name.split("/")
    return any("/".join(parts[start:]) in held_out for start in range(len(parts)))


def save_set(folder: Path, kind: str, entries: list[tuple[str, np.ndarray]]) -> None:
    """Writes one array and its list of names."""
    np.save(folder / f"{kind}.npy", np.stack([pixels for _, pixels in entries]))
    names = "".join(f"{name}\n" for name, _ in entries)
    (folder / f"{kind}.txt").write_text(names, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, help="folder or tar archive of pictures")
    parser.add_argument("output", type=Path, help="folder for the arrays")
    parser.add_argument("--held-out", type=Path,
                        help="text file with one picture name a line; default: every 50th")
    parser.add_argument("--size", type=int, default=160, help="side in pixels (default 160)")
    options = parser.parse_args()

    entries = [(name, central_square(picture, options.size))
               for name, picture in read_pictures(options.source)]
    if options.held_out:
        listed = set(options.held_out.read_text(encoding="utf-8").split("\n")) - {""}
        chosen = [is_held_out(name, listed) for name, _ in entries]
        if sum(chosen) != len(listed):
            raise SystemExit(f"{len(listed)} names are listed, {sum(chosen)} were found")
    else:
        chosen = [index % 50 == 0 for index in range(len(entries))]

    options.output.mkdir(parents=True, exist_ok=True)
    train = [entry for entry, out in zip(entries, chosen) if not out]
    held_out = [entry for entry, out in zip(entries, chosen) if out]
    save_set(options.output, "train", train)
    save_set(options.output, "heldout", held_out)
    print(f"{len(train)} pictures to train on, {len(held_out)} held out")


if __name__ == "__main__":
    main()
