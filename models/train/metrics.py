"""The few metrics of the card, on arrays [N, tasks]."""
import numpy as np


def auc(labels, scores):
    """Area under the ROC curve: the probability that a positive outranks a negative, ties counted half."""
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    _, where, count = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.bincount(where, ranks) / count)[where]
    positives = labels.sum()
    negatives = len(labels) - positives
    return (ranks[labels == 1].sum() - positives * (positives + 1) / 2) / (positives * negatives)


def f1(labels, predicted):
    """2TP / (2TP + FP + FN)."""
    hits = np.sum((labels == 1) & predicted)
    return 2 * hits / max(labels.sum() + predicted.sum(), 1)


def best_threshold(labels, probabilities):
    """The probability that, as the lowest one called positive, maximises F1; halfway to the next lower one."""
    order = np.argsort(-probabilities, kind="stable")
    hits = np.cumsum(labels[order])
    scores = 2 * hits / (np.arange(1, len(labels) + 1) + labels.sum())
    best = int(np.argmax(scores))
    below = probabilities[order[min(best + 1, len(labels) - 1)]]
    return float((probabilities[order[best]] + below) / 2)
