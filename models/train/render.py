"""One person, one expression, one camera, one light: one grey image, as a face-aligned crop would show it."""
from dataclasses import dataclass

import numpy as np

import facemodel
import raster
from paint import Painter, Style

SUPERSAMPLE = 2
CROP_CM = 15.6           # what the crop's side covers on a face of average size
CAMERA_CM = 70.0

# Cameras meter the face, though never quite: dark skin stays darker than light skin, and no highlight hides a brow.
METERED = 0.40
METERING = 0.6


@dataclass(frozen=True)
class Person:
    """Identity and colouring, fixed over all images of a subject."""
    head: np.ndarray
    albedo: np.ndarray
    parts: np.ndarray        # of the face, see paint.PARTS
    asymmetry: np.ndarray    # [2] gain of left and right half of the face


@dataclass(frozen=True)
class Picture:
    """What the renderer knows of one image."""
    image: np.ndarray        # uint8 [size, size]
    landmarks: np.ndarray    # float [68, 2]: x, y in parts of the side, from the upper left corner
    pose: np.ndarray         # float [3]: yaw, pitch, roll in degrees
    parts: np.ndarray        # uint8 [size/2, size/2], indices into paint.PARTS


@dataclass(frozen=True)
class View:
    """Pose, light, camera. Moderate on purpose: the crop of a face tracker, indoors, looking at the camera."""
    yaw: float
    pitch: float
    roll: float
    scale: float
    shift: np.ndarray        # of the crop, in parts of its side
    light: np.ndarray        # unit vector towards the light
    ambient: float
    diffuse: float
    gamma: float
    background: np.ndarray   # grey at the four corners
    blur: float              # pixels
    noise: float             # grey levels

    @staticmethod
    def draw(rng):
        azimuth, elevation = np.radians(rng.normal(0, 30)), np.radians(rng.normal(25, 15))
        light = np.array([np.sin(azimuth) * np.cos(elevation), np.sin(elevation), np.cos(azimuth) * np.cos(elevation)])
        clip = lambda sigma, limit: float(np.clip(rng.normal(0, sigma), -limit, limit))
        return View(yaw=clip(7, 15), pitch=clip(5, 10), roll=clip(2, 4), scale=rng.uniform(0.95, 1.05),
                    shift=rng.normal(0, 0.012, 2), light=light.astype(np.float32),
                    ambient=rng.uniform(0.35, 0.60), diffuse=rng.uniform(0.45, 0.75), gamma=rng.uniform(0.75, 0.95),
                    background=rng.uniform(0.05, 0.7) + rng.uniform(-0.1, 0.1, 4),
                    blur=rng.uniform(0.0, 0.55), noise=rng.uniform(0.5, 2.0))

    @staticmethod
    def plain():
        """A frontal portrait, for contact sheets."""
        return View(0, 0, 0, 1.0, np.zeros(2), np.array([0.3, 0.45, 0.84], np.float32), 0.45, 0.6, 0.85,
                    np.full(4, 0.3), 0.0, 0.0)


class Renderer:
    """Holds what all images share: the model, its masks, its triangles."""

    def __init__(self, pack, size=64):
        self.model = facemodel.load(pack)
        self.painter = Painter(self.model)
        self.gloss = self.painter.gloss()
        self.size = size
        self.side = (self.model.neutral[:, 0] / 2.0).clip(-1, 1)      # -1 right half of the face .. 1 left half

    def person(self, rng):
        """Draws a subject. Identity modes beyond 2.2 standard deviations make masks, not faces."""
        identity = np.clip(rng.normal(0, 1, len(self.model.identities)), -2.2, 2.2)
        style = Style.draw(rng)
        return Person(self.model.head(identity), self.painter.albedo(style), self.painter.parts(style),
                      1 + rng.normal(0, 0.06, 2))

    def image(self, person, weights, view, rng):
        """Renders uint8 [size, size]. `weights` maps blendshape names to weights."""
        return self.picture(person, weights, view, rng).image

    def picture(self, person, weights, view, rng):
        """Renders an image with all that is known about it."""
        offset = self.model.offset(weights)
        left, right = person.asymmetry
        gain = 0.5 * (left + right) + 0.5 * self.side * (left - right)
        vertices = person.head + offset * gain[:, None].astype(np.float32)
        vertices = (vertices - self._middle(person)) @ _rotation(view).T.astype(np.float32)
        normals = raster.vertex_normals(vertices, self.model.triangles)
        grey = raster.shade(normals, person.albedo, self.gloss, view.light, np.float32(view.ambient), np.float32(view.diffuse))
        n = self.size * SUPERSAMPLE
        perspective = CAMERA_CM / (CAMERA_CM - vertices[:, 2])
        pixels = perspective * (n / CROP_CM * view.scale / self._breadth(person))
        screen = np.empty_like(vertices)
        screen[:, 0] = n * (0.5 + view.shift[0]) + vertices[:, 0] * pixels
        screen[:, 1] = n * (0.5 + view.shift[1]) - vertices[:, 1] * pixels
        screen[:, 2] = vertices[:, 2]
        image = _background(view.background, n)
        raster.draw(*raster.visible(screen, self.model.triangles, n), self.model.triangles, grey, image)
        marks = screen[self.model.landmarks, :2] / n
        return Picture(self._expose(image, view, rng), marks, np.array([view.yaw, view.pitch, view.roll]),
                       self._parts(person, screen))

    def _parts(self, person, screen):
        """The map of face parts, at half the image's resolution and one sample a pixel."""
        side = self.size // 2
        smaller = screen * np.array([0.5 / SUPERSAMPLE, 0.5 / SUPERSAMPLE, 1], np.float32)
        return raster.label(*raster.visible(smaller, self.model.triangles, side), self.model.triangles, person.parts)

    def _middle(self, person):
        """Where an aligned crop is centred: between the eyes' and the mouth's landmarks, set back to the neck's axis."""
        marks = person.head[self.model.landmarks]
        middle = 0.5 * marks[36:48].mean(axis=0) + 0.5 * marks[[48, 54]].mean(axis=0)
        return np.array([middle[0], middle[1] - 0.15, 4.0], np.float32)

    def _breadth(self, person):
        """Size of this face relative to the average one: alignment takes it out."""
        span = lambda head: np.linalg.norm(head[36:48].mean(axis=0) - head[48:60].mean(axis=0))
        marks = self.model.landmarks
        return 0.5 * (span(person.head[marks]) / span(self.model.neutral[marks])
                      + _width(person.head[marks]) / _width(self.model.neutral[marks]))

    def _expose(self, image, view, rng):
        small = image.reshape(self.size, SUPERSAMPLE, self.size, SUPERSAMPLE).mean(axis=(1, 3))
        small = small * np.float32((METERED / max(float(_centre(small).mean()), 0.02)) ** METERING)
        small = np.clip(small, 0, 1) ** np.float32(view.gamma)
        if view.blur > 0:
            small = _blur(small, view.blur)
        small = 255 * small + rng.normal(0, 1, small.shape) * view.noise
        return np.clip(np.rint(small), 0, 255).astype(np.uint8)


def _centre(image):
    margin = image.shape[0] // 4
    return image[margin:-margin, margin:-margin]


def _width(marks):
    return np.linalg.norm(marks[36] - marks[45])


def _rotation(view):
    yaw, pitch, roll = np.radians([view.yaw, view.pitch, view.roll])
    cy, sy, cp, sp, cr, sr = np.cos(yaw), np.sin(yaw), np.cos(pitch), np.sin(pitch), np.cos(roll), np.sin(roll)
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_x = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    about_z = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return about_z @ about_x @ about_y


def _background(corners, n):
    t = np.linspace(0, 1, n, dtype=np.float32)
    top, bottom = corners[0] + (corners[1] - corners[0]) * t, corners[2] + (corners[3] - corners[2]) * t
    return (top[None] * (1 - t[:, None]) + bottom[None] * t[:, None]).clip(0, 1).astype(np.float32)


def _blur(image, sigma):
    side = np.exp(-0.5 / sigma ** 2)
    kernel = np.array([side, 1.0, side], np.float32) / np.float32(1 + 2 * side)
    padded = np.pad(image, 1, mode="edge")
    rows = kernel[0] * padded[:-2] + kernel[1] * padded[1:-1] + kernel[2] * padded[2:]
    return kernel[0] * rows[:, :-2] + kernel[1] * rows[:, 1:-1] + kernel[2] * rows[:, 2:]
