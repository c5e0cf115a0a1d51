"""Per-task table of a shipped network on its test subjects, from the .tflite and the files beside it alone.

    python evaluate.py ../au12-mobile
    python evaluate.py ../au12-mobile --card        also writes the table and the checksums into README.md
"""
import argparse
import hashlib
import re
from pathlib import Path

import numpy as np
import yaml

import export
import metrics

FILES = ("au12.tflite", "tasks.yaml", "calibration.npz", "test.npz")


def evaluate(folder):
    """Rows of (task, base rate, threshold, F1, F1 at 0.5, F1 of always yes, AUC) and their means."""
    folder = Path(folder)
    meaning = yaml.safe_load((folder / "tasks.yaml").read_text())["tasks"]
    with np.load(folder / "test.npz") as data:
        images, labels, names, subjects = data["images"], data["labels"], list(data["tasks"]), data["subjects"]
    runner = export.Runner((folder / "au12.tflite").read_bytes())
    columns = {}
    for task in meaning:        # channels of one output are listed in order
        columns.setdefault(task["output"], []).append(names.index(task["name"]))
    probabilities = 1 / (1 + np.exp(-runner.logits(images, columns).astype(np.float64)))
    rows = []
    for task in meaning:
        column = names.index(task["name"])
        truth, score = labels[:, column], probabilities[:, column]
        rate = truth.mean()
        rows.append((task["name"], rate, task["threshold"], metrics.f1(truth, score >= task["threshold"]),
                     metrics.f1(truth, score >= 0.5), 2 * rate / (1 + rate), metrics.auc(truth, score)))
    return rows, len(images), len(np.unique(subjects))


def table(rows, images, subjects):
    """The rows as Markdown."""
    lines = [f"{images} images of {subjects} subjects, none of them seen in training or threshold selection.", "",
             "| Task | Base rate % | Threshold | F1 | F1 at 0.5 | F1 of \"always\" | AUC |", "|---|---|---|---|---|---|---|"]
    for name, rate, threshold, *scores in rows:
        lines.append(f"| {name} | {100 * rate:.1f} | {threshold:.3f} | " + " | ".join(f"{s:.3f}" for s in scores) + " |")
    means = np.mean([row[3:] for row in rows], axis=0)
    lines.append("| mean | | | " + " | ".join(f"{mean:.3f}" for mean in means) + " |")
    return "\n".join(lines)


def checksums(folder):
    lines = ["| File | Bytes | SHA-256 |", "|---|---|---|"]
    for name in FILES:
        content = (Path(folder) / name).read_bytes()
        lines.append(f"| {name} | {len(content)} | `{hashlib.sha256(content).hexdigest()}` |")
    return "\n".join(lines)


def fill(text, name, content):
    """Replaces what stands between the markers of one section of the card."""
    pattern = rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)"
    if not re.search(pattern, text, flags=re.S):
        raise SystemExit(f"the card has no section {name}")
    return re.sub(pattern, lambda match: match[1] + content + "\n" + match[2], text, flags=re.S)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--card", action="store_true")
    args = parser.parse_args()
    result = table(*evaluate(args.folder))
    print(result)
    if args.card:
        card = Path(args.folder) / "README.md"
        text = fill(card.read_text(), "table", result)
        card.write_text(fill(text, "checksums", checksums(args.folder)))


if __name__ == "__main__":
    main()
