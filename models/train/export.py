"""Writes what the tool reads: the float .tflite, once with BatchNorm folded and once with it left in, and tasks.yaml.

    python export.py --network au12-mobile --data data --run runs/au12-mobile --out ../au12-mobile
    python export.py --sets --data data --out ../data        calibration and test set in compact form

Checks on the way that both files say what Keras says.
"""
import argparse
import shutil
import tempfile
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from tensorflow.lite.tools import flatbuffer_utils
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

import augment
import dataset
import facs
import metrics
import monet
import objectives
import train
import zoo

TOLERANCE = 1e-4     # relative to the largest value of an output
EXTRA = "batchnorm_input_"
POSE = ("yaw", "pitch", "roll")


class Affine(keras.layers.Layer):
    """What a trained BatchNorm computes: a product and a sum. Hands its input to `seen` when it is traced."""

    def __init__(self, norm, seen):
        super().__init__(name=norm.name)
        gamma, beta, mean, variance = (np.asarray(weight) for weight in norm.weights)
        self.factor = gamma / np.sqrt(variance + norm.epsilon)
        self.offset, self.seen = beta - mean * self.factor, seen

    def call(self, x, training=None, mask=None):
        self.seen(x)
        return x * tf.constant(self.factor) + tf.constant(self.offset)


def unfolded(model, seen):
    """The same network in inference, with its BatchNorms as operators of their own."""
    swap = lambda layer: Affine(layer, seen) if isinstance(layer, keras.layers.BatchNormalization) else \
        layer.from_config(layer.get_config())
    copy = keras.models.clone_model(model, clone_function=swap)
    train.adopt(copy, model)
    return copy


def inference(model, seen=None):
    """The function to be exported; BatchNorm is left in it where `seen` is given."""
    if isinstance(model, monet.Monet):
        return monet.Unrolled(model.cells, unfolded(model.body, seen) if seen else model.body)
    network = unfolded(model, seen) if seen else model
    return lambda image: network(image, training=False)


def convert(model, fold):
    """Float .tflite with a fixed batch of one and a signature that names input and outputs.

    The converter folds BatchNorm into a convolution whose result nothing else reads. To have it left in, those results
    are converted as outputs too and then taken off the list of outputs.
    """
    image = tf.TensorSpec((1,) + tuple(model.input_shape[1:]), tf.float32, name="image")
    seen = []
    call = inference(model) if fold else inference(model, seen.append)

    def serve(image):
        seen.clear()
        answers = dict(call(image))
        return answers | {f"{EXTRA}{i:03d}": tensor for i, tensor in enumerate(seen)}

    serve = tf.function(serve, input_signature=[image]).get_concrete_function()
    # Frozen before it is saved: only constants let the converter simplify the graph.
    frozen, names, module = convert_variables_to_constants_v2(serve), sorted(serve.structured_outputs), tf.Module()
    module.serve = tf.function(lambda image: dict(zip(names, frozen(image))), input_signature=[image])
    with tempfile.TemporaryDirectory() as folder:
        tf.saved_model.save(module, folder, signatures=module.serve.get_concrete_function())
        content = tf.lite.TFLiteConverter.from_saved_model(folder, signature_keys=["serving_default"]).convert()
    return content if fold else without_extra_outputs(content)


def without_extra_outputs(content):
    model = flatbuffer_utils.convert_bytearray_to_object(bytearray(content))
    signature = model.signatureDefs[0]
    extra = {each.tensorIndex for each in signature.outputs if each.name.decode().startswith(EXTRA)}
    signature.outputs = [each for each in signature.outputs if each.tensorIndex not in extra]
    graph = model.subgraphs[0]
    graph.outputs = [tensor for tensor in graph.outputs if tensor not in extra]
    return bytes(flatbuffer_utils.convert_object_to_bytearray(model))


class Runner:
    """A .tflite in TensorFlow's own interpreter: images in, arrays [N, ...] by output name out."""

    def __init__(self, content):
        # The reference kernels and no delegate, so that every operator of the file is one that is listed.
        self.interpreter = tf.lite.Interpreter(
            model_content=content,
            experimental_op_resolver_type=tf.lite.experimental.OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES)
        self.interpreter.allocate_tensors()
        self.run = self.interpreter.get_signature_runner()

    def operators(self):
        return [op["op_name"] for op in self.interpreter._get_ops_details() if op["op_name"] != "DELEGATE"]

    def answers(self, images):
        rows = [self.run(image=image[None]) for image in augment.normalise(images)]
        return {name: np.concatenate([row[name] for row in rows]) for name in rows[0]}


def check(content, model, images):
    """Fails loudly when the file is not the network that was trained; returns what runs it."""
    runner = Runner(content)
    ours, theirs = runner.answers(images), train.Compiled(model).answers(images)
    error = max(np.abs(ours[name] - theirs[name]).max() / np.abs(theirs[name]).max() for name in theirs)
    if error > TOLERANCE:
        raise SystemExit(f"the .tflite differs from Keras by {error:.2e}")
    operators = runner.operators()
    counts = {kind: operators.count(kind) for kind in sorted(set(operators))}
    print(f"{len(operators)} operators {counts}, {len(content)} bytes, difference to Keras {error:.1e}")
    return runner


def task_lines(output, thresholds):
    """The lines of tasks.yaml that say what one output means."""
    if output.kind == "occurrence":
        return [f"{{ name: {unit}, output: {output.name}, channel: {channel}, kind: occurrence, "
                f"threshold: {thresholds[unit]:.3f}, weight: 1.0, tolerance: 0.01 }}"
                for channel, unit in enumerate(output.units)]
    if output.kind == "intensity":
        return [f"{{ name: {unit}_intensity, output: {output.name}, channel: {channel}, kind: intensity, range: [0, 5] }}"
                for channel, unit in enumerate(output.units)]
    kind = "classes" if output.kind == "parts" else "regression"
    return [f"{{ name: {output.name}, output: {output.name}, kind: {kind} }}"]


def tasks_yaml(entry, thresholds, size):
    """What each output channel means, and from which probability on a task is active."""
    lines = ["# Thresholds maximise F1 on the validation subjects; the test subjects had no part in them.",
             f"model: {entry.model}", f"input: {{ image: gray8, size: [{size}, {size}], mean: 127.5, std: 127.5 }}", "tasks:"]
    lines += [f"  - {line}" for output in entry.outputs for line in task_lines(output, thresholds)]
    return "\n".join(lines) + "\n"


def best_thresholds(entry, answers, labels):
    found = {}
    for output in (each for each in entry.outputs if each.kind == "occurrence"):
        probabilities = 1 / (1 + np.exp(-answers[output.name].astype(np.float64)))
        for channel, (unit, column) in enumerate(zip(output.units, output.columns())):
            found[unit] = metrics.best_threshold(labels[:, column], probabilities[:, channel])
    return found


def compact(data, path):
    """A set as the tool reads it: occurrences and intensities are columns, other labels arrays of their own."""
    tasks = facs.TASKS + tuple(unit + "_intensity" for unit in facs.TASKS)
    np.savez_compressed(path, images=data["images"], labels=np.concatenate([data["labels"], data["intensities"]], axis=1),
                        tasks=np.array(tasks), subjects=data["subjects"].astype(np.int32),
                        labels_landmarks=np.round(data["landmarks"].reshape(len(data["images"]), -1) * 1024) / np.float32(1024),
                        labels_pose=np.round(data["poses"] * 16) / np.float32(16), labels_parts=data["parts"])


def write_network(args, out):
    entry = zoo.NETWORKS[args.network]
    validation = dataset.with_errors(dataset.load(args.data, "validation"), args.label_noise)
    size = validation["images"].shape[1]
    model = entry.build(size)
    model.load_weights(Path(args.run) / "best.weights.h5")
    content, with_norms = convert(model, True), convert(model, False)
    check(with_norms, model, validation["images"][:16])
    runner = check(content, model, validation["images"][:16])
    thresholds = best_thresholds(entry, runner.answers(validation["images"]), validation["labels"])
    (out / f"{entry.model}.tflite").write_bytes(content)
    (out / f"{entry.model}_batchnorm.tflite").write_bytes(with_norms)
    (out / "tasks.yaml").write_text(tasks_yaml(entry, thresholds, size))
    shutil.copy(Path(args.run) / "log.json", out / "training-log.json")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", choices=zoo.NETWORKS)
    parser.add_argument("--sets", action="store_true", help="write the data sets instead of a network")
    parser.add_argument("--data", default="data")
    parser.add_argument("--run")
    parser.add_argument("--label-noise", type=float, default=0.0, help="as in training")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    if args.sets:
        for name in ("calibration", "test"):
            compact(dataset.load(args.data, name), out / f"{name}.npz")
    else:
        write_network(args, out)


if __name__ == "__main__":
    main()
