"""Packs the FaceXModel folder of a clone of ICT-FaceKit (MIT licence) into the one file the renderer reads.

    git clone https://github.com/ICT-VGL/ICT-FaceKit
    python pack_ict.py ICT-FaceKit/FaceXModel ict_pack.npz

The files are Wavefront .obj, one a shape, all with the vertices of the neutral head in the same order. Lashes, tear
fluid and other shells around the eyes (vertices from 24591 on) are left out: they need transparency.
The vertex numbers in facemodel.py hold for the topology of commit da5f95a6 and its neighbours; this script checks.
"""
import argparse
from pathlib import Path

import numpy as np

VERTICES = 24591
IDENTITIES = 40
PAIRED = ("browDown browInnerUp browOuterUp cheekPuff cheekSquint eyeBlink eyeLookDown eyeLookIn eyeLookOut eyeLookUp "
          "eyeSquint eyeWide mouthDimple mouthFrown mouthLowerDown mouthPress mouthSmile mouthStretch mouthUpperUp "
          "noseSneer").split()
SINGLE = ("jawForward jawLeft jawOpen jawRight mouthClose mouthFunnel mouthLeft mouthPucker mouthRight mouthRollLower "
          "mouthRollUpper mouthShrugLower mouthShrugUpper").split()
NAMES = sorted([name + side for name in PAIRED for side in ("_L", "_R")] + SINGLE, key=str.lower)
UPPER_LIP = (0.0, -2.48251, 11.8387)      # vertex 0 of the supported topology


def vertices(path):
    """The first VERTICES positions of an .obj file."""
    rows = []
    with open(path) as lines:
        for line in lines:
            if line.startswith("v "):
                rows.append(line.split()[1:4])
                if len(rows) == VERTICES:
                    return np.array(rows, np.float64)
    raise SystemExit(f"{path}: {len(rows)} vertices, at least {VERTICES} expected")


def faces(path):
    """Polygons among the kept vertices as quads; a triangle repeats its last vertex."""
    rows = []
    with open(path) as lines:
        for line in lines:
            if line.startswith("f "):
                corners = [int(corner.split("/")[0]) - 1 for corner in line.split()[1:]]
                if max(corners) < VERTICES:
                    rows.append(corners + [corners[-1]] * (4 - len(corners)))
    return np.array(rows, np.int32)


def pack(folder):
    """All arrays of the pack."""
    folder = Path(folder)
    neutral = vertices(folder / "generic_neutral_mesh.obj")
    if not np.allclose(neutral[0], UPPER_LIP, atol=1e-3):
        raise SystemExit("this version of the face model numbers its vertices differently: check out commit da5f95a6")
    offsets = lambda names: np.stack([vertices(folder / f"{name}.obj") - neutral for name in names]).astype(np.float16)
    return {"neutral": neutral.astype(np.float32), "faces": faces(folder / "generic_neutral_mesh.obj"),
            "expr": offsets(NAMES), "ident": offsets([f"identity{i:03d}" for i in range(IDENTITIES)]),
            "names": np.array(NAMES)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("out")
    args = parser.parse_args()
    np.savez_compressed(args.out, **pack(args.folder))


if __name__ == "__main__":
    main()
