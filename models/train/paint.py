"""Grey albedo of every vertex: the model has no texture, so brows, lashes, lips and irises are painted.

Everything is painted on the neutral mesh and therefore moves with the skin, which is what makes a raised brow or
a pressed lip visible. The masks depend on the topology alone and are computed once; a person is a Style, a few
numbers that mix them.
"""
from dataclasses import dataclass

import numpy as np

import facemodel

BROWS = (range(17, 22), range(22, 27))
UPPER_LIDS = ((36, 37, 38, 39), (42, 43, 44, 45))
LOWER_LIDS = ((36, 41, 40, 39), (42, 47, 46, 45))
OUTER_LIP = range(48, 60)
INNER_LIP = range(60, 68)
IRIS_RADIUS = 0.60       # cm, as in people
PUPIL_RADIUS = 0.24
NOSE = (27, 31, 32, 33, 34, 35)
PARTS = ("background", "skin", "brows", "eyes", "nose", "lips", "mouth")     # mouth: teeth and what lies behind them


@dataclass(frozen=True)
class Style:
    """How one person is coloured. Drawn once a person, never an image."""
    skin: float              # albedo of the skin
    lips: float              # albedo of the lips relative to the skin
    brow_dark: float         # 0 invisible .. 1 black
    brow_width: float        # cm, half width
    brow_lift: float         # cm, how far above the landmarks' line the hair sits
    lash: float              # 0..1, lashes and lid line
    iris: float              # albedo of the iris
    beard: float             # 0..1, shaved shadow on jaw and upper lip
    mottle: np.ndarray       # [waves, 5]: amplitude, wave vector, phase of slow skin variation

    @staticmethod
    def draw(rng):
        skin = rng.uniform(0.42, 0.88)
        waves = np.column_stack([rng.uniform(0.0, 0.018, 6), rng.normal(0.0, 0.7, (6, 3)), rng.uniform(0, 2 * np.pi, 6)])
        return Style(skin=skin, lips=rng.uniform(0.60, 0.86), brow_dark=rng.uniform(0.35, 0.85),
                     brow_width=rng.uniform(0.28, 0.50), brow_lift=rng.uniform(-0.25, 0.10),
                     lash=rng.uniform(0.35, 0.8), iris=rng.uniform(0.10, 0.40),
                     beard=rng.uniform(0.0, 0.22) if rng.random() < 0.4 else 0.0, mottle=waves)


class Painter:
    """The masks of one FaceModel, and the mixing of them."""

    def __init__(self, model):
        self.position = model.neutral
        self.landmarks = model.landmarks
        source, marks = model.source, model.neutral[model.landmarks]
        xy = model.neutral[:, :2]
        self.skin = source < facemodel.SKIN_END
        front = self.skin & (model.neutral[:, 2] > 4.0)
        self.front = front
        self.brow_lines = [marks[list(line), :2] for line in BROWS]
        self.lid = np.maximum(_near(xy, marks, UPPER_LIDS, 0.22), 0.45 * _near(xy, marks, LOWER_LIDS, 0.16)) * front
        outer, inner = _inside(xy, marks[list(OUTER_LIP), :2]), _inside(xy, marks[list(INNER_LIP), :2])
        self.lip = (front & (model.neutral[:, 2] > 9.0) & outer) * 1.0
        # The red of the lips goes on behind the inner contour, where rolling and parting lips show it.
        self.lip[front & inner] = 1.0
        mouth = (source >= facemodel.SKIN_END) & (source < facemodel.MOUTH_END)
        self.mouth = mouth
        self.gums = (source >= facemodel.SOCKET_END) & (source < facemodel.GUMS_END)
        self.teeth = (source >= facemodel.GUMS_END) & (source < facemodel.TEETH_END)
        self.socket = (source >= facemodel.MOUTH_END) & (source < facemodel.SOCKET_END)
        self.from_axis = _from_optical_axis(model)
        self.eye = np.isfinite(self.from_axis)
        low = np.clip((-0.2 - xy[:, 1]) / 1.5, 0, 1) * np.clip((7.2 - np.abs(xy[:, 0])) / 2.0, 0, 1)
        self.beard = low * front * (1 - self.lip)

    def albedo(self, style):
        """Albedo [V] of one person."""
        p = self.position
        out = np.full(len(p), style.skin, np.float32)
        for amplitude, kx, ky, kz, phase in style.mottle:
            out += (style.skin * amplitude * np.sin(p @ np.array([kx, ky, kz]) + phase)).astype(np.float32)
        out *= 1 - style.beard * self.beard
        out = _mix(out, style.skin * style.lips, self.lip)
        out = _mix(out, 0.05, style.brow_dark * self._brow(style))
        out = _mix(out, 0.04, style.lash * self.lid)
        out[self.socket] = 0.6 * style.skin
        out[self.mouth] = np.float32(0.5 * style.skin * style.lips) * self._depth()[self.mouth]
        out[self.gums] = 0.20 * self._depth()[self.gums]
        out[self.teeth] = 0.80 * self._depth()[self.teeth]
        r = self.from_axis[self.eye]
        white = 0.78 * np.clip(1.15 - 0.25 * r, 0.4, 1.0)
        iris = np.where(r < PUPIL_RADIUS, 0.02, style.iris)
        edge = np.clip((r - IRIS_RADIUS) / 0.10, 0, 1)
        out[self.eye] = iris * (1 - edge) + white * edge
        return np.clip(out, 0.01, 1.0).astype(np.float32)

    def parts(self, style):
        """Which of PARTS every vertex [V] belongs to, for one person."""
        marks = self.position[self.landmarks]
        nose = marks[list(NOSE), :2]
        nose = nose.mean(axis=0) + 1.25 * (nose - nose.mean(axis=0))      # the landmarks lie inside of the wings
        out = np.full(len(self.position), PARTS.index("skin"), np.uint8)
        out[self.front & _inside(self.position[:, :2], nose)] = PARTS.index("nose")
        out[self._brow(style) > 0.5] = PARTS.index("brows")
        out[self.lip > 0.5] = PARTS.index("lips")
        out[self.eye] = PARTS.index("eyes")
        out[self.mouth | self.gums | self.teeth] = PARTS.index("mouth")
        return out

    def gloss(self):
        """Strength of the highlight: wet eyes, lips a little, skin hardly."""
        out = np.where(self.skin, 0.06, 0.03).astype(np.float32)
        out[self.lip > 0.5] = 0.10
        out[self.eye] = 0.35
        return out

    def _brow(self, style):
        distance = np.full(len(self.position), np.inf)
        for line in self.brow_lines:
            width = style.brow_width * np.linspace(0.65, 1.0, len(line))    # thin towards the temple
            width = width if line[0, 0] < 0 else width[::-1]
            shifted = line + np.array([0.0, style.brow_lift])
            distance = np.minimum(distance, _polyline(self.position[:, :2], shifted, width))
        return np.clip(1.5 - distance, 0, 1) * self.front

    def _depth(self):
        """Light that reaches inside the mouth: none of this rasteriser's lights casts a shadow."""
        return np.clip((self.position[:, 2] - 7.5) / 3.0, 0.05, 1.0).astype(np.float32)


def _mix(base, colour, amount):
    return (base * (1 - amount) + colour * amount).astype(np.float32)


def _near(xy, marks, lines, width):
    distance = np.min([_polyline(xy, marks[list(line), :2], np.full(len(line), width)) for line in lines], axis=0)
    return np.clip(1.6 - distance, 0, 1)


def _polyline(points, line, width):
    """Distance to a polyline in units of its half width, which varies linearly along each piece."""
    best = np.full(len(points), np.inf)
    for a, b, wa, wb in zip(line[:-1], line[1:], width[:-1], width[1:]):
        along = np.clip(((points - a) @ (b - a)) / ((b - a) @ (b - a)), 0, 1)
        distance = np.linalg.norm(points - a - along[:, None] * (b - a), axis=1)
        best = np.minimum(best, distance / (wa + along * (wb - wa)))
    return best


def _inside(points, polygon):
    inside = np.zeros(len(points), bool)
    for (ax, ay), (bx, by) in zip(polygon, np.roll(polygon, -1, axis=0)):
        crosses = (ay > points[:, 1]) != (by > points[:, 1])
        x = ax + (points[:, 1] - ay) * (bx - ax) / (by - ay if by != ay else 1e-9)
        inside ^= crosses & (points[:, 0] < x)
    return inside


def _from_optical_axis(model):
    """Distance in cm from the eye's optical axis, infinite off the front of the eyeballs.

    The axis goes through the pole of the shell's latitude-longitude grid; the pole sits 6.5 degrees towards the
    temple, as the shell was modelled.
    """
    out = np.full(len(model.neutral), np.inf)
    for begin, end in facemodel.EYES:
        eye = np.flatnonzero((model.source >= begin) & (model.source < end))
        p = model.neutral[eye]
        middle = (p.min(axis=0) + p.max(axis=0)) / 2
        axis = np.array([0.19 * np.sign(middle[0]), -0.02, 1.65])
        axis /= np.linalg.norm(axis)
        along = (p - middle) @ axis
        radial = np.linalg.norm(p - middle - along[:, None] * axis, axis=1)
        out[eye] = np.where(along > 0, radial, 2.0)
    return out
