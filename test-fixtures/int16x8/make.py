#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the networks of this folder: `python make.py`, with TensorFlow 2.19.

int16 activations, int8 weights, as TensorFlow's own converter writes them. Both networks have random
weights (seed 1); what they compute is of no use to anybody, that they run to the last bit is.

  image.tflite     convolutions, poolings, residual sums, two heads; int64 biases or none
  vector.tflite    layers for vectors; int32 biases or none
"""

import numpy as np
import tensorflow as tf


def image():
    """9 x 9 x 3 to a class of five and three independent probabilities."""
    layers = tf.keras.layers
    biased = {"bias_initializer": tf.keras.initializers.RandomUniform(-0.5, 0.5)}
    x = entry = layers.Input((9, 9, 3), batch_size=1, name="image")
    x = layers.Conv2D(8, 3, strides=2, padding="same", activation="relu6", **biased)(x)
    y = layers.DepthwiseConv2D(3, padding="same", activation="relu", **biased)(x)
    y = layers.Conv2D(8, 1, **biased)(y)
    x = layers.Add()([x, y])
    x = layers.LeakyReLU(0.25)(x)
    y = layers.MaxPooling2D(2, 1, padding="same")(x)
    z = layers.AveragePooling2D(2, 1, padding="same")(x)
    x = layers.Concatenate()([y, z])
    x = layers.GlobalAveragePooling2D()(x)
    classes = layers.Softmax(name="classes")(layers.Dense(5, **biased)(x))
    units = layers.Activation("sigmoid", name="units")(layers.Dense(3)(x))
    return tf.keras.Model(entry, [classes, units])


def vector():
    """12 numbers to 4."""
    layers = tf.keras.layers
    biased = {"bias_initializer": tf.keras.initializers.RandomUniform(-0.5, 0.5)}
    x = entry = layers.Input((12,), batch_size=1, name="vector")
    x = layers.Dense(16, activation="relu")(x)
    y = layers.Dense(16, activation="tanh", **biased)(x)
    x = layers.Multiply()([x, y])
    z = layers.Dense(16)(x)
    x = layers.Subtract()([x, z])
    x = layers.Maximum()([x, y])
    return tf.keras.Model(entry, layers.Dense(4, **biased)(x))


def convert(network, bias_type):
    """The bytes of the file, calibrated on 200 inputs of a normal distribution."""
    random = np.random.default_rng(1)
    shape = (1,) + tuple(network.inputs[0].shape[1:])
    converter = tf.lite.TFLiteConverter.from_keras_model(network)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.target_spec.supported_ops = [
        tf.lite.OpsSet.EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8
    ]
    converter.representative_dataset = lambda: (
        [random.normal(size=shape).astype(np.float32)] for _ in range(200)
    )
    converter.inference_input_type = tf.int16
    converter.inference_output_type = tf.int16
    converter._experimental_full_integer_quantization_bias_type = bias_type
    return converter.convert()


def main():
    for name, network, bias_type in (("image", image, tf.int64), ("vector", vector, tf.int32)):
        tf.keras.utils.set_random_seed(1)
        with open(name + ".tflite", "wb") as file:
            file.write(convert(network(), bias_type))


main()
