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
    "train": (0, 640, 48),
    "validation": (10_000, 64, 30),
    "calibration": (20_000, 48, 8),
    "test": (30_000, 60, 20),
}
_renderer = None


def _start(pack, size):
    global _renderer
    _renderer = Renderer(pack, size)


def _subject(task):
    """All images of one subject: images, labels, intensities."""
    seed, subject, count = task
    rng = np.random.default_rng([seed, subject])
    person, habit = _renderer.person(rng), facs.draw_habit(rng)
    images, labels, intensities = [], [], []
    for _ in range(count):
        expression, view = facs.draw(rng, habit), View.draw(rng)
        images.append(_renderer.image(person, expression.weights, view, rng))
        labels.append(expression.labels)
        intensities.append(expression.intensity)
    return np.array(images), np.array(labels), np.array(intensities, np.float16)


def render(pool, seed, first, subjects, count):
    """One set as arrays; images of a subject are neighbours."""
    numbers = range(first, first + subjects)
    parts = pool.map(_subject, [(seed, subject, count) for subject in numbers], chunksize=4)
    images, labels, intensities = (np.concatenate(column) for column in zip(*parts))
    return {"images": images, "labels": labels, "intensities": intensities,
            "subjects": np.repeat(np.array(numbers, np.int32), count), "tasks": np.array(facs.TASKS)}


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
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", nargs="*", choices=SPLITS, default=list(SPLITS))
    args = parser.parse_args()
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    with Pool(args.processes, _start, (args.ict, args.size)) as pool:
        for name in args.only:
            arrays = render(pool, args.seed, *SPLITS[name])
            np.savez(out / f"{name}.npz", **arrays)
            rates = " ".join(f"{100 * rate:.0f}" for rate in arrays["labels"].mean(axis=0))
            print(f"{name}: {len(arrays['images'])} images, base rates in %: {rates}")


if __name__ == "__main__":
    main()
