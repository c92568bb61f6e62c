"""Tests of the recipe on tiny data and a tiny network; `python -m unittest` in this folder."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import signal
import sys
import tempfile
import unittest
from pathlib import Path
from types import ModuleType
from unittest import mock

import numpy as np
import torch
from PIL import Image, ImageCms

import evaluate
import export
import prepare
import sample
import train
from diffusion import Schedule, ddim_decode
from guidance import Guidance
from network import WEIGHTS, load_network, sha256_of
from pictures import evenly_spaced, load_bytes, to_signed
from trainer import Trainer
from unet import UNet, UNetConfig
from weights import read_weights

TINY = UNetConfig(channels=(32, 32, 32), head_dim=32)


def command_line(*arguments: object) -> contextlib.AbstractContextManager[object]:
    return mock.patch.object(sys, "argv", ["program", *map(str, arguments)])


def call(program: ModuleType, *arguments: object) -> str:
    """Runs a program with a command line; returns what it prints."""
    printed = io.StringIO()
    with command_line(*arguments), contextlib.redirect_stdout(printed):
        program.main()
    return printed.getvalue()


class RecipeTest(unittest.TestCase):
    """Gives every test a folder of its own."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)


class PrepareTest(RecipeTest):
    def setUp(self) -> None:
        super().setUp()
        self.source = self.folder / "pictures"
        self.source.mkdir()
        self.data = self.folder / "data"

    def put(self, name: str, colour: object = "teal", mode: str = "RGB",
            size: tuple[int, int] = (40, 30), **how: object) -> None:
        Image.new(mode, size, colour).save(self.source / name, **how)

    def colours(self, kind: str) -> list[tuple[int, ...]]:
        """The colour in the middle of every picture of a set."""
        array = np.load(self.data / f"{kind}.npy")
        self.assertEqual((array.dtype, array.shape[1:]), (np.uint8, (32, 32, 3)))
        return [tuple(map(int, pixels[16, 16])) for pixels in array]

    def prepare(self, *arguments: object) -> str:
        return call(prepare, self.source, self.data, "--size", 32, *arguments)

    def test_what_is_transparent_becomes_white(self) -> None:
        self.put("0.png")
        self.put("1.png", (200, 0, 0, 0), "RGBA")
        self.put("2.png", (200, 0, 0, 255), "RGBA")
        self.put("3.gif", 0, "P", transparency=0)
        self.put("4.png", (0, 0), "LA")
        self.prepare()
        white = (255, 255, 255)
        self.assertEqual(self.colours("train"), [white, (200, 0, 0), white, white])

    def test_profiles_are_converted_and_broken_ones_ignored(self) -> None:
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        swapped = profile.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(
            b"????", b"gXYZ")
        self.put("0.png")
        self.put("1.png", "red", icc_profile=swapped)
        self.put("2.png", "red", icc_profile=b"no profile")
        self.put("3.tif", "red")
        self.prepare()
        converted, *others = self.colours("train")
        self.assertLess(np.abs(np.subtract(converted, (0, 255, 0))).max(), 8)
        self.assertEqual(others, [(255, 0, 0)] * 2)

    def test_what_cannot_be_read_is_left_out_and_told(self) -> None:
        damaged = self.source / "00.jpg"
        noise = np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8)
        Image.fromarray(noise).save(damaged)
        damaged.write_bytes(damaged.read_bytes()[:-2000])
        (self.source / "01.png").write_text("no picture")
        self.put("02.png", 60_000, "I;16")
        (self.source / "._03.png").write_text("what macOS writes beside 03.png")
        for index in range(52):
            self.put(f"{index + 10}.png", (index, 0, 0))
        (self.source / "a.HEIC").touch()
        (self.source / "b.heic").touch()
        (self.source / "notes.txt").touch()
        printed = self.prepare()
        self.assertEqual(self.colours("heldout"), [(0, 0, 0), (50, 0, 0)])
        self.assertEqual(len(self.colours("train")), 50)
        for expected in ("left out: 00.jpg: ", "left out: 01.png: ", "left out: 02.png: ",
                         "3 pictures could not be read", "left out: 2 .heic, 1 .txt",
                         "50 pictures to train on, 2 held out"):
            self.assertIn(expected, printed)
        self.assertNotIn("03.png", printed)

    def test_a_panorama_too_large_is_left_out(self) -> None:
        self.put("0.png")
        self.put("1.png", size=(100, 50))
        self.put("2.png", "red")
        with mock.patch.object(Image, "MAX_IMAGE_PIXELS", 2_000):
            printed = self.prepare()
        self.assertIn("left out: 1.png: ", printed)
        self.assertEqual(self.colours("train"), [(255, 0, 0)])

    def test_nothing_but_other_kinds_ends_with_a_reason(self) -> None:
        (self.source / "a.heic").touch()
        with self.assertRaisesRegex(SystemExit, "^0 pictures could be read"):
            self.prepare()


class TrainedTest(RecipeTest):
    """Trains a tiny network on noise of several contrasts."""

    def setUp(self) -> None:
        super().setUp()
        self.data, self.run_folder = self.folder / "data", self.folder / "run"
        self.data.mkdir()
        random = np.random.default_rng(0)
        for kind, count in (("train", 6), ("heldout", 5)):
            np.save(self.data / f"{kind}.npy", np.stack([
                random.integers(0, 40 * (index + 1), (128, 128, 3), np.uint8)
                for index in range(count)]))
        for number in (signal.SIGINT, signal.SIGTERM):
            self.addCleanup(signal.signal, number, signal.getsignal(number))
        patch = mock.patch("trainer.UNetConfig", lambda: TINY)
        patch.start()
        self.addCleanup(patch.stop)

    def arguments(self, images: int, *more: object) -> list[object]:
        return [self.data, self.run_folder, "--images", images, "--batch", 4, "--grid-steps", 1,
                *more]

    def train(self, images: int, *more: object) -> str:
        return call(train, *self.arguments(images, *more))

    def rows(self) -> list[dict[str, str]]:
        with (self.run_folder / "loss.csv").open(newline="", encoding="utf-8") as stream:
            return list(csv.DictReader(stream))

    def seen(self, column: str) -> list[int]:
        """After how many pictures loss.csv has something in a column."""
        return [int(row["seen"]) for row in self.rows() if row[column]]

    def checkpoint(self) -> dict[str, object]:
        return torch.load(self.run_folder / "checkpoint.pt", map_location="cpu")


class TrainTest(TrainedTest):
    def test_a_run_is_checked_by_pictures_and_goes_on(self) -> None:
        first = self.train(12, "--check-every", 8)
        self.assertRegex(first, r"^start: step 0, 0 pictures seen; on .*, (bfloat16|float32)\n")
        self.assertEqual(self.seen("held_out_loss"), [0, 8, 12])
        second = self.train(20, "--check-every", 8)
        self.assertTrue(second.startswith("start: step 3, 12 pictures seen"))
        self.assertEqual(self.seen("held_out_loss"), [0, 8, 12, 16, 20])
        self.assertEqual(self.seen("loss"), [8, 12, 16, 20])
        self.assertEqual(self.seen("images_per_s"), self.seen("loss"))
        grids = sorted(path.stem for path in self.run_folder.glob("samples-*.png"))
        self.assertEqual(grids, [f"samples-{seen:07d}" for seen in (0, 8, 12, 16, 20)])
        self.assertEqual(
            self.checkpoint()["progress"], {"step": 5, "seen": 20, "seen_before": 0})

    def test_losses_are_logged_before_every_save(self) -> None:
        self.train(12, "--save-minutes", 0)
        self.assertEqual(self.seen("loss"), [4, 8, 12])
        self.assertEqual(self.seen("held_out_loss"), [0, 12])

    def test_a_checkpoint_that_is_open_elsewhere_ends_no_run(self) -> None:
        refusal = PermissionError("open elsewhere")
        answers = [refusal, mock.DEFAULT, refusal, mock.DEFAULT]
        with mock.patch.object(os, "replace", wraps=os.replace, side_effect=answers), \
                mock.patch("time.sleep"):
            printed = self.train(12, "--save-minutes", 0)
        self.assertEqual(printed.count("not saved, the next save tries again: open elsewhere"), 1)
        self.assertEqual(self.checkpoint()["progress"]["seen"], 12)

    def test_lines_wait_while_the_table_is_open_elsewhere(self) -> None:
        with command_line(*self.arguments(4)):
            trainer = Trainer(train.parse_options())
        table = self.run_folder / "loss.csv"
        table.mkdir(parents=True)
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            trainer.log(loss=0.25)
            table.rmdir()
            trainer.log(loss=0.5)
            trainer.log(loss=0.75)
        self.assertIn("loss 0.25000\nnot in loss.csv yet: ", printed.getvalue())
        self.assertEqual([float(row["loss"]) for row in self.rows()], [0.25, 0.5, 0.75])


class ModelTest(TrainedTest):
    def setUp(self) -> None:
        super().setUp()
        self.train(4)
        self.model = self.folder / "mine"

    def export(self, *arguments: object) -> dict[str, object]:
        """Exports the run; returns what the model says of itself."""
        call(export, self.run_folder / "checkpoint.pt", self.model, *arguments)
        return json.loads((self.model / "studio.json").read_text(encoding="utf-8"))

    def test_only_flowers_128_has_the_card_of_flowers_128(self) -> None:
        for arguments, name in ((), "mine"), (("--name", "Cats"), "Cats"):
            card = self.export(*arguments)
            self.assertEqual(card["name"], name)
            self.assertEqual([card[key] for key in export.CARD], ["", "", ""])
            self.assertNotIn("suggested", card)
        card = self.export("--name", "Cats", "--licence", "CC0-1.0", "--suggested", '{"gain": 2}')
        self.assertEqual((card["licence"], card["attribution"]), ("CC0-1.0", ""))
        self.assertEqual(card["suggested"], {"gain": 2})
        card = self.export("--name", "Flowers 128")
        self.assertEqual({key: card[key] for key in export.CARD}, export.CARD)
        self.assertEqual(card["suggested"], export.SUGGESTED)

    def test_the_average_is_exported_as_float16(self) -> None:
        card = self.export()
        weights = self.model / "unet" / WEIGHTS
        self.assertEqual(card["imagesSeen"], 4)
        self.assertEqual(card["sha256"][f"unet/{WEIGHTS}"], sha256_of(weights))
        average = self.checkpoint()["ema"]["0.9995"]
        stored = read_weights(weights)
        self.assertEqual(stored.keys(), average.keys())
        for name, value in stored.items():
            self.assertTrue(torch.equal(value, average[name].half()), name)

    def test_round_trips_go_through_pictures_from_all_over_the_set(self) -> None:
        self.export()
        measures = self.folder / "measures.json"
        call(evaluate, self.model, self.data, measures, "--samples", 0, "--trips", 2,
             "--trip-steps", 2)
        trip = json.loads(measures.read_text(encoding="utf-8"))["round_trip"][0]
        pictures = to_signed(load_bytes(self.data / "heldout.npy"))[[0, 2]]
        network = load_network(self.model, torch.device("cpu"))
        psnr, spread = evaluate.round_trip(
            network, Schedule(), pictures, 2, 2, evaluate.MORPH_LEVEL)
        self.assertEqual(trip["pictures"], 2)
        self.assertAlmostEqual(trip["psnr_db"], psnr, places=1)
        self.assertAlmostEqual(trip["noise_std"], spread, places=3)


class SampleTest(unittest.TestCase):
    def test_a_sample_depends_on_seed_and_number_alone(self) -> None:
        for eta in 0.0, 1.0:
            three, five = (
                sample.draw_samples(lambda x, t: 0.5 * x, Schedule(), count, 4, 7, batch, eta)
                for count, batch in ((3, 3), (5, 2)))
            self.assertTrue(torch.equal(three, five[:3]))
            self.assertFalse(torch.equal(five[0], five[1]))

    def test_with_all_noise_drawn_anew_a_sample_keeps_its_spread_and_forgets_its_beginning(
            self) -> None:
        # Of pictures that are normal noise themselves the best network predicts v = 0, and
        # DDPM's samples are as much like what they began with as noise is like its picture.
        random = torch.Generator().manual_seed(0)
        noise = torch.randn((1, 48, 32, 32), generator=random)
        kept = []
        for eta in 0.0, 1.0:
            drawn = ddim_decode(
                lambda x, t: torch.zeros_like(x), Schedule(), noise, 200, None, eta=eta,
                fresh=lambda: torch.randn(noise.shape, generator=random))
            self.assertAlmostEqual(float(drawn.std()), 1.0, delta=0.03)
            kept.append(float((drawn * noise).mean()))
        self.assertAlmostEqual(kept[0], 1.0, delta=0.03)
        self.assertAlmostEqual(kept[1], 0.0, delta=0.03)


class GuidedSampleTest(RecipeTest):
    def test_guidance_goes_past_the_good_network_between_its_levels_only(self) -> None:
        slope = torch.linspace(-1.0, 1.0, 4)[:, None].expand(3, 1, 4, 4)
        guidance = Guidance(lambda x, t: slope + 1.0, lambda x, t: torch.zeros_like(x), 2.0, 200, 480)
        guided = guidance(torch.zeros(3, 1, 4, 4), torch.tensor([200, 300, 480]))
        expected = torch.stack([slope[0] + 1.0, 3.0 * slope[1] + 1.0, slope[2] + 1.0])
        torch.testing.assert_close(guided, expected)

    def test_samples_follow_their_guide_where_it_guides_and_the_temperature(self) -> None:
        torch.manual_seed(0)
        good, weak = self.folder / "good", self.folder / "weak"
        for folder in good, weak:
            export.write_model(folder, TINY, {
                name: values + 0.05 * torch.randn_like(values)
                for name, values in UNet(TINY).state_dict().items()})

        def drawn(*more: object) -> str:
            grid = self.folder / "grid.png"
            call(sample, good, grid, "--count", 1, "--columns", 1, "--steps", 4, *more)
            return sha256_of(grid)

        alone = drawn()
        guided = ("--guide", weak / "unet" / WEIGHTS)
        self.assertEqual(drawn("--guide", good / "unet" / WEIGHTS), alone)
        self.assertEqual(drawn(*guided, "--guide-above", 999), alone)
        self.assertEqual(drawn(*guided, "--guide-below", 0), alone)
        self.assertNotEqual(drawn(*guided), alone)
        self.assertNotEqual(drawn(*guided), drawn(*guided, "--guidance", 2))
        self.assertNotEqual(drawn("--temperature", 0.9), alone)


class EvenlySpacedTest(unittest.TestCase):
    def test_a_small_set_stays_and_a_large_one_is_thinned(self) -> None:
        everything = torch.arange(74)
        self.assertEqual(evenly_spaced(everything, 128).tolist(), list(range(74)))
        self.assertEqual(evenly_spaced(everything, 74).tolist(), list(range(74)))
        self.assertEqual(evenly_spaced(everything, 4).tolist(), [0, 18, 37, 55])


if __name__ == "__main__":
    unittest.main()
