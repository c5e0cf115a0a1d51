"""ubernet-mini: one trunk, tapped at several depths, for tasks of different kinds, after Kokkinos' UberNet.

Every task has a 1x1 convolution of its own at every tap it reads. What they say is fused: maps are enlarged to one
resolution, joined and mixed by a 1x1 convolution; vectors are joined and mixed by a fully connected layer.
"""
import keras
from keras import layers

import facs
import network
import paint

TAPS = ("block1", "block3", "block6", "block8")      # sides 32, 16, 8, 4
CLASSES = len(paint.PARTS)


def ubernet(size=64):
    """Occurrence of 15 Action Units, 68 landmarks, head pose and a map of face parts of half the image's side."""
    image = keras.Input((size, size, 1), batch_size=None, name="image")
    taps = network.trunk(image)
    return keras.Model(image, {"au_logits": _units(taps), "landmarks": _landmarks(taps), "pose": _pose(taps),
                               "parts": _parts(taps)}, name="ubernet")


def _units(taps):
    """From each tap a learned place mask a channel, as in au12-mobile."""
    places = []
    for tap, filters in (("block3", 16), ("block6", 32), ("block8", 96)):
        x = network.conv(taps[tap], filters, 1, name=f"au_{tap}")
        x = network.depthwise(x, x.shape[1], padding="valid", name=f"au_{tap}_place")
        places.append(layers.Flatten(name=f"au_{tap}_flat")(x))
    x = layers.Dropout(0.2, name="au_dropout")(layers.Concatenate(name="au_fusion")(places))
    x = layers.Dense(64, activation="relu", kernel_initializer="he_normal", name="au_hidden")(x)
    return network.occurrence(x, facs.TASKS, "au")


def _landmarks(taps):
    """x and y of 68 points in parts of the side, x first, from the upper left corner."""
    x = _vectors(taps, "landmarks", {"block6": 8, "block8": 24}, 64)
    return layers.Dense(136, bias_initializer=keras.initializers.Constant(0.5), name="landmarks")(x)


def _pose(taps):
    """Yaw, pitch and roll in degrees."""
    return layers.Dense(3, name="pose")(_vectors(taps, "pose", {"block6": 4, "block8": 12}, 32))


def _vectors(taps, task, filters, hidden):
    parts = [layers.Flatten(name=f"{task}_{tap}_flat")(network.conv(taps[tap], count, 1, name=f"{task}_{tap}"))
             for tap, count in filters.items()]
    x = layers.Concatenate(name=f"{task}_fusion")(parts)
    return layers.Dense(hidden, activation="relu", kernel_initializer="he_normal", name=f"{task}_hidden")(x)


def _parts(taps):
    """Scores [32, 32, 7] of paint.PARTS: a score map from each tap, enlarged, joined, mixed."""
    side, maps = taps[TAPS[0]].shape[1], []
    for tap in TAPS:
        x = layers.Conv2D(CLASSES, 1, name=f"parts_{tap}")(taps[tap])
        factor = side // x.shape[1]
        if factor > 1:
            x = layers.UpSampling2D(factor, interpolation="bilinear", name=f"parts_{tap}_enlarged")(x)
        maps.append(x)
    return layers.Conv2D(CLASSES, 1, name="parts")(layers.Concatenate(name="parts_fusion")(maps))
