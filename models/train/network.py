"""The networks that share one trunk. A network is that trunk and heads; a head is a group of tasks.

Only operators that every TFLite runtime for microcontrollers has are used, and every convolution is followed by
BatchNorm alone, so that the converter folds it away.
"""
import keras
import numpy as np
from keras import layers

import facs

UPPER = ("AU01", "AU02", "AU04", "AU06", "AU07")
LOWER = ("AU10", "AU12", "AU14", "AU15", "AU17", "AU23", "AU24")
UPPER_DISFA, LOWER_DISFA = ("AU01", "AU02", "AU04", "AU06", "AU09"), ("AU12", "AU25", "AU26")
RATES = dict(zip(facs.TASKS, facs.PROFILES["bp4d"]))


def trunk(image):
    """A depthwise-separable trunk: [N, 64, 64, 1] to [N, 4, 4, 192], and what it holds on the way, by block."""
    taps = {"stem": conv(image, 16, 3, 2, name="stem")}
    taps["block1"] = _separable(taps["stem"], 24, name="block1")
    taps["block2"] = _separable(taps["block1"], 48, stride=2, name="block2")
    taps["block3"] = _residual(taps["block2"], name="block3")
    taps["block4"] = _separable(taps["block3"], 96, stride=2, name="block4")
    taps["block5"] = _residual(taps["block4"], name="block5")
    taps["block6"] = _residual(taps["block5"], name="block6")
    taps["block7"] = _separable(taps["block6"], 192, stride=2, name="block7")
    taps["block8"] = _residual(taps["block7"], name="block8")
    return taps


def au12(size=64):
    """Occurrence of the twelve of BP4D: an upper-face and a lower-face head.

    The heads do not average the last map: where on the face something moved is most of what an Action Unit is.
    A depthwise convolution as large as the map learns one place mask a channel, which costs as little as pooling.
    """
    image = keras.Input((size, size, 1), batch_size=None, name="image")
    x = trunk(image)["block8"]
    return keras.Model(image, {"upper_logits": occurrence(head(x, 64, "upper"), UPPER, "upper"),
                               "lower_logits": occurrence(head(x, 64, "lower"), LOWER, "lower")}, name="au12")


def au8(size=64):
    """Occurrence and intensity, 0 to 5, of the eight of DISFA. Both read the same hidden units."""
    image = keras.Input((size, size, 1), batch_size=None, name="image")
    x = trunk(image)["block8"]
    outputs = {}
    for name, tasks in (("upper", UPPER_DISFA), ("lower", LOWER_DISFA)):
        hidden = head(x, 48, name)
        outputs[name + "_logits"] = occurrence(hidden, tasks, name)
        outputs[name + "_intensity"] = layers.Dense(len(tasks), bias_initializer=keras.initializers.Constant(1.0),
                                                    name=name + "_intensity")(hidden)
    return keras.Model(image, outputs, name="au8")


def conv(x, filters, kernel, stride=1, *, name):
    """Convolution, BatchNorm, ReLU."""
    x = layers.Conv2D(filters, kernel, stride, padding="same", use_bias=False, kernel_initializer="he_normal",
                      name=name)(x)
    return _normalise_relu(x, name)


def depthwise(x, kernel, stride=1, padding="same", *, name):
    """Depthwise convolution, BatchNorm, ReLU."""
    x = layers.DepthwiseConv2D(kernel, stride, padding=padding, use_bias=False, depthwise_initializer="he_normal",
                               name=name)(x)
    return _normalise_relu(x, name)


def _normalise_relu(x, name):
    return layers.ReLU(name=name + "_relu")(layers.BatchNormalization(momentum=0.95, name=name + "_norm")(x))


def _separable(x, filters, stride=1, *, name):
    return conv(depthwise(x, 3, stride, name=name + "_depthwise"), filters, 1, name=name + "_pointwise")


def _residual(x, *, name):
    return layers.Add(name=name + "_add")([x, _separable(x, x.shape[-1], name=name)])


def head(x, hidden, name):
    """Place masks and hidden units: what the outputs of one group of tasks read."""
    x = depthwise(x, x.shape[1], padding="valid", name=name + "_place")
    x = layers.Flatten(name=name + "_flat")(x)
    x = layers.Dropout(0.2, name=name + "_dropout")(x)
    return layers.Dense(hidden, activation="relu", kernel_initializer="he_normal", name=name + "_hidden")(x)


def occurrence(hidden, tasks, name):
    rates = np.array([RATES[task] for task in tasks])
    # Starting at the base rates spares the first epoch, and rare tasks from being drowned in it.
    prior = keras.initializers.Constant(np.log(rates / (1 - rates)))
    return layers.Dense(len(tasks), bias_initializer=prior, kernel_initializer="glorot_uniform",
                        name=name + "_logits")(hidden)
