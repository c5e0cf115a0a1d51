"""What int8 costs a shipped network: writes `facsimile evaluate`'s table into its card.

    python quantized.py ../au12-mobile ../au8-intensity

Calibration and test data are those of au12-mobile, as for every network here. Needs the tool (../../facsimile) alone.
"""
import argparse
import json
import subprocess
from pathlib import Path

import yaml

from card import fill

HERE = Path(__file__).resolve().parent
FIGURES = {"f1": "F1", "auc": "AUC", "icc": "ICC(3,1)", "mae": "MAE", "accuracy": "accuracy"}
OF_KIND = {"occurrence": ("f1", "auc"), "intensity": ("icc", "mae"), "classes": ("accuracy",), "regression": ("mae",)}


def evaluation(folder):
    """The tool's answer, and the command that gives it, seen from the root of the repository."""
    name, root = folder.resolve().name, HERE.parent.parent
    model = yaml.safe_load((folder / "tasks.yaml").read_text())["model"]
    command = ["./facsimile", "evaluate", f"models/{name}/{model}.tflite", "--tasks", f"models/{name}/tasks.yaml",
               "--calibration", "models/au12-mobile/calibration.npz", "--data", "models/au12-mobile/test.npz"]
    answer = subprocess.run([*command, "--json"], cwd=root, check=True, stdout=subprocess.PIPE).stdout
    return json.loads(answer), " ".join(command)


def estimate(value, sign=""):
    """A figure and its interval."""
    number = lambda x: "-" if x is None else f"{x:{sign}.4f}" if sign else f"{x:.3f}"
    interval = "" if value.get("low") is None else f" [{number(value['low'])}, {number(value['high'])}]"
    return number(value["value"]) + interval


def row(task, name, figure):
    p = figure.get("pValue")
    return (f"| {task} | {FIGURES[name]} | {estimate(figure['floats'])} | {estimate(figure['integers'])} | "
            f"{estimate(figure['change'], '+')} | {'-' if p is None else f'{p:.3f}'} |")


def table(answer, command):
    lines = [f"{answer['examples']} images of {answer['people']} subjects; in brackets {100 * answer['confidence']:.0f} % "
             f"intervals over subjects, p paired. `{command}`", "",
             "| Task | Figure | float | int8 | change | p |", "|---|---|---|---|---|---|"]
    for task in answer["tasks"]:
        lines += [row(task["task"], name, task["figures"][name]) for name in OF_KIND[task["kind"]] if name in task["figures"]]
    lines += [row("mean of occurrences", name, answer["means"][name]) for name in ("f1", "auc") if name in answer["means"]]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    for folder in parser.parse_args().folders:
        card = folder / "README.md"
        result = table(*evaluation(folder))
        print(result)
        card.write_text(fill(card.read_text(), "quantized", result))


if __name__ == "__main__":
    main()
