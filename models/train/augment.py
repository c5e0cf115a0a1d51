"""Shuffled, augmented batches: mirror, shift by up to two pixels, brightness and contrast.

Occurrence and intensity do not tell left from right, so a mirrored face keeps them. Landmarks, pose and the map of
parts move with the image.
"""
import numpy as np

MEAN, STD = 127.5, 127.5
SHIFT = 2
# The iBUG landmark that takes each one's place in a mirror.
MIRROR = np.array([*range(16, -1, -1), *range(26, 16, -1), 27, 28, 29, 30, 35, 34, 33, 32, 31, 45, 44, 43, 42, 47, 46,
                   39, 38, 37, 36, 41, 40, 54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66, 65])


def normalise(images):
    """uint8 [N,H,W] -> float32 [N,H,W,1], the network's input."""
    return ((images.astype(np.float32) - MEAN) / STD)[..., None]


def batches(images, targets, size, rng):
    """One epoch of (images, targets); `targets` maps a kind of label to its array."""
    order = rng.permutation(len(images))
    for begin in range(0, len(order) - size + 1, size):
        pick = order[begin:begin + size]
        yield augment(images[pick], {kind: array[pick] for kind, array in targets.items()}, rng)


def augment(images, targets, rng):
    """One batch: uint8 [N,H,W] becomes the network's input, the targets follow."""
    n, height, _ = images.shape
    step = 2 if "parts" in targets else 1       # the map of parts has half the image's resolution
    moves = step * rng.integers(-SHIFT // step, SHIFT // step + 1, (n, 2))
    mirrored = rng.random(n) < 0.5
    out = _moved(images, moves, mirrored).astype(np.float32)
    contrast = rng.uniform(0.8, 1.2, (n, 1, 1)).astype(np.float32)
    brightness = rng.uniform(-20, 20, (n, 1, 1)).astype(np.float32)
    out = np.clip((out - 128) * contrast + 128 + brightness, 0, 255)
    follow = {"parts": lambda parts: _moved(parts, moves // 2, mirrored),
              "landmarks": lambda marks: _moved_marks(marks, moves / height, mirrored),
              "pose": lambda pose: np.where(mirrored[:, None], pose * np.array([-1, 1, -1], np.float32), pose)}
    return normalise(out), {kind: follow[kind](array) if kind in follow else array for kind, array in targets.items()}


def _moved(images, moves, mirrored):
    """Each image with its content moved down and right by `moves` and then, where wanted, mirrored."""
    _, height, width = images.shape
    padded = np.pad(images, ((0, 0), (SHIFT, SHIFT), (SHIFT, SHIFT)), mode="edge")
    out = np.empty_like(images)
    for i, (dy, dx) in enumerate(SHIFT - moves):
        view = padded[i, dy:dy + height, dx:dx + width]
        out[i] = view[:, ::-1] if mirrored[i] else view
    return out


def _moved_marks(marks, moves, mirrored):
    moved = marks + moves[:, None, ::-1].astype(np.float32)
    other = moved[:, MIRROR] * np.array([-1, 1], np.float32) + np.array([1, 0], np.float32)
    return np.where(mirrored[:, None, None], other, moved)
