# SPDX-License-Identifier: Apache-2.0
"""Calibration data for MediaPipe's blendshape network; see face-blendshapes.md.

python3 docs/face_blendshapes.py LANDMARKS.prototxt --out calibration.npz [--count 256] [--seed 1]

Takes MediaPipe's published face and turns, scales, shears, moves and jitters it. The first example is the face itself.
"""

import argparse
import re

import numpy as np

WIDTH, HEIGHT = 820, 1024  # of the published image, whose landmarks are fractions

# Of MediaPipe's 478 face landmarks those that the network reads (kLandmarksSubsetIdxs of its FaceBlendshapesGraph).
SUBSET = [
    0, 1, 4, 5, 6, 7, 8, 10, 13, 14, 17, 21, 33, 37, 39, 40, 46, 52, 53, 54, 55, 58, 61, 63, 65, 66, 67, 70, 78, 80,
    81, 82, 84, 87, 88, 91, 93, 95, 103, 105, 107, 109, 127, 132, 133, 136, 144, 145, 146, 148, 149, 150, 152, 153,
    154, 155, 157, 158, 159, 160, 161, 162, 163, 168, 172, 173, 176, 178, 181, 185, 191, 195, 197, 234, 246, 249,
    251, 263, 267, 269, 270, 276, 282, 283, 284, 285, 288, 291, 293, 295, 296, 297, 300, 308, 310, 311, 312, 314,
    317, 318, 321, 323, 324, 332, 334, 336, 338, 356, 361, 362, 365, 373, 374, 375, 377, 378, 379, 380, 381, 382,
    384, 385, 386, 387, 388, 389, 390, 397, 398, 400, 402, 405, 409, 415, 454, 466, 468, 469, 470, 471, 472, 473,
    474, 475, 476, 477,
]


def published(path):
    """The face of the file in pixels, [146, 2]."""
    text = open(path, encoding="utf-8").read()
    x = np.array([float(value) for value in re.findall(r"\bx: (\S+)", text)])
    y = np.array([float(value) for value in re.findall(r"\by: (\S+)", text)])
    return np.stack([x[SUBSET] * WIDTH, y[SUBSET] * HEIGHT], axis=1)


def moved(face, random):
    angle, scale = 0.1 * random.normal(), 1 + 0.1 * random.normal()
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    shear = random.uniform(-0.05, 0.05, (2, 2))
    centre = np.array([WIDTH / 2, HEIGHT / 2])
    return (face - centre) @ (turn + shear).T + centre + 20 * random.normal(size=2) + 2 * random.normal(size=face.shape)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("landmarks")
    parser.add_argument("--out", required=True)
    parser.add_argument("--count", type=int, default=256)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    face, random = published(options.landmarks), np.random.default_rng(options.seed)
    faces = [face] + [moved(face, random) for _ in range(options.count - 1)]
    np.savez(options.out, input_points=np.stack(faces).astype(np.float32))


main()
