#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes requantize.csv: what TensorFlow Lite's double rounding makes of chosen values.

The rules are stated with unbounded integers and exact fractions, independently of every
implementation that is tested with the file:

  1. acc * 2^shift, wrapped to 32 bits, where shift > 0
  2. times multiplier, divided by 2^31, to the nearest integer, ties towards plus infinity
  3. divided by 2^-shift, to the nearest integer, ties away from zero, where shift < 0

Usage: make_requantize.py > requantize.csv
"""

import random
from fractions import Fraction
from math import floor

ROWS_OF_NOISE = 1100
EDGES = [-2**31, -2**31 + 1, -2**30 - 1, -2**30, -2**30 + 1, -65536, -129, -128, -127, -2, -1, 0,
         1, 2, 127, 128, 65535, 2**30 - 1, 2**30, 2**30 + 1, 2**31 - 2, 2**31 - 1]
MULTIPLIERS = [0, 2**30, 2**30 + 1, 1518500250, 2**31 - 1, -2**30, -(2**31 - 1)]
SHIFTS = [-31, -8, -1, 0, 1, 30]


def wrap(value):
    return (value + 2**31) % 2**32 - 2**31


def requantize(acc, multiplier, shift):
    shifted = wrap(acc * 2**shift) if shift > 0 else acc
    scaled = floor(Fraction(shifted * multiplier, 2**31) + Fraction(1, 2))
    quotient = Fraction(abs(scaled), 2**max(0, -shift))
    rounded = floor(quotient + Fraction(1, 2))
    return rounded if scaled >= 0 else -rounded


def cases():
    for multiplier in MULTIPLIERS:
        for shift in SHIFTS:
            for acc in EDGES:
                yield acc, multiplier, shift
    noise = random.Random(20240607)
    for _ in range(ROWS_OF_NOISE):
        bits = noise.randint(1, 31)
        acc = noise.randint(-2**bits, 2**bits - 1)
        multiplier = noise.randint(2**30, 2**31 - 1)
        shift = noise.randint(-31, 4)
        # Every third one is a tie of the second rounding.
        if noise.randint(0, 2) == 0 and shift < 0:
            multiplier = 2**30
            acc = wrap(acc // 2**-shift * 2 * 2**-shift + 2**-shift)
        yield acc, multiplier, shift


print("acc,multiplier,shift,expected")
for row in cases():
    print(",".join(map(str, (*row, requantize(*row)))))
