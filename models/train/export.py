"""Writes what the tool reads: the float .tflite, tasks.yaml, and the calibration and test sets in compact form.

    python export.py --data data --run runs/au12-mobile --out ../au12-mobile

Checks on the way that the .tflite says what Keras says, and that no trace of BatchNorm is left in it.
"""
import argparse
import tempfile
from pathlib import Path

import numpy as np
import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

import dataset
import facs
import metrics
import network
import train

ALLOWED = {"CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "ADD", "MEAN", "AVERAGE_POOL_2D", "MAX_POOL_2D", "RESHAPE",
           "PAD", "CONCATENATION"}     # what the generator turns into C
TOLERANCE = 1e-5     # relative to the largest logit


def convert(model):
    """Float .tflite with a fixed batch of one and a signature that names input and outputs."""
    shape = (1,) + tuple(model.input_shape[1:])
    serve = tf.function(lambda image: model(image, training=False),
                        input_signature=[tf.TensorSpec(shape, tf.float32, name="image")])
    # Frozen before it is saved: only constants let the converter fold BatchNorm into the convolutions.
    frozen = convert_variables_to_constants_v2(serve.get_concrete_function())
    module = tf.Module()
    module.serve = tf.function(lambda image: dict(zip(sorted(model.output), frozen(image))),
                               input_signature=[tf.TensorSpec(shape, tf.float32, name="image")])
    with tempfile.TemporaryDirectory() as folder:
        tf.saved_model.save(module, folder, signatures=module.serve.get_concrete_function())
        return tf.lite.TFLiteConverter.from_saved_model(folder, signature_keys=["serving_default"]).convert()


class Runner:
    """A .tflite in TensorFlow's own interpreter: images in, logits by output name out."""

    def __init__(self, content):
        # The reference kernels and no delegate, so that every operator of the file is one that is listed.
        self.interpreter = tf.lite.Interpreter(
            model_content=content,
            experimental_op_resolver_type=tf.lite.experimental.OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES)
        self.interpreter.allocate_tensors()
        self.run = self.interpreter.get_signature_runner()

    def operators(self):
        return [op["op_name"] for op in self.interpreter._get_ops_details() if op["op_name"] != "DELEGATE"]

    def logits(self, images, columns):
        out = np.empty((len(images), sum(map(len, columns.values()))), np.float32)
        for i, image in enumerate(train.normalise(images)):
            answer = self.run(image=image[None])
            for name, own in columns.items():
                out[i, own] = answer[name][0]
        return out


def check(runner, model, columns, images):
    """Fails loudly when the file is not the network that was trained."""
    operators = runner.operators()
    foreign = set(operators) - ALLOWED
    additions = sum(type(layer).__name__ == "Add" for layer in model.layers)
    if foreign or operators.count("ADD") != additions:
        raise SystemExit(f"unexpected operators {sorted(foreign)}, {operators.count('ADD')} ADD of {additions} expected")
    ours, theirs = runner.logits(images, columns), train.logits(model, images, columns)
    error = np.abs(ours - theirs).max() / np.abs(theirs).max()
    if error > TOLERANCE:
        raise SystemExit(f"the .tflite differs from Keras by {error:.2e}")
    print(f"{len(operators)} operators, largest relative difference to Keras {error:.1e}")


def tasks_yaml(heads, thresholds, size):
    """What each output channel means, and from which probability on a task is active."""
    lines = ["# Thresholds maximise F1 on the validation subjects; the test subjects had no part in them.",
             "model: au12", f"input: {{ image: gray8, size: [{size}, {size}], mean: 127.5, std: 127.5 }}", "tasks:"]
    for output, tasks in heads.items():
        for channel, task in enumerate(tasks):
            lines.append(f"  - {{ name: {task}, output: {output}, channel: {channel}, kind: occurrence, "
                         f"threshold: {thresholds[task]:.3f}, weight: 1.0, tolerance: 0.01 }}")
    return "\n".join(lines) + "\n"


def compact(data, path):
    """Images uint8 [N,H,W], labels int8 [N,12], subjects int32 [N], tasks: the columns' names."""
    np.savez_compressed(path, images=data["images"], labels=data["labels"].astype(np.int8),
                        subjects=data["subjects"].astype(np.int32), tasks=np.array(facs.TASKS, "<U4"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", default="au12-mobile", choices=network.NETWORKS)
    parser.add_argument("--data", default="data")
    parser.add_argument("--run", default="runs/au12-mobile")
    parser.add_argument("--weights", default="best.weights.h5", help="file in --run")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)

    validation = dataset.load(args.data, "validation")
    build, heads = network.NETWORKS[args.network]
    size, columns = validation["images"].shape[1], network.columns(heads)
    model = build(size)
    model.load_weights(Path(args.run) / args.weights)
    content = convert(model)
    runner = Runner(content)
    check(runner, model, columns, validation["images"][:64])

    probabilities = 1 / (1 + np.exp(-runner.logits(validation["images"], columns).astype(np.float64)))
    thresholds = {task: metrics.best_threshold(validation["labels"][:, t], probabilities[:, t])
                  for t, task in enumerate(facs.TASKS)}
    (out / "au12.tflite").write_bytes(content)
    (out / "tasks.yaml").write_text(tasks_yaml(heads, thresholds, size))
    for name in ("calibration", "test"):
        compact(dataset.load(args.data, name), out / f"{name}.npz")


if __name__ == "__main__":
    main()
