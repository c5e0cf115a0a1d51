# SPDX-License-Identifier: Apache-2.0
"""Frames of several subjects, draws of the subjects, and what scikit-learn, pingouin and SciPy make of them.

python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1 pingouin==0.7.0 statsmodels==0.15.0
venv/bin/python test-fixtures/metrics/make_subjects.py
"""

import json
import pathlib

import numpy as np
import pandas
import pingouin
from sklearn import metrics
from statsmodels.stats.contingency_tables import mcnemar

generator = np.random.default_rng(31)


def f1_norm(labels, answers):
    """F1 with positive frames weighted so that both classes weigh the same (Jeni et al. 2013)."""
    positives = labels.sum()
    weights = np.where(labels == 1, (len(labels) - positives) / positives, 1.0)
    return metrics.f1_score(labels, answers, sample_weight=weights, zero_division=0)


def icc(values, labels):
    frame = pandas.DataFrame(
        {
            "frame": np.tile(np.arange(len(values)), 2),
            "rater": np.repeat(["network", "coder"], len(values)),
            "grade": np.concatenate([values, labels]),
        }
    )
    table = pingouin.intraclass_corr(frame, "frame", "rater", "grade")
    return float(table[table["Type"].isin(["ICC3", "ICC(C,1)"])]["ICC"].iloc[0])


def figures(case, frames):
    scores, labels = case["scores"][frames], case["labels"][frames]
    answers = (scores >= case["threshold"]).astype(int)
    values, grades = case["values"][frames], case["grades"][frames]
    return {
        "f1": metrics.f1_score(labels, answers, zero_division=0),
        "f1_norm": f1_norm(labels, answers),
        "auc": metrics.roc_auc_score(labels, scores),
        "average_precision": metrics.average_precision_score(labels, scores),
        "accuracy": metrics.accuracy_score(labels, answers),
        "icc": icc(values, grades),
        "mae": metrics.mean_absolute_error(grades, values),
        "rmse": metrics.root_mean_squared_error(grades, values),
    }


def make(name, subjects, frames, rounding):
    subject = generator.integers(0, subjects, frames)
    offset = generator.normal(size=subjects)[subject]
    labels = (generator.random(frames) < 0.3).astype(int)
    grades = generator.integers(0, 6, frames)
    case = {
        "subject": subject,
        "labels": labels,
        "scores": np.round(generator.normal(2 * labels - 1) + offset, rounding),
        "threshold": 0.25,
        "grades": grades,
        "values": np.round(0.6 * grades + generator.normal(size=frames) + 0.3 * offset, 3),
    }
    draws = [np.ones(subjects, int)]
    draws += [np.bincount(generator.integers(0, subjects, subjects), minlength=subjects) for _ in range(4)]
    plain = {key: value.tolist() if isinstance(value, np.ndarray) else value for key, value in case.items()}
    expected = [
        {"times": times.tolist()} | figures(case, np.repeat(np.arange(frames), times[subject])) for times in draws
    ]
    return {"name": name} | plain | {"draws": expected}


pairs = [(0, 0), (1, 0), (3, 3), (10, 2), (40, 61), (700, 590), (1500, 1500)]
numbers = np.round(generator.normal(size=101), 4)
fixture = {
    "cases": [make("fine scores", 7, 160, 4), make("many ties", 5, 160, 0)],
    "mcnemar": [
        {"first": a, "second": b, "p": float(mcnemar([[0, a], [b, 0]], exact=True).pvalue) if a + b else 1.0}
        for a, b in pairs
    ],
    "percentiles": {
        "values": numbers.tolist(),
        "low": float(np.percentile(numbers, 2.5)),
        "high": float(np.percentile(numbers, 97.5)),
    },
}
pathlib.Path(__file__).with_name("subjects.json").write_text(json.dumps(fixture) + "\n")
