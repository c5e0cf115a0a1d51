"""From Action Units to blendshapes, and from base rates to faces that could occur.

Labels are occurrence: an Action Unit is 1 when its intensity reaches FACS level B. Weaker traces are rendered too
and labelled 0, because that is where human coders stop as well; they are the difficulty of this data set.
"""
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

TASKS = ("AU01", "AU02", "AU04", "AU06", "AU07", "AU10", "AU12", "AU14", "AU15", "AU17", "AU23", "AU24")

# Share of positive frames in BP4D, in the order of TASKS.
BASE_RATES = np.array([.211, .171, .203, .462, .549, .594, .562, .466, .169, .344, .165, .152])

# Blendshape weights at full intensity (FACS level E). Names without _L or _R stand for both sides. ARKit's ranges
# are timid for some Action Units (browDown, eyeSquint, mouthPress), hence weights above 1.
# AU10 follows Ozel's reading (mouthUpperUp), not the model's own table. AU23 has no shape of its own: tightened lips
# are narrower, thinner and rolled in a little, while AU24 presses them flat without narrowing the mouth.
SHAPES = {
    "AU01": {"browInnerUp": 1.5},
    "AU02": {"browOuterUp": 1.0},
    "AU04": {"browDown": 1.7},
    "AU06": {"cheekSquint": 1.7},
    "AU07": {"eyeSquint": 1.7, "eyeBlink": 0.16},
    "AU10": {"mouthUpperUp": 0.9},
    "AU12": {"mouthSmile": 0.95},
    "AU14": {"mouthDimple": 1.25},
    "AU15": {"mouthFrown": 1.4},
    "AU17": {"mouthShrugLower": 1.0, "mouthShrugUpper": 0.15},
    "AU23": {"mouthPucker": 0.45, "mouthRollLower": 0.45, "mouthRollUpper": 0.40, "mouthPress": 0.3},
    "AU24": {"mouthPress": 1.7, "mouthRollLower": 0.15, "mouthRollUpper": 0.15},
    # Not labelled here, rendered as nuisance.
    "AU05": {"eyeWide": 1.0},
    "AU09": {"noseSneer": 0.8},
    "AU16": {"mouthLowerDown": 0.9},
    "AU18": {"mouthPucker": 0.8},
    "AU20": {"mouthStretch": 0.8},
    "AU22": {"mouthFunnel": 0.6},
    "AU26": {"jawOpen": 0.45},
    "AU45": {"eyeBlink": 1.0},
}
NUISANCE_RATES = {"AU05": .05, "AU09": .04, "AU16": .05, "AU18": .03, "AU20": .04, "AU22": .02, "AU26": .20, "AU45": .05}

# What the latent factors of an episode load on: joy, surprise, distress, control. Rows in the order of TASKS.
LOADINGS = np.array([
    # joy  surprise distress control
    [-.10, .80, .30, .00],    # AU01
    [-.10, .84, .00, .00],    # AU02
    [-.25, -.15, .60, .20],   # AU04
    [.82, .00, .20, .00],     # AU06
    [.66, -.20, .35, .10],    # AU07
    [.72, .00, .30, -.10],    # AU10
    [.84, .10, -.05, .00],    # AU12
    [.35, .00, .05, .45],     # AU14
    [-.15, .10, .45, .35],    # AU15
    [.00, .00, .40, .55],     # AU17
    [.00, .00, .25, .60],     # AU23
    [-.15, .00, .05, .65],    # AU24
])
SUBJECT_SD = 0.35            # people differ in how readily they show each Action Unit
LEVEL_B = 0.30               # intensity (1 is level E) from which the label is 1
TRACE = 0.18                 # strongest activity that coders still call absent
TRACE_RATE = 0.30
_CUTS = np.array([NormalDist().inv_cdf(1 - p) for p in BASE_RATES])


@dataclass(frozen=True)
class Expression:
    labels: np.ndarray       # int8 [12]
    intensity: np.ndarray    # float [12], 0..1
    weights: dict            # blendshape -> weight


def draw_habit(rng):
    """A subject's own readiness per Action Unit."""
    return rng.normal(0, SUBJECT_SD, len(TASKS))


def draw(rng, habit):
    """One expression: a Gaussian copula with the wanted base rates, then intensities, then shapes."""
    factors = rng.normal(0, 1, LOADINGS.shape[1])
    own = np.sqrt(np.maximum(1 - SUBJECT_SD ** 2 - (LOADINGS ** 2).sum(axis=1), 0.05))
    scale = np.sqrt(SUBJECT_SD ** 2 + (LOADINGS ** 2).sum(axis=1) + own ** 2)
    readiness = (LOADINGS @ factors + habit + own * rng.normal(0, 1, len(TASKS))) / scale
    labels = readiness > _CUTS
    strong = LEVEL_B + (1 - LEVEL_B) * rng.beta(1.3, 1.5, len(TASKS))
    trace = rng.uniform(0, TRACE, len(TASKS)) * (rng.random(len(TASKS)) < TRACE_RATE)
    intensity = np.where(labels, strong, trace)
    return Expression(labels.astype(np.int8), intensity, _weights(rng, intensity))


def shapes(unit, intensity, left=1.0, right=1.0):
    """Blendshape weights of one Action Unit."""
    out = {}
    for shape, weight in SHAPES[unit].items():
        if shape in UNPAIRED:
            out[shape] = weight * intensity * 0.5 * (left + right)
        else:
            out[shape + "_L"], out[shape + "_R"] = weight * intensity * left, weight * intensity * right
    return out


UNPAIRED = {"mouthShrugLower", "mouthShrugUpper", "mouthPucker", "mouthRollLower", "mouthRollUpper", "mouthFunnel",
            "jawOpen"}


def _weights(rng, intensity):
    total = {}

    def add(parts):
        for name, weight in parts.items():
            total[name] = total.get(name, 0.0) + float(weight)

    for unit, strength in zip(TASKS, intensity):
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
