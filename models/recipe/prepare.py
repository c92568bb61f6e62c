"""Turns a folder or tar archive of pictures into two arrays: training and held-out.

Each picture is turned upright (EXIF), cut to its central square, shown as the studio shows it
(sRGB, transparency over white) and scaled. The output folder gets train.npy and heldout.npy
(uint8, count x size x size x 3) and a list of the file names beside each. What cannot be read is
named and left out.
"""

from __future__ import annotations

import argparse
import io
import tarfile
from collections import Counter
from pathlib import Path
from typing import Callable, Iterator

import numpy as np
from PIL import Image, ImageCms, ImageOps

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif"}

SRGB = ImageCms.createProfile("sRGB")


def list_files(source: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yields (name, how to read it) for every file in a folder or tar archive, by name."""
    if source.is_dir():
        for path in sorted(p for p in source.rglob("*") if p.is_file()):
            yield path.relative_to(source).as_posix(), path.read_bytes
        return
    with tarfile.open(source) as archive:
        members = [m for m in archive.getmembers() if not m.isdir()]
        for member in sorted(members, key=lambda m: m.name):
            yield member.name, lambda: archive.extractfile(member).read()


def read_pictures(source: Path, size: int) -> Iterator[tuple[str, np.ndarray]]:
    """Yields (name, square) for every picture that can be read; says what was left out."""
    others: Counter[str] = Counter()
    damaged = 0
    for name, read in list_files(source):
        path = Path(name)
        # What macOS writes beside a file, under the same suffix, is no picture.
        if path.name.startswith("._"):
            continue
        if path.suffix.lower() not in SUFFIXES:
            others[path.suffix.lower() or path.name] += 1
            continue
        try:
            square = central_square(Image.open(io.BytesIO(read())), size)
        # Damage comes out of Pillow as nearly anything, SyntaxError and struct.error too.
        except Exception as problem:
            print(f"left out: {name}: {problem}")
            damaged += 1
        else:
            yield name, square
    if damaged:
        print(f"{damaged} pictures could not be read")
    if others:
        kinds = ", ".join(f"{count} {kind}" for kind, count in others.most_common())
        print(f"files of other kinds left out: {kinds}")


def central_square(picture: Image.Image, size: int) -> np.ndarray:
    """Cuts the central square, upright, and scales it to size x size; returns uint8 RGB."""
    picture = ImageOps.exif_transpose(picture)
    side = min(picture.size)
    left, top = (picture.width - side) // 2, (picture.height - side) // 2
    square = over_white(picture.crop((left, top, left + side, top + side)))
    if side != size:
        square = square.resize((size, size), Image.Resampling.LANCZOS)
    return np.asarray(square, dtype=np.uint8)


def over_white(picture: Image.Image) -> Image.Image:
    """Returns a picture in sRGB, what is transparent in it laid over white."""
    if picture.mode[0] in "IF":
        raise ValueError("more than 8 bits in its only channel: save it with 8")
    white = Image.new("RGB", picture.size, "white")
    white.paste(to_srgb(picture), mask=picture.convert("RGBA").getchannel("A"))
    return white


def to_srgb(picture: Image.Image) -> Image.Image:
    """Returns the colours of a picture, converted from its profile if it has one that fits."""
    colours = picture
    if picture.mode not in ("RGB", "CMYK", "L"):
        colours = picture.convert("L" if picture.mode == "LA" else "RGB")
    profile = picture.info.get("icc_profile")
    if profile:
        try:
            return ImageCms.profileToProfile(colours, io.BytesIO(profile), SRGB, outputMode="RGB")
        except ImageCms.PyCMSError:
            pass
    return colours.convert("RGB")


def is_held_out(name: str, held_out: set[str]) -> bool:
    """Whether a name, or its tail after any leading folders, is on the held-out list."""
    parts = name.split("/")
    return any("/".join(parts[start:]) in held_out for start in range(len(parts)))


def save_set(folder: Path, kind: str, entries: list[tuple[str, np.ndarray]]) -> None:
    """Writes one array, a picture at a time to need no copy of all, and its list of names."""
    shape = (len(entries), *entries[0][1].shape)
    with (folder / f"{kind}.npy").open("wb") as stream:
        np.lib.format.write_array_header_1_0(
            stream, {"descr": "|u1", "fortran_order": False, "shape": shape})
        for _, pixels in entries:
            stream.write(pixels.tobytes())
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

    entries = list(read_pictures(options.source, options.size))
    if options.held_out:
        listed = set(options.held_out.read_text(encoding="utf-8").split("\n")) - {""}
        chosen = [is_held_out(name, listed) for name, _ in entries]
        if sum(chosen) != len(listed):
            raise SystemExit(f"{len(listed)} names are listed, {sum(chosen)} were found")
    else:
        chosen = [index % 50 == 0 for index in range(len(entries))]

    train = [entry for entry, out in zip(entries, chosen) if not out]
    held_out = [entry for entry, out in zip(entries, chosen) if out]
    if not train or not held_out:
        raise SystemExit(f"{len(entries)} pictures could be read, {len(held_out)} of them to be "
                         "held out: both sets need one at least")
    options.output.mkdir(parents=True, exist_ok=True)
    save_set(options.output, "train", train)
    save_set(options.output, "heldout", held_out)
    print(f"{len(train)} pictures to train on, {len(held_out)} held out")


if __name__ == "__main__":
    main()
