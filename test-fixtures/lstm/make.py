#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes unrolled.tflite: `python make.py`, with TensorFlow 2.19.

Two LSTM layers, the second on the sequence of the first, and a dense one; int8. Keras writes an LSTM
as a loop, which the converter's calibration does not survive, or, with unroll=True, as operators for
each of the time steps. The weights are random (seed 1).
"""

import numpy as np
import tensorflow as tf


def network(steps, width):
    layers = tf.keras.layers
    x = entry = layers.Input((steps, width), batch_size=1, name="sequence")
    x = layers.LSTM(6, return_sequences=True, unroll=True)(x)
    x = layers.LSTM(5, unroll=True)(x)
    return tf.keras.Model(entry, layers.Dense(3, name="gesture")(x))


def main():
    tf.keras.utils.set_random_seed(1)
    random = np.random.default_rng(1)
    converter = tf.lite.TFLiteConverter.from_keras_model(network(5, 3))
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.representative_dataset = lambda: (
        [2 * random.normal(size=(1, 5, 3)).astype(np.float32)] for _ in range(100)
    )
    converter.inference_input_type = tf.int8
    converter.inference_output_type = tf.int8
    with open("unrolled.tflite", "wb") as file:
        file.write(converter.convert())


main()
