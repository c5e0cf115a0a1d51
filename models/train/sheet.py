"""Contact sheet: look at the data before training on it.

    python sheet.py --ict ict_pack.npz --out sheet.png

Above, a row a person and a column an Action Unit at intensity 5, the neutral face first. Below, a row a person,
as the data set draws them.
"""
import argparse

import numpy as np
from PIL import Image, ImageDraw

import facs
from render import Renderer, View

PEOPLE = 4


def units(renderer, rng):
    rows = []
    for _ in range(PEOPLE):
        person = renderer.person(rng)
        weights = [{}] + [facs.shapes(unit, 1.0) for unit in facs.TASKS]
        rows.append([renderer.image(person, each, View.plain(), rng) for each in weights])
    return rows


def drawn(renderer, rng):
    rows = []
    for _ in range(PEOPLE):
        person, habit = renderer.person(rng), facs.draw_habit(rng)
        rows.append([renderer.image(person, facs.draw(rng, habit).weights, View.draw(rng), rng)
                     for _ in range(len(facs.TASKS) + 1)])
    return rows


def save(path, rows, zoom=1):
    """Tiles the images below 14 pixels of column titles."""
    grid = np.concatenate([np.concatenate(row, axis=1) for row in rows])
    grid = grid.repeat(zoom, axis=0).repeat(zoom, axis=1)
    sheet = Image.new("L", (grid.shape[1], grid.shape[0] + 14), 255)
    sheet.paste(Image.fromarray(grid), (0, 14))
    titles = ("neutral",) + facs.TASKS
    for i, title in enumerate(titles):
        ImageDraw.Draw(sheet).text((i * grid.shape[1] // len(titles) + 4, 1), title, fill=0)
    sheet.save(path, optimize=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ict", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--zoom", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    renderer, rng = Renderer(args.ict, args.size), np.random.default_rng(args.seed)
    save(args.out, units(renderer, rng) + drawn(renderer, rng), args.zoom)


if __name__ == "__main__":
    main()
