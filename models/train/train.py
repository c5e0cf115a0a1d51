"""Trains a network and keeps the epoch that ranks best on the validation subjects.

    python train.py --data data --run runs/au12-mobile

The test subjects are not read here.
"""
import argparse
import json
import time
from pathlib import Path

import numpy as np
import tensorflow as tf
import keras

import dataset
import metrics
import network

MEAN, STD = 127.5, 127.5
# When mirrored, a face keeps its labels: occurrence does not tell left from right.
SHIFT = 2


def batches(images, labels, size, rng):
    """One shuffled, augmented epoch: mirror, shift by up to two pixels, brightness and contrast."""
    order = rng.permutation(len(images))
    for begin in range(0, len(order) - size + 1, size):
        pick = order[begin:begin + size]
        yield augment(images[pick], rng), labels[pick]


def augment(images, rng):
    """uint8 [N,H,W] -> float32 [N,H,W,1], the network's input."""
    n, height, width = images.shape
    padded = np.pad(images, ((0, 0), (SHIFT, SHIFT), (SHIFT, SHIFT)), mode="edge")
    out = np.empty(images.shape, np.float32)
    for i, (dy, dx) in enumerate(rng.integers(0, 2 * SHIFT + 1, (n, 2))):
        view = padded[i, dy:dy + height, dx:dx + width]
        out[i] = view[:, ::-1] if rng.random() < 0.5 else view
    contrast = rng.uniform(0.8, 1.2, (n, 1, 1)).astype(np.float32)
    brightness = rng.uniform(-20, 20, (n, 1, 1)).astype(np.float32)
    out = np.clip((out - 128) * contrast + 128 + brightness, 0, 255)
    return normalise(out)


def normalise(images):
    return ((images.astype(np.float32) - MEAN) / STD)[..., None]


class Compiled:
    """A model's inference as a graph, traced once for any batch."""

    def __init__(self, model):
        shape = (None,) + tuple(model.input_shape[1:])
        self.call = tf.function(lambda x: model(x, training=False), input_signature=[tf.TensorSpec(shape, tf.float32)])

    def __call__(self, images):
        return self.call(images)


def step_function(model, optimizer, columns):
    @tf.function
    def step(images, labels):
        with tf.GradientTape() as tape:
            outputs = model(images, training=True)
            losses = [tf.nn.sigmoid_cross_entropy_with_logits(tf.gather(labels, own, axis=1), outputs[name])
                      for name, own in columns.items()]
            loss = tf.reduce_mean(tf.concat(losses, axis=1))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        return loss
    return step


def logits(model, images, columns, batch=240):
    """Logits [N,12] in the order of the task table."""
    call = model if isinstance(model, Compiled) else Compiled(model)
    out = np.empty((len(images), sum(map(len, columns.values()))), np.float32)
    for begin in range(0, len(images), batch):
        outputs = call(normalise(images[begin:begin + batch]))
        for name, own in columns.items():
            out[begin:begin + batch, own] = outputs[name].numpy()
    return out


def validate(inference, data, columns):
    scores = logits(inference, data["images"], columns)
    labels = data["labels"].astype(np.float64)
    loss = np.mean(np.logaddexp(0, scores) - labels * scores)
    return float(loss), [float(metrics.auc(labels[:, t], scores[:, t])) for t in range(labels.shape[1])]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", default="au12-mobile", choices=network.NETWORKS)
    parser.add_argument("--data", default="data")
    parser.add_argument("--run", default="runs/au12-mobile")
    parser.add_argument("--epochs", type=int, default=36)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--decay", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(args.threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    keras.utils.set_random_seed(args.seed)
    run = Path(args.run)
    run.mkdir(parents=True, exist_ok=True)

    train, validation = dataset.load(args.data, "train"), dataset.load(args.data, "validation")
    images, labels = train["images"], train["labels"].astype(np.float32)
    build, heads = network.NETWORKS[args.network]
    model, columns = build(images.shape[1]), network.columns(heads)
    steps = len(images) // args.batch
    schedule = keras.optimizers.schedules.CosineDecay(args.rate / 20, args.epochs * steps - steps, alpha=0.0,
                                                      warmup_target=args.rate, warmup_steps=steps)
    optimizer = keras.optimizers.AdamW(schedule, weight_decay=args.decay, global_clipnorm=5.0)
    step, inference = step_function(model, optimizer, columns), Compiled(model)
    print(f"{model.count_params()} parameters, {len(images)} images")

    rng, log, best = np.random.default_rng(args.seed), [], 0.0
    for epoch in range(1, args.epochs + 1):
        begin = time.time()
        loss = np.mean([float(step(x, y)) for x, y in batches(images, labels, args.batch, rng)])
        held_out, aucs = validate(inference, validation, columns)
        entry = {"epoch": epoch, "loss": round(float(loss), 4), "validation_loss": round(held_out, 4),
                 "validation_auc": round(float(np.mean(aucs)), 4), "validation_auc_by_task": [round(a, 3) for a in aucs],
                 "seconds": round(time.time() - begin, 1)}
        log.append(entry)
        print(json.dumps(entry), flush=True)
        model.save_weights(run / "last.weights.h5")
        if entry["validation_auc"] > best:
            best = entry["validation_auc"]
            model.save_weights(run / "best.weights.h5")
        (run / "log.json").write_text("[\n" + ",\n".join(json.dumps(entry) for entry in log) + "\n]\n")


if __name__ == "__main__":
    main()
