"""The networks. A network is a shared trunk and heads; a head is a group of tasks with one output of logits.

Only operators that every TFLite runtime for microcontrollers has are used, and every convolution is followed by
BatchNorm alone, so that the converter folds it away.
"""
import keras
import numpy as np
from keras import layers

import facs

UPPER = ("AU01", "AU02", "AU04", "AU06", "AU07")
LOWER = ("AU10", "AU12", "AU14", "AU15", "AU17", "AU23", "AU24")


def au12_mobile(size=64):
    """127 k parameters: a depthwise-separable trunk, an upper-face and a lower-face head.

    The heads do not average the last map: where on the face something moved is most of what an Action Unit is.
    A depthwise convolution as large as the map learns one place mask a channel, which costs as little as pooling.
    """
    image = keras.Input((size, size, 1), batch_size=None, name="image")
    x = _conv(image, 16, 3, 2, name="stem")
    x = _separable(x, 24, name="block1")
    x = _separable(x, 48, stride=2, name="block2")
    x = _residual(x, name="block3")
    x = _separable(x, 96, stride=2, name="block4")
    x = _residual(x, name="block5")
    x = _residual(x, name="block6")
    x = _separable(x, 192, stride=2, name="block7")
    x = _residual(x, name="block8")
    return keras.Model(image, {"upper_logits": _head(x, UPPER, 64, "upper"),
                               "lower_logits": _head(x, LOWER, 64, "lower")}, name="au12")


NETWORKS = {"au12-mobile": (au12_mobile, {"upper_logits": UPPER, "lower_logits": LOWER})}


def columns(heads):
    """For each output, the columns of facs.TASKS it predicts."""
    return {output: [facs.TASKS.index(task) for task in tasks] for output, tasks in heads.items()}


def _conv(x, filters, kernel, stride=1, *, name):
    x = layers.Conv2D(filters, kernel, stride, padding="same", use_bias=False, kernel_initializer="he_normal",
                      name=name)(x)
    return _normalise_relu(x, name)


def _depthwise(x, kernel, stride=1, padding="same", *, name):
    x = layers.DepthwiseConv2D(kernel, stride, padding=padding, use_bias=False, depthwise_initializer="he_normal",
                               name=name)(x)
    return _normalise_relu(x, name)


def _normalise_relu(x, name):
    return layers.ReLU(name=name + "_relu")(layers.BatchNormalization(momentum=0.95, name=name + "_norm")(x))


def _separable(x, filters, stride=1, *, name):
    return _conv(_depthwise(x, 3, stride, name=name + "_depthwise"), filters, 1, name=name + "_pointwise")


def _residual(x, *, name):
    return layers.Add(name=name + "_add")([x, _separable(x, x.shape[-1], name=name)])


def _head(x, tasks, hidden, name):
    x = _depthwise(x, x.shape[1], padding="valid", name=name + "_place")
    x = layers.Flatten(name=name + "_flat")(x)
    x = layers.Dropout(0.2, name=name + "_dropout")(x)
    x = layers.Dense(hidden, activation="relu", kernel_initializer="he_normal", name=name + "_hidden")(x)
    rates = facs.BASE_RATES[[facs.TASKS.index(task) for task in tasks]]
    # Starting at the base rates spares the first epoch, and rare tasks from being drowned in it.
    prior = keras.initializers.Constant(np.log(rates / (1 - rates)))
    return layers.Dense(len(tasks), bias_initializer=prior, kernel_initializer="glorot_uniform",
                        name=name + "_logits")(x)
