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


def icc(labels, ratings):
    """ICC(3,1): consistency of single ratings of two fixed raters, the coder and the network (Shrout and Fleiss)."""
    table = np.stack([labels, ratings], axis=1).astype(np.float64)
    n, k = table.shape
    rows, columns, mean = table.mean(axis=1), table.mean(axis=0), table.mean()
    between = k * np.sum((rows - mean) ** 2) / (n - 1)
    error = np.sum((table - rows[:, None] - columns[None] + mean) ** 2) / ((n - 1) * (k - 1))
    return (between - error) / (between + (k - 1) * error)


def mae(labels, ratings):
    """Mean absolute error."""
    return float(np.abs(np.asarray(labels, np.float64) - ratings).mean())


def overlap(labels, predicted, classes):
    """Intersection over union of each class, over all pixels of all maps."""
    pairs = np.bincount(labels.astype(np.int64).ravel() * classes + predicted.ravel(), minlength=classes ** 2)
    pairs = pairs.reshape(classes, classes)
    hits = np.diag(pairs)
    return list(hits / np.maximum(pairs.sum(axis=0) + pairs.sum(axis=1) - hits, 1))
