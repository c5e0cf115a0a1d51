"""monet: the multi-order network of Tallec, Dapogny and Bailly (arXiv 2202.00446) on the trunk of au12-mobile.

The labels' joint distribution is a product of conditionals along an order of the tasks; which order is best is not
known, so several are kept and their mixture is learned. Every task has a recurrent cell and a linear output of its own.
Along an order, the cell of each task takes over the state and the previous task's label, and says its own logit.

Trained as in the paper: true labels fed back, a random part of the orders at a time, and the mixture's exact
log-likelihood. Answers in a deterministic form, for a microcontroller has no use for sampling: the REMAINING likeliest
orders, the expected label 2p - 1 fed back in place of a drawn one, and the orders' logits averaged.
"""
import keras
import numpy as np
import tensorflow as tf
from keras import layers

import facs
import network

TASKS = facs.BP4D
STATE = 32                   # units of a cell, and of the label's code
ORDERS, KEPT = 16, 8         # learned, and of those trained at a time
REMAINING = 3                # in the exported graph
WARM_UP = 0.4                # share of the training in which all orders count alike


@keras.saving.register_keras_serializable(package="facsimile")
class Cells(layers.Layer):
    """The weights of all cells. T tasks, H = STATE units; gates in the order update, reset, candidate."""

    def build(self, shape):
        count, h = len(TASKS), STATE
        glorot = keras.initializers.GlorotUniform(seed=11)
        rates = np.array([network.RATES[task] for task in TASKS])
        weight = lambda name, shape, start: self.add_weight(name=name, shape=shape, initializer=start)
        self.code = weight("code", (count, h), keras.initializers.RandomNormal(stddev=1.0, seed=12))
        self.code_bias = weight("code_bias", (h,), "zeros")
        self.kernel = self._stack("kernel", (h, 3 * h), glorot)
        self.recurrent = self._stack("recurrent", (h, 3 * h), keras.initializers.Orthogonal(seed=13))
        self.bias = weight("bias", (count, 3 * h), "zeros")
        self.readout = weight("readout", (count, h), keras.initializers.RandomNormal(stddev=0.2, seed=14))
        self.prior = weight("prior", (count,), keras.initializers.Constant(np.log(rates / (1 - rates))))
        self.mixture = weight("mixture", (ORDERS,), "zeros")
        rng = np.random.default_rng(15)
        orders = np.array([rng.permutation(count) for _ in range(ORDERS)])
        self.orders = self.add_weight(name="orders", shape=orders.shape, dtype="int32", trainable=False,
                                      initializer=lambda shape, dtype: tf.constant(orders, dtype))

    def _stack(self, name, shape, start):
        """One matrix a task, each drawn as if it were alone."""
        first = lambda whole, dtype: tf.stack([tf.cast(start(shape), dtype) for _ in range(whole[0])])
        return self.add_weight(name=name, shape=(len(TASKS),) + shape, initializer=first)

    def call(self, state):
        """Logits [N, T] of the deterministic form."""
        weights, likeliest = tf.math.top_k(self.mixture, REMAINING)
        logits = self.logits(state, tf.gather(self.orders, likeliest), None)
        return tf.einsum("nmt,m->nt", logits, tf.nn.softmax(weights))

    def logits(self, state, orders, labels):
        """Logits [N, M, T] along `orders` [M, T], in the order of TASKS. Labels [N, T] are fed back, or expectations."""
        count = tf.shape(orders)[0]
        state = tf.repeat(state[:, None], count, axis=1)
        previous, fed, said = None, None, []
        for step in range(len(TASKS)):
            task = orders[:, step]
            code = self.code_bias[None, None] + (0.0 if previous is None else fed * tf.gather(self.code, previous)[None])
            code = tf.broadcast_to(code, tf.shape(state))
            state = self._cell(task, code, state)
            logit = tf.reduce_sum(state * tf.gather(self.readout, task), axis=-1) + tf.gather(self.prior, task)
            said.append(logit)
            fed = tf.tanh(logit / 2) if labels is None else 2 * tf.gather(labels, task, axis=1) - 1
            previous, fed = task, fed[..., None]
        return tf.einsum("nms,mst->nmt", tf.stack(said, axis=2), tf.one_hot(orders, len(TASKS)))

    def _cell(self, task, code, state):
        ahead = tf.einsum("nmi,mio->nmo", code, tf.gather(self.kernel, task)) + tf.gather(self.bias, task)
        recurrent, h = tf.gather(self.recurrent, task), STATE
        gates = tf.sigmoid(ahead[..., :2 * h] + tf.einsum("nmi,mio->nmo", state, recurrent[..., :2 * h]))
        update, reset = gates[..., :h], gates[..., h:]
        candidate = tf.tanh(ahead[..., 2 * h:] + tf.einsum("nmi,mio->nmo", reset * state, recurrent[..., 2 * h:]))
        return candidate + update * (state - candidate)


class Monet(keras.Model):
    """Images to {"logits": [N, 12]}."""

    def __init__(self, size=64):
        image = keras.Input((size, size, 1), batch_size=None, name="image")
        state = network.head(network.trunk(image)["block8"], STATE, "state")
        cells = Cells(name="cells")
        super().__init__(image, {"logits": cells(state)}, name="monet")
        self.cells = cells
        self.body = keras.Model(image, state)
        self.specialising = tf.Variable(0.0, trainable=False)

    def begin_epoch(self, epoch, epochs):
        self.specialising.assign(float(epoch > WARM_UP * epochs))

    def training_loss(self, images, targets):
        """The mixture's negative log-likelihood over a random part of the orders, divided by the number of tasks."""
        labels = tf.gather(targets["occurrence"], [facs.TASKS.index(task) for task in TASKS], axis=1)
        kept = tf.random.shuffle(tf.range(ORDERS))[:KEPT]
        logits = self.cells.logits(self.body(images, training=True), tf.gather(self.cells.orders, kept), labels)
        truth = tf.broadcast_to(labels[:, None], tf.shape(logits))
        likelihood = -tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(truth, logits), axis=-1)
        mixture = tf.nn.log_softmax(tf.gather(self.cells.mixture, kept) * self.specialising)
        return -tf.reduce_mean(tf.reduce_logsumexp(mixture + likelihood, axis=1)) / len(TASKS)


class Unrolled:
    """The same answers as one graph without gathers or loops, in which label code and kernel are multiplied out.

    A cell's input is the previous label's code, and that is affine in one number: kernel x code is a vector for each
    pair of tasks that follow each other, and joins the recurrent matrix as one more row.
    """

    def __init__(self, cells, body):
        self.body = body
        self.weights = {name: getattr(cells, name).numpy() for name in
                        ("code", "code_bias", "kernel", "recurrent", "bias", "readout", "prior", "mixture", "orders")}

    def __call__(self, image):
        state, w = self.body(image, training=False), self.weights
        likeliest = np.argsort(-w["mixture"], kind="stable")[:REMAINING]
        shares = np.exp(w["mixture"][likeliest])
        pooled = None
        for order, share in zip(w["orders"][likeliest], shares / shares.sum()):
            said = self._along(order, state) * tf.constant(np.float32(2 * share))
            pooled = said if pooled is None else pooled + said
        return {"logits": pooled}

    def _along(self, order, state):
        """Half the logits [1, T], in the order of TASKS."""
        said, fed, previous = {}, None, None
        for task in order:
            state = self._cell(task, previous, state, fed)
            half = self.weights["readout"][task][:, None] / 2
            said[task] = tf.matmul(state, tf.constant(half)) + tf.constant(self.weights["prior"][task:task + 1] / 2)
            fed, previous = tf.tanh(said[task]), task
        return tf.concat([said[task] for task in range(len(order))], axis=1)

    def _cell(self, task, previous, state, fed):
        w, h = self.weights, STATE
        bias = w["bias"][task] + w["code_bias"] @ w["kernel"][task]
        matrix = w["recurrent"][task]
        if previous is not None:
            matrix = np.concatenate([matrix, (w["code"][previous] @ w["kernel"][task])[None]])

        def gate(values, begin, function):
            values = values if fed is None else tf.concat([values, fed], axis=1)
            part = slice(begin * h, (begin + 1) * h)
            return function(tf.matmul(values, tf.constant(matrix[:, part])) + tf.constant(bias[part]))

        update, reset = gate(state, 0, tf.sigmoid), gate(state, 1, tf.sigmoid)
        candidate = gate(reset * state, 2, tf.tanh)
        return candidate + update * (state - candidate)
