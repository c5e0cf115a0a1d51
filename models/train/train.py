"""Trains a network and keeps the epoch that does best on the validation subjects.

    python train.py --network au12-mobile --data data --run runs/au12-mobile
    python train.py --network au8-intensity --data data --run runs/au8-intensity --from runs/au12-mobile --epochs 6

The test subjects are not read here. Labels of the validation subjects are as erroneous as those of the training
subjects when --label-noise is given: who has bad labels has no others.
"""
import argparse
import json
import time
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

import augment
import dataset
import objectives
import zoo


class Compiled:
    """A model's inference as a graph, traced once for any batch."""

    def __init__(self, model):
        shape = (None,) + tuple(model.input_shape[1:])
        self.call = tf.function(lambda x: model(x, training=False), input_signature=[tf.TensorSpec(shape, tf.float32)])

    def answers(self, images, batch=240):
        """Output arrays [N, ...] by name, of uint8 images."""
        parts = [self.call(augment.normalise(images[begin:begin + batch])) for begin in range(0, len(images), batch)]
        return {name: np.concatenate([part[name].numpy() for part in parts]) for name in parts[0]}


def step_function(model, optimizer, outputs):
    def loss_of(images, targets):
        if hasattr(model, "training_loss"):      # a network that does not learn the way it answers
            return model.training_loss(images, targets)
        answers = model(images, training=True)
        return sum(output.weight * objectives.loss(output, targets[output.kind], answers[output.name])
                   for output in outputs) / sum(output.weight for output in outputs)

    @tf.function
    def step(images, targets):
        with tf.GradientTape() as tape:
            loss = loss_of(images, targets)
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        return loss
    return step


def validate(inference, data, outputs):
    """Scores by output name, see objectives.scores."""
    answers, targets = inference.answers(data["images"]), objectives.targets(data, outputs)
    return {output.name: [round(float(score), 4) for score in
                          objectives.scores(output, targets[output.kind], answers[output.name])] for output in outputs}


def adopt(model, other):
    """Takes over every layer that has the same name and shapes in another network, the trunk above all."""
    source, adopted = {layer.name: layer for layer in other.layers}, 0
    for layer in model.layers:
        own = layer.get_weights()
        theirs = source[layer.name].get_weights() if layer.name in source else []
        if own and [w.shape for w in own] == [w.shape for w in theirs]:
            layer.set_weights(theirs)
            adopted += 1
    return adopted


def optimizer_for(model, args, steps):
    schedule = keras.optimizers.schedules.CosineDecay(args.rate / 20, args.epochs * steps - steps, alpha=0.0,
                                                      warmup_target=args.rate, warmup_steps=steps)
    return keras.optimizers.AdamW(schedule, weight_decay=args.decay, global_clipnorm=5.0)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", default="au12-mobile", choices=zoo.NETWORKS)
    parser.add_argument("--data", default="data")
    parser.add_argument("--run", required=True)
    parser.add_argument("--from", dest="source", help="run of au12-mobile whose trunk is the start")
    parser.add_argument("--freeze", action="store_true", help="leave that trunk as it is and train the heads alone")
    parser.add_argument("--label-noise", type=float, default=0.0, help="share of wrong labels, see facs.flip")
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--decay", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def start(args, size):
    """The untrained network, or one that starts from another's trunk."""
    model = zoo.NETWORKS[args.network].build(size)
    if args.source:
        other = zoo.NETWORKS["au12-mobile"].build(size)
        other.load_weights(Path(args.source) / "best.weights.h5")
        print(f"{adopt(model, other)} layers start from {args.source}")
    for layer in model.layers:
        layer.trainable = not (args.freeze and layer.name.startswith(("stem", "block")))
    return model


def main():
    args = arguments()
    tf.config.threading.set_intra_op_parallelism_threads(args.threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    keras.utils.set_random_seed(args.seed)
    run, outputs = Path(args.run), zoo.NETWORKS[args.network].outputs
    run.mkdir(parents=True, exist_ok=True)

    train, validation = (dataset.with_errors(dataset.load(args.data, name), args.label_noise)
                         for name in ("train", "validation"))
    images, targets = train["images"], objectives.targets(train, outputs)
    model = start(args, images.shape[1])
    step = step_function(model, optimizer_for(model, args, len(images) // args.batch), outputs)
    inference = Compiled(model)
    print(f"{model.count_params()} parameters, {len(images)} images", flush=True)

    rng, log, best = np.random.default_rng(args.seed), [], -np.inf
    for epoch in range(1, args.epochs + 1):
        begin = time.time()
        if hasattr(model, "begin_epoch"):
            model.begin_epoch(epoch, args.epochs)
        loss = np.mean([float(step(x, y)) for x, y in augment.batches(images, targets, args.batch, rng)])
        scores = validate(inference, validation, outputs)
        entry = {"epoch": epoch, "loss": round(float(loss), 4),
                 "score": round(float(np.mean([np.mean(each) for each in scores.values()])), 4), "scores": scores,
                 "seconds": round(time.time() - begin, 1)}
        log.append(entry)
        print(json.dumps(entry), flush=True)
        if entry["score"] > best:
            best = entry["score"]
            model.save_weights(run / "best.weights.h5")
        (run / "log.json").write_text("[\n" + ",\n".join(json.dumps(entry) for entry in log) + "\n]\n")


if __name__ == "__main__":
    main()
