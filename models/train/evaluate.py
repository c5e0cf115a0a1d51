"""Per-task table of a shipped network on the test subjects, from the .tflite and the files beside it alone.

    python evaluate.py ../au12-mobile
    python evaluate.py ../au12-mobile --card        also writes the table and the checksums into README.md
"""
import argparse
from pathlib import Path

import numpy as np
import yaml

import card
import export
import metrics
import paint

SETS = Path("..") / "data"


def occurrence(task, truth, answer):
    score = 1 / (1 + np.exp(-answer.astype(np.float64)))
    rate = truth.mean()
    return (f"| {task['name']} | {100 * rate:.1f} | {task['threshold']:.3f} | "
            f"{metrics.f1(truth, score >= task['threshold']):.3f} | {metrics.f1(truth, score >= 0.5):.3f} | "
            f"{2 * rate / (1 + rate):.3f} | {metrics.auc(truth, score):.3f} |")


def intensity(task, truth, answer):
    return (f"| {task['name']} | {truth.mean():.2f} | {metrics.icc(truth, answer):.3f} | {metrics.mae(truth, answer):.3f} | "
            f"{metrics.mae(truth, np.full(len(truth), np.median(truth))):.3f} |")


def others(task, truth, answer, images):
    """Lines about what is neither: landmarks in pixels, pose in degrees, parts as overlap."""
    if task["kind"] == "classes":
        shares = metrics.overlap(truth, answer.argmax(axis=-1), answer.shape[-1])
        right = (truth == answer.argmax(axis=-1)).mean()
        lines = [f"| {task['name']}: {part} | intersection over union | {share:.3f} |" for part, share in zip(paint.PARTS, shares)]
        return lines + [f"| {task['name']} | share of cells that are right | {right:.3f} |"]
    if task["name"] == "landmarks":
        away = (answer - truth).reshape(len(truth), -1, 2) * images.shape[1]
        return [f"| landmarks | mean distance in pixels | {np.linalg.norm(away, axis=-1).mean():.3f} |"]
    return [f"| {task['name']}: {angle} | mean absolute error in degrees, and of \"always the mean\" | "
            f"{metrics.mae(truth[:, i], answer[:, i]):.2f}, {np.abs(truth[:, i] - truth[:, i].mean()).mean():.2f} |"
            for i, angle in enumerate(export.POSE)]


HEADS = {"occurrence": ["| Task | Base rate % | Threshold | F1 | F1 at 0.5 | F1 of \"always\" | AUC |", "|---|---|---|---|---|---|---|"],
         "intensity": ["| Task | Mean | ICC(3,1) | MAE | MAE of \"always the median\" |", "|---|---|---|---|---|"],
         "other": ["| Task | Measure | |", "|---|---|---|"]}


def evaluate(folder, sets):
    """The tables as Markdown."""
    folder, tables = Path(folder), {}
    meaning = yaml.safe_load((folder / "tasks.yaml").read_text())
    with np.load(Path(sets) / "test.npz") as file:
        data = {name: file[name] for name in file.files}
    names = list(data["tasks"])
    answers = export.Runner((folder / f"{meaning['model']}.tflite").read_bytes()).answers(data["images"])
    for task in meaning["tasks"]:
        answer, kind = answers[task["output"]], task["kind"]
        if kind in ("occurrence", "intensity"):
            truth = data["labels"][:, names.index(task["name"])]
            line = {"occurrence": occurrence, "intensity": intensity}[kind](task, truth, answer[:, task["channel"]])
            tables.setdefault(kind, []).append(line)
        else:
            tables.setdefault("other", []).extend(others(task, data["labels_" + task["name"]], answer, data["images"]))
    lines = [f"{len(data['images'])} images of {len(np.unique(data['subjects']))} subjects, none of them seen in training "
             "or threshold selection."]
    for kind, rows in tables.items():
        lines += ["", *HEADS[kind], *rows, *mean_of(kind, rows)]
    return "\n".join(lines)


def mean_of(kind, rows):
    if kind == "other":
        return []
    values = np.array([[float(cell) for cell in row.strip("| ").split(" | ")[1:]] for row in rows]).mean(axis=0)
    if kind == "occurrence":
        return ["| mean | | | " + " | ".join(f"{value:.3f}" for value in values[2:]) + " |"]
    return [f"| mean | {values[0]:.2f} | " + " | ".join(f"{value:.3f}" for value in values[1:]) + " |"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--sets", default=SETS, help="folder of test.npz")
    parser.add_argument("--card", action="store_true")
    args = parser.parse_args()
    result = evaluate(args.folder, args.sets)
    print(result)
    if args.card:
        path = Path(args.folder) / "README.md"
        text = card.fill(path.read_text(), "table", result)
        path.write_text(card.fill(text, "checksums", card.checksums(args.folder)))


if __name__ == "__main__":
    main()
