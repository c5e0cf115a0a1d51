"""From Action Units to blendshapes, and from base rates to faces that could occur.

Every Action Unit has a strength between 0 and 1 (full, FACS level E). What a coder would write down follows from it:
an intensity from 0 to 5, and occurrence, which is an intensity of 2 (level B) or more. Weaker traces are rendered too
and labelled 0, because that is where coders stop as well. Nothing separates the strongest trace from the weakest
occurrence: that is the difficulty of this data set.
"""
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

TASKS = ("AU01", "AU02", "AU04", "AU06", "AU07", "AU09", "AU10", "AU12", "AU14", "AU15", "AU17", "AU23", "AU24", "AU25",
         "AU26")
BP4D = ("AU01", "AU02", "AU04", "AU06", "AU07", "AU10", "AU12", "AU14", "AU15", "AU17", "AU23", "AU24")
DISFA = ("AU01", "AU02", "AU04", "AU06", "AU09", "AU12", "AU25", "AU26")

# Share of positive frames, in the order of TASKS. The twelve of BP4D and, under "disfa", the eight of DISFA have the
# published rates. BP4D does not code 9, 25 and 26: they get DISFA's rates. DISFA's other Action Units are given rates
# of ours.
PROFILES = {
    "bp4d": np.array([.211, .171, .203, .462, .549, .043, .594, .562, .466, .169, .344, .165, .152, .278, .089]),
    "disfa": np.array([.050, .040, .150, .081, .080, .043, .060, .132, .060, .060, .100, .040, .040, .278, .089]),
}

# Blendshape weights at full strength. Names without _L or _R stand for both sides. ARKit's ranges are timid for some
# Action Units (browDown, eyeSquint, mouthPress), hence weights above 1.
# AU10 follows Ozel's reading (mouthUpperUp), not the model's own table. AU23 has no shape of its own: tightened lips
# are narrower, thinner and rolled in a little, while AU24 presses them flat without narrowing the mouth.
# AU25 lowers the lower lip; lips that AU10 alone parts are not called AU25. A dropped jaw (AU26) parts them always.
SHAPES = {
    "AU01": {"browInnerUp": 1.5},
    "AU02": {"browOuterUp": 1.0},
    "AU04": {"browDown": 1.7},
    "AU06": {"cheekSquint": 1.7},
    "AU07": {"eyeSquint": 1.7, "eyeBlink": 0.16},
    "AU09": {"noseSneer": 1.2},
    "AU10": {"mouthUpperUp": 0.9},
    "AU12": {"mouthSmile": 0.95},
    "AU14": {"mouthDimple": 1.25},
    "AU15": {"mouthFrown": 1.4},
    "AU17": {"mouthShrugLower": 1.0, "mouthShrugUpper": 0.15},
    "AU23": {"mouthPucker": 0.45, "mouthRollLower": 0.45, "mouthRollUpper": 0.40, "mouthPress": 0.3},
    "AU24": {"mouthPress": 1.7, "mouthRollLower": 0.15, "mouthRollUpper": 0.15},
    "AU25": {"mouthLowerDown": 0.75, "jawOpen": 0.08},
    "AU26": {"jawOpen": 0.50},
    # Not labelled here, rendered as nuisance.
    "AU05": {"eyeWide": 1.0},
    "AU18": {"mouthPucker": 0.8},
    "AU20": {"mouthStretch": 0.8},
    "AU22": {"mouthFunnel": 0.6},
    "AU45": {"eyeBlink": 1.0},
}
NUISANCE_RATES = {"AU05": .05, "AU18": .03, "AU20": .04, "AU22": .02, "AU45": .05}

# What the latent factors of an episode load on: joy, surprise, distress, control. Rows in the order of TASKS.
LOADINGS = np.array([
    # joy  surprise distress control
    [-.10, .80, .30, .00],    # AU01
    [-.10, .84, .00, .00],    # AU02
    [-.25, -.15, .60, .20],   # AU04
    [.82, .00, .20, .00],     # AU06
    [.66, -.20, .35, .10],    # AU07
    [-.10, .00, .62, .10],    # AU09
    [.72, .00, .30, -.10],    # AU10
    [.84, .10, -.05, .00],    # AU12
    [.35, .00, .05, .45],     # AU14
    [-.15, .10, .45, .35],    # AU15
    [.00, .00, .40, .55],     # AU17
    [.00, .00, .25, .60],     # AU23
    [-.15, .00, .05, .65],    # AU24
    [.35, .45, .00, -.25],    # AU25
    [.05, .70, .05, -.15],    # AU26
])
SUBJECT_SD = 0.35            # people differ in how readily they show each Action Unit
LEVELS = (0.10, 0.24, 0.42, 0.64, 0.86)   # strength from which a coder writes 1, 2, .. 5 (FACS levels A to E)
LEVEL_B = LEVELS[1]          # from here on the Action Unit occurs
TRACE = 0.23                 # strongest activity that is called absent
TRACE_RATE = 0.40            # of the absent ones
NOISE_WIDTH = 0.12           # how far from the boundary, in strength, coders still disagree: one e-fold
_LIPS_PART, _JAW = TASKS.index("AU25"), TASKS.index("AU26")


@dataclass(frozen=True)
class Expression:
    strength: np.ndarray     # float [15], 0..1
    weights: dict            # blendshape -> weight

    @property
    def intensity(self):
        """What a coder writes down: int8 [15], 0..5."""
        return np.digitize(self.strength, LEVELS).astype(np.int8)

    @property
    def labels(self):
        """Occurrence: int8 [15]."""
        return (self.strength >= LEVEL_B).astype(np.int8)


def draw_habit(rng):
    """A subject's own readiness per Action Unit."""
    return rng.normal(0, SUBJECT_SD, len(TASKS))


def draw(rng, habit, profile="bp4d"):
    """One expression: a Gaussian copula with the wanted base rates, then strengths, then shapes."""
    factors = rng.normal(0, 1, LOADINGS.shape[1])
    own = np.sqrt(np.maximum(1 - SUBJECT_SD ** 2 - (LOADINGS ** 2).sum(axis=1), 0.05))
    scale = np.sqrt(SUBJECT_SD ** 2 + (LOADINGS ** 2).sum(axis=1) + own ** 2)
    readiness = (LOADINGS @ factors + habit + own * rng.normal(0, 1, len(TASKS))) / scale
    active = readiness > _CUTS[profile]
    strong = LEVEL_B + (1 - LEVEL_B) * rng.beta(1.1, 1.6, len(TASKS))
    trace = rng.uniform(0, TRACE, len(TASKS)) * (rng.random(len(TASKS)) < TRACE_RATE)
    drawn = np.where(active, strong, trace)
    seen = drawn.copy()
    seen[_LIPS_PART] = max(drawn[_LIPS_PART], drawn[_JAW])
    return Expression(seen, _weights(rng, drawn))


def flip(rng, strength, rate):
    """Where coders err: bool [N, 15], true with the probability `rate` on average in every task.

    The probability falls off exponentially with the distance of the strength from the boundary of occurrence and is
    at most one half, at which a label says nothing.
    """
    near = np.exp(-np.abs(strength - LEVEL_B) / NOISE_WIDTH)
    low, high = np.zeros(strength.shape[1]), np.full(strength.shape[1], 1e3)
    for _ in range(60):
        gain = 0.5 * (low + high)
        above = np.minimum(gain * near, 0.5).mean(axis=0) > rate
        low, high = np.where(above, low, gain), np.where(above, gain, high)
    return rng.random(strength.shape) < np.minimum(low * near, 0.5)


def misread(intensity, flips):
    """Intensities 0..5 as coded by mistake: just on the other side of the boundary of occurrence."""
    return np.where(flips, np.where(intensity >= 2, 1, 2), intensity).astype(np.int8)


def shapes(unit, strength, left=1.0, right=1.0):
    """Blendshape weights of one Action Unit at a strength between 0 and 1."""
    out = {}
    for shape, weight in SHAPES[unit].items():
        if shape in UNPAIRED:
            out[shape] = weight * strength * 0.5 * (left + right)
        else:
            out[shape + "_L"], out[shape + "_R"] = weight * strength * left, weight * strength * right
    return out


UNPAIRED = {"mouthShrugLower", "mouthShrugUpper", "mouthPucker", "mouthRollLower", "mouthRollUpper", "mouthFunnel",
            "jawOpen"}


def _cuts(rates):
    """Where the copula is cut. AU26 parts the lips and so occurs as AU25 too: AU25 itself is drawn less often."""
    own = rates.copy()
    own[_LIPS_PART] -= 0.45 * own[_JAW]
    return np.array([NormalDist().inv_cdf(1 - p) for p in own])


_CUTS = {name: _cuts(rates) for name, rates in PROFILES.items()}


def _weights(rng, strengths):
    total = {}

    def add(parts):
        for name, weight in parts.items():
            total[name] = total.get(name, 0.0) + float(weight)

    for unit, strength in zip(TASKS, strengths):
        if strength > 0:
            add(shapes(unit, strength, *(1 + np.clip(rng.normal(0, 0.10, 2), -0.25, 0.25))))
    for unit, rate in NUISANCE_RATES.items():
        if rng.random() < rate:
            add(shapes(unit, rng.uniform(0.15, 0.9), *(1 + rng.normal(0, 0.05, 2))))
    gaze_x, gaze_y = rng.normal(0, 0.25), rng.normal(-0.05, 0.2)
    add({"eyeLookOut_L" if gaze_x > 0 else "eyeLookIn_L": abs(gaze_x),
         "eyeLookIn_R" if gaze_x > 0 else "eyeLookOut_R": abs(gaze_x)})
    lids = "eyeLookUp" if gaze_y > 0 else "eyeLookDown"
    add({lids + "_L": abs(gaze_y), lids + "_R": abs(gaze_y)})
    add({"eyeBlink_L": (blink := rng.uniform(0, 0.08)), "eyeBlink_R": blink})
    for name in ("eyeBlink_L", "eyeBlink_R"):       # a lid closes once, however many Action Units close it
        total[name] = min(total[name], 1.0)
    return total
