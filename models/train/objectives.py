"""What each kind of output is trained for, and how well it does on subjects it has not seen."""
import numpy as np
import tensorflow as tf

import metrics

# Set apart from the data set's names, which speak of what the renderer knows.
ARRAYS = {"occurrence": "labels", "intensity": "intensities", "landmarks": "landmarks", "pose": "poses", "parts": "parts"}
CELL = 2 / 64                # two pixels, in parts of the side: the unit in which landmarks are judged
DEGREES = 5.0


def targets(arrays, outputs):
    """The arrays that a network with these outputs learns from, by kind."""
    kinds = {output.kind for output in outputs}
    return {kind: arrays[ARRAYS[kind]].astype(np.uint8 if kind == "parts" else np.float32) for kind in sorted(kinds)}


def own(target, output):
    """The part of a target [N, ...] that one output speaks of, shaped as that output."""
    if output.units:
        return target[:, output.columns()]
    return target.reshape(len(target), -1) if output.kind == "landmarks" else target


def loss(output, target, answer):
    """Scalar; about 1 for a network that knows nothing."""
    if output.units:
        target = tf.gather(target, output.columns(), axis=1)
    if output.kind == "occurrence":
        return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(target, answer))
    if output.kind == "intensity":
        return 0.5 * tf.reduce_mean(tf.square(target - answer))
    if output.kind == "landmarks":
        return tf.reduce_mean(tf.abs(tf.reshape(target, tf.shape(answer)) - answer)) / CELL
    if output.kind == "pose":
        return tf.reduce_mean(tf.abs(target - answer)) / DEGREES
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(tf.cast(target, tf.int32), answer))


def scores(output, target, answer):
    """For each task of an output a number of which larger is better: AUC, ICC(3,1) or a share."""
    target = own(target, output)
    if output.kind == "occurrence":
        return [metrics.auc(target[:, t], answer[:, t]) for t in range(target.shape[1])]
    if output.kind == "intensity":
        return [metrics.icc(target[:, t], answer[:, t]) for t in range(target.shape[1])]
    if output.kind == "landmarks":
        return [1 - np.abs(target - answer).mean() / CELL]
    if output.kind == "pose":
        return [1 - np.abs(target - answer).mean() / DEGREES]
    return metrics.overlap(target, answer.argmax(axis=-1), answer.shape[-1])
