"""A z-buffer rasteriser for one small face, compiled by numba.

Why not a graphics library: a recipe that needs no graphics driver gives the same images on every machine, and a
64x64 grey face needs nothing but triangles, a depth test and Lambert's law. Everything here is float32 and
single-threaded; one image with 2x supersampling costs a few milliseconds.
"""
import numpy as np
from numba import njit


@njit(cache=True, fastmath=False)
def vertex_normals(vertices, triangles):
    """Area-weighted normals: the sum of the cross products of the triangles around each vertex."""
    normals = np.zeros_like(vertices)
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        ux, uy, uz = vertices[b, 0] - vertices[a, 0], vertices[b, 1] - vertices[a, 1], vertices[b, 2] - vertices[a, 2]
        vx, vy, vz = vertices[c, 0] - vertices[a, 0], vertices[c, 1] - vertices[a, 1], vertices[c, 2] - vertices[a, 2]
        nx, ny, nz = uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx
        for v in (a, b, c):
            normals[v, 0] += nx
            normals[v, 1] += ny
            normals[v, 2] += nz
    for v in range(vertices.shape[0]):
        length = np.sqrt(normals[v, 0] ** 2 + normals[v, 1] ** 2 + normals[v, 2] ** 2) + np.float32(1e-9)
        normals[v, 0] /= length
        normals[v, 1] /= length
        normals[v, 2] /= length
    return normals


@njit(cache=True, fastmath=False)
def shade(normals, albedo, gloss, light, ambient, diffuse):
    """Grey value of every vertex: a sky-weighted ambient term, a wrapped Lambert term and a soft highlight.

    The wrap (light reaches a little past the terminator) stands for subsurface scattering; without it the
    shadow side of a face turns into a black mask that no camera would show.
    """
    out = np.empty(albedo.shape[0], np.float32)
    hx, hy, hz = light[0], light[1], light[2] + np.float32(1.0)
    h = np.sqrt(hx * hx + hy * hy + hz * hz)
    hx, hy, hz = hx / h, hy / h, hz / h
    for v in range(albedo.shape[0]):
        nx, ny, nz = normals[v, 0], normals[v, 1], normals[v, 2]
        lambert = (nx * light[0] + ny * light[1] + nz * light[2] + np.float32(0.15)) / np.float32(1.15)
        lambert = max(lambert, np.float32(0.0))
        sky = np.float32(0.8) + np.float32(0.2) * ny
        spec = max(nx * hx + ny * hy + nz * hz, np.float32(0.0))
        spec = spec * spec
        spec = spec * spec
        spec = spec * spec
        spec = spec * spec
        out[v] = albedo[v] * (ambient * sky + diffuse * lambert) + gloss[v] * diffuse * spec
    return out


@njit(cache=True, fastmath=False)
def visible(screen, triangles, side):
    """What a picture of side x side pixels shows: the nearest triangle's number at every pixel, -1 where there is none,
    and the weights of its three corners there.

    `screen` holds x, y in pixels (y down) and z (large is near).
    """
    nearest = np.full((side, side), -1, np.int32)
    weights = np.zeros((side, side, 3), np.float32)
    depth = np.full((side, side), np.float32(-1e9))
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        ax, ay, bx, by = screen[a, 0], screen[a, 1], screen[b, 0], screen[b, 1]
        cx, cy = screen[c, 0], screen[c, 1]
        area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        if area >= np.float32(-1e-9):      # y points down, so a triangle that faces us turns clockwise
            continue
        x0 = max(int(np.ceil(min(ax, bx, cx) - np.float32(0.5))), 0)
        x1 = min(int(np.floor(max(ax, bx, cx) - np.float32(0.5))), side - 1)
        y0 = max(int(np.ceil(min(ay, by, cy) - np.float32(0.5))), 0)
        y1 = min(int(np.floor(max(ay, by, cy) - np.float32(0.5))), side - 1)
        inverse = np.float32(1.0) / area
        for y in range(y0, y1 + 1):
            py = np.float32(y) + np.float32(0.5)
            for x in range(x0, x1 + 1):
                px = np.float32(x) + np.float32(0.5)
                wa = ((bx - px) * (cy - py) - (by - py) * (cx - px)) * inverse
                wb = ((cx - px) * (ay - py) - (cy - py) * (ax - px)) * inverse
                wc = np.float32(1.0) - wa - wb
                if wa < 0 or wb < 0 or wc < 0:
                    continue
                z = wa * screen[a, 2] + wb * screen[b, 2] + wc * screen[c, 2]
                if z > depth[y, x]:
                    depth[y, x] = z
                    nearest[y, x] = t
                    weights[y, x, 0], weights[y, x, 1], weights[y, x, 2] = wa, wb, wc
    return nearest, weights


@njit(cache=True, fastmath=False)
def draw(nearest, weights, triangles, grey, image):
    """Draws what `visible` found over `image`, the corners' greys blended."""
    for y in range(image.shape[0]):
        for x in range(image.shape[1]):
            if nearest[y, x] >= 0:
                a, b, c = triangles[nearest[y, x]]
                image[y, x] = weights[y, x, 0] * grey[a] + weights[y, x, 1] * grey[b] + weights[y, x, 2] * grey[c]


def label(nearest, weights, triangles, part):
    """The part of the nearest corner at every pixel, 0 where there is none: a map of labels has no values between."""
    corner = np.take_along_axis(triangles[nearest], weights.argmax(axis=-1)[..., None], axis=-1)[..., 0]
    return np.where(nearest >= 0, part[corner], 0).astype(np.uint8)
