# SPDX-License-Identifier: Apache-2.0
"""Scores, labels and what scikit-learn makes of them: the yardstick of our metrics.

python3 -m venv venv && venv/bin/pip install scikit-learn==1.6.1 numpy==2.1.3
venv/bin/python test-fixtures/metrics/make.py
"""

import json
import pathlib

import numpy as np
from sklearn import metrics

generator = np.random.default_rng(20)
cases = []


def case(name, scores, labels, threshold):
    answers = scores >= threshold
    cases.append(
        {
            "name": name,
            "scores": [float(s) for s in scores],
            "labels": [int(label) for label in labels],
            "threshold": threshold,
            "auc": float(metrics.roc_auc_score(labels, scores)),
            "average_precision": float(metrics.average_precision_score(labels, scores)),
            "f1": float(metrics.f1_score(labels, answers, zero_division=0)),
            "accuracy": float(metrics.accuracy_score(labels, answers)),
            "positive_rate": float(answers.mean()),
        }
    )


for rate in (0.05, 0.3, 0.7):
    labels = (generator.random(300) < rate).astype(int)
    logits = np.round(generator.normal(2.0 * labels - 1.0), 6)
    case(f"continuous, {rate:.0%} positive", logits, labels, 0.0)
    codes = np.clip(np.round(logits * 3), -128, 127)
    case(f"many ties, {rate:.0%} positive", codes, labels, 1.0)
labels = np.array([0, 1] * 10)
case("all scores equal", np.zeros(20), labels, 0.0)
case("perfect", labels * 2.0 - 1.0, labels, 0.5)
case("upside down", 1.0 - labels, labels, 0.5)
case("both zeros", np.array([0.0, -0.0, 1.0, -1.0]), np.array([1, 0, 1, 0]), 0.0)
case("no positive answer", np.array([0.1, 0.2, 0.3]), np.array([0, 1, 1]), 1.0)

path = pathlib.Path(__file__).with_name("binary.json")
path.write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")
