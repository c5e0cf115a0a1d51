"""Renders "ICT-synthetic AU": four sets of faces whose subjects never meet.

    python dataset.py --ict ict_pack.npz --out data

Every subject has a random stream of its own, so a set can grow, or be rendered by any number of processes, without
changing a single image that was there before.
"""
import argparse
from multiprocessing import Pool
from pathlib import Path

import numpy as np

import facs
from render import Renderer, View

# name: (first subject, subjects, images a subject)
SPLITS = {
    "train": (0, 600, 30),
    "validation": (10_000, 64, 20),
    "calibration": (20_000, 64, 5),
    "test": (30_000, 80, 10),
}
NOISE_STREAM = 99            # coders err independently of what is rendered
_renderer = None


def _start(pack, size):
    global _renderer
    _renderer = Renderer(pack, size)


def _subject(task):
    """All images of one subject with what is known about them, a list of columns."""
    seed, subject, count, profile = task
    rng = np.random.default_rng([seed, subject])
    person, habit = _renderer.person(rng), facs.draw_habit(rng)
    rows = []
    for _ in range(count):
        expression, view = facs.draw(rng, habit, profile), View.draw(rng)
        picture = _renderer.picture(person, expression.weights, view, rng)
        rows.append((picture.image, expression.strength, picture.landmarks, picture.pose, picture.parts))
    return [np.array(column) for column in zip(*rows)]


def render(pool, seed, profile, first, subjects, count):
    """One set as arrays; images of a subject are neighbours. `labels` and `intensities` are without error."""
    numbers = range(first, first + subjects)
    columns = pool.map(_subject, [(seed, subject, count, profile) for subject in numbers], chunksize=4)
    images, strengths, landmarks, poses, parts = (np.concatenate(column) for column in zip(*columns))
    return {"images": images, "strengths": strengths.astype(np.float32), "landmarks": landmarks.astype(np.float32),
            "poses": poses.astype(np.float32), "parts": parts,
            "labels": (strengths >= facs.LEVEL_B).astype(np.int8),
            "intensities": np.digitize(strengths, facs.LEVELS).astype(np.int8),
            "subjects": np.repeat(np.array(numbers, np.int32), count), "tasks": np.array(facs.TASKS)}


def with_errors(arrays, rate, seed=2024):
    """The same set, labelled by coders who err in this share of all labels, mostly near the boundary."""
    if rate == 0:
        return arrays
    flips = facs.flip(np.random.default_rng([seed, NOISE_STREAM]), arrays["strengths"], rate)
    return arrays | {"labels": arrays["labels"] ^ flips, "intensities": facs.misread(arrays["intensities"], flips)}


def load(folder, name):
    """A set as a dict of arrays."""
    with np.load(Path(folder) / f"{name}.npz") as file:
        return {key: file[key] for key in file.files}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ict", required=True, help="ict_pack.npz, see pack_ict.py")
    parser.add_argument("--out", default="data")
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--profile", default="bp4d", choices=facs.PROFILES, help="base rates")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", nargs="*", choices=SPLITS, default=list(SPLITS))
    args = parser.parse_args()
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    with Pool(args.processes, _start, (args.ict, args.size)) as pool:
        for name in args.only:
            arrays = render(pool, args.seed, args.profile, *SPLITS[name])
            np.savez(out / f"{name}.npz", **arrays)
            rates = " ".join(f"{100 * rate:.0f}" for rate in arrays["labels"].mean(axis=0))
            print(f"{name}: {len(arrays['images'])} images, base rates in %: {rates}")


if __name__ == "__main__":
    main()
