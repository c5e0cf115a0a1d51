"""The FACS face model: ICT-FaceKit "light", cut down to what a face crop shows.

The pack (see pack_ict.py) holds offsets from a neutral head for 53 expressions and 40 identity modes of unit
variance, so a face is neutral + sum(identity) + sum(expression); nothing else is needed to pose it.
"""
from dataclasses import dataclass

import numpy as np

# Vertex ranges of the topology, by material.
SKIN_END = 11248
MOUTH_END = 13294
SOCKET_END = 14062
GUMS_END = 17039
TEETH_END = 21451
EYES = ((21451, 22221), (23021, 23791))        # cornea and sclera, left then right
EYE_INSIDES = ((22221, 23021), (23791, 24591))

# The 68 iBUG landmarks as vertices.
LANDMARKS = np.array([
    1225, 1888, 1052, 367, 1719, 1722, 2199, 1447, 966, 3661, 4390, 3927, 3924, 2608, 3272, 4088, 3443,
    268, 493, 1914, 2044, 1401, 3615, 4240, 4114, 2734, 2509, 978, 4527, 4942, 4857, 1140, 2075, 1147, 4269, 3360,
    1507, 1542, 1537, 1528, 1518, 1511, 3742, 3751, 3756, 3721, 3725, 3732,
    5708, 5695, 2081, 0, 4275, 6200, 6213, 6346, 6461, 5518, 5957, 5841,
    5702, 5711, 5533, 6216, 6207, 6470, 5517, 5966])


@dataclass(frozen=True)
class FaceModel:
    """Vertices [V,3] in cm (y up, z towards the viewer), triangles [T,3], offsets [n, V*3]."""
    neutral: np.ndarray
    triangles: np.ndarray
    expressions: np.ndarray
    identities: np.ndarray
    names: dict
    source: np.ndarray       # vertex number in the pack, to tell materials apart
    landmarks: np.ndarray

    def head(self, identity):
        """The neutral head of one person: identity coefficients [40] of unit variance."""
        return self.neutral + (identity.astype(np.float32) @ self.identities).reshape(-1, 3)

    def offset(self, weights):
        """Expression offsets for a dict of blendshape name -> weight, to be added to any head."""
        total = np.zeros(self.expressions.shape[1], np.float32)
        for name, weight in weights.items():      # a product with a slice would copy it: half of an image's time
            total += np.float32(weight) * self.expressions[self.names[name]]
        return total.reshape(-1, 3)


def load(path):
    """Reads ict_pack.npz and keeps the front of the head.

    Dropped: the back of the head and the ears (never in a face crop, half of the rasteriser's time), and the
    inner eyeballs: the outer shell covers the iris, so the iris is painted on the shell instead (paint.py).
    """
    with np.load(path) as pack:
        neutral, quads = pack["neutral"], pack["faces"]
        expressions, identities = pack["expr"], pack["ident"]
        names = {str(name): i for i, name in enumerate(pack["names"])}
    x, y, z = neutral.T
    keep = (np.abs(x) < 9.0) & (y > -11.5) & (y < 11.5) & (z > -1.0)
    for begin, end in EYE_INSIDES:
        keep[begin:end] = False
    triangles = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    triangles = triangles[triangles[:, 0] != triangles[:, 2]]
    triangles = triangles[(triangles[:, 1] != triangles[:, 2]) & keep[triangles].all(axis=1)]
    source = np.unique(np.concatenate([triangles.ravel(), LANDMARKS]))
    renumber = np.full(len(neutral), -1, np.int32)
    renumber[source] = np.arange(len(source), dtype=np.int32)
    flat = lambda offsets: np.ascontiguousarray(offsets[:, source].astype(np.float32).reshape(len(offsets), -1))
    return FaceModel(neutral[source].copy(), renumber[triangles], flat(expressions), flat(identities), names,
                     source, renumber[LANDMARKS])
