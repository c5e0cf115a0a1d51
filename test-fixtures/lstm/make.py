#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes unrolled.tflite, fused.tflite and fused_float.tflite: `python make.py`, with TensorFlow 2.19.

Two LSTM layers, the second on the sequence of the first, and a dense one. Keras 3 writes an LSTM as a
loop, which the converter's calibration does not survive, or, with unroll=True, as operators for each
of the time steps: unrolled.tflite, int8. Keras 2 (tf_keras 2.19.0) marks the layer so that the
converter makes one operator of it, UNIDIRECTIONAL_SEQUENCE_LSTM: fused.tflite, int8, and
fused_float.tflite. The weights are random (seed 1).
"""

import tempfile

import numpy as np
import tensorflow as tf
import tf_keras

SHAPE = (1, 5, 3)


def network(keras, **how):
    layers = keras.layers
    x = entry = layers.Input(SHAPE[1:], batch_size=1, name="sequence")
    x = layers.LSTM(6, return_sequences=True, **how)(x)
    x = layers.LSTM(5, **how)(x)
    return keras.Model(entry, layers.Dense(3, name="gesture")(x))


def seeded(keras):
    keras.utils.set_random_seed(1)
    return np.random.default_rng(1)


def write(name, converter, random=None):
    if random is not None:
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        converter.representative_dataset = lambda: (
            [2 * random.normal(size=SHAPE).astype(np.float32)] for _ in range(100)
        )
        converter.inference_input_type = tf.int8
        converter.inference_output_type = tf.int8
    with open(name, "wb") as file:
        file.write(converter.convert())


def fused(model):
    """Through a saved model with a batch of one: only so does the converter see the marks."""
    function = tf.function(lambda x: model(x)).get_concrete_function(tf.TensorSpec(SHAPE, tf.float32))
    with tempfile.TemporaryDirectory() as folder:
        model.save(folder, save_format="tf", signatures=function)
        yield tf.lite.TFLiteConverter.from_saved_model(folder)


def main():
    random = seeded(tf.keras)
    model = network(tf.keras, unroll=True)
    write("unrolled.tflite", tf.lite.TFLiteConverter.from_keras_model(model), random)
    random = seeded(tf_keras)
    model = network(tf_keras)
    for converter in fused(model):
        write("fused_float.tflite", converter)
    for converter in fused(model):
        write("fused.tflite", converter, random)


main()
