"""A sheet of paper as a camera sees it: tilted, curled, badly lit, out of focus, moving, noisy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.bench.worn_paper import Floats, Picture, Random, Sheet

Doubles = NDArray[np.float64]

HD: Final = (1280, 720)
VGA: Final = (640, 480)

_FINER: Final = 2
"""A frame is first drawn so many times finer, as light falls between the dots of a sensor."""

_MESH: Final = 8
_TABLE: Final = 0.45
_WHITE: Final = 205.0
"""Points of the finer frame between two rays that are followed; reflectance of the table; grey level of white paper."""

_PAPER: Final = 576
"""Dots across the printed width of paper 80 mm wide."""

_AWAY: Final = 1e5


@dataclass(frozen=True, slots=True)
class View:
    """How the camera looks; ``share`` is what the symbol and its quiet zone take of the frame's height.

    Angles are in degrees: ``curl`` is the arc over which the 72 mm are bent that an 80 mm printer prints on,
    ``turn`` the most it is turned either way. ``defocus`` (sigma) and ``motion`` (way) are in modules, ``noise`` is
    in grey levels, ``shadow`` is the share of light it takes, ``glare`` the share of the symbol it covers.
    """

    frame: tuple[int, int] = HD
    share: float = 0.6
    turn: float = 10.0
    tilt: float = 0.0
    curl: float = 0.0
    defocus: float = 0.0
    motion: float = 0.0
    noise: float = 3.0
    shadow: float = 0.0
    glare: float = 0.0


def photograph(chance: Random, sheet: Sheet, view: View) -> Picture:
    """One grey frame."""
    width, height = view.frame
    side = view.share * height  # of the symbol, in pixels, seen from straight above
    module = side / sheet.modules
    x, y = _seen(chance, sheet, view, side)
    finer = max(1, round(sheet.side / side))
    dots = cv2.blur(sheet.light, (finer, finer)) if finer > 1 else sheet.light
    fine = cv2.remap(dots, x, y, cv2.INTER_LINEAR, borderValue=_TABLE)
    light = np.asarray(cv2.resize(fine, view.frame, interpolation=cv2.INTER_AREA), np.float32)
    light *= _lamp(chance, view, side)
    light = np.asarray(cv2.GaussianBlur(light, (0, 0), float(np.hypot(0.45, view.defocus * module))), np.float32)
    if view.motion:
        light = np.asarray(cv2.filter2D(light, -1, _path(chance, view.motion * module)), np.float32)
    grey = _WHITE * light + chance.standard_normal((height, width), np.float32) * view.noise
    return np.clip(np.rint(grey), 0, 255).astype(np.uint8)


def _seen(chance: Random, sheet: Sheet, view: View, side: float) -> tuple[Floats, Floats]:
    """Which dot of the sheet each point of the finer frame shows: rays from a pinhole to a plane or a cylinder."""
    width, height = view.frame
    focal = 0.9 * width
    pose = _pose(chance, view)
    off = chance.uniform(-0.05, 0.05, 2) * height
    across, down = (((np.arange(n * _FINER // _MESH) + 0.5) * _MESH / _FINER) - n / 2 for n in (width, height))
    ray = np.stack([*np.meshgrid(across - off[0], down - off[1]), np.full((len(down), len(across)), focal)], -1) @ pose
    eye = np.array([0.0, 0.0, -focal * sheet.side / side]) @ pose
    if view.curl:
        u, v = _on_cylinder(eye, ray, _PAPER / np.radians(view.curl), upright=bool(chance.random() < 0.5))
    else:
        on = eye - ray * (eye[2] / ray[..., 2:])
        u, v = on[..., 0], on[..., 1]
    rows, columns = sheet.light.shape
    size = width * _FINER, height * _FINER
    x, y = (
        np.asarray(cv2.resize((at + (whole - 1) / 2).astype(np.float32), size), np.float32)
        for at, whole in ((u, columns), (v, rows))
    )
    return x, y


def _pose(chance: Random, view: View) -> Doubles:
    """Turned in its own plane, then tilted about any axis in the picture's plane."""
    turn, axis = np.radians(chance.uniform(-view.turn, view.turn)), chance.uniform(0, 2 * np.pi)
    tilt = np.radians(max(view.tilt, chance.uniform(0, 6)))
    tilting, _ = cv2.Rodrigues(tilt * np.array([np.cos(axis), np.sin(axis), 0.0]))
    turning, _ = cv2.Rodrigues(np.array([0.0, 0.0, turn]))
    return np.asarray(tilting @ turning, np.float64)


def _on_cylinder(eye: Doubles, ray: Doubles, radius: float, upright: bool) -> tuple[Doubles, Doubles]:
    """Where ``ray`` first meets paper bent away from the eye, along the paper; far off where it never does."""
    bent, straight = (0, 1) if upright else (1, 0)
    z = eye[2] - radius
    a = ray[..., bent] ** 2 + ray[..., 2] ** 2
    b = eye[bent] * ray[..., bent] + z * ray[..., 2]
    root = b**2 - a * (eye[bent] ** 2 + z**2 - radius**2)
    way = (-b - np.sqrt(np.maximum(root, 0))) / a
    along = radius * np.arctan2(eye[bent] + way * ray[..., bent], -(z + way * ray[..., 2]))
    along = np.where(root >= 0, along, -_AWAY)
    level = eye[straight] + way * ray[..., straight]
    return (along, level) if upright else (level, along)


def _lamp(chance: Random, view: View, side: float) -> Floats:
    """Light on each pixel: never even, with a shadow's soft edge or a lamp's reflection where asked for."""
    width, height = view.frame
    across, down = np.meshgrid(np.linspace(-0.5, 0.5, width), np.linspace(-0.5, 0.5, height))
    angle = chance.uniform(0, 2 * np.pi)
    slope = np.cos(angle) * across * width / height + np.sin(angle) * down
    light = 1 - 0.15 * (slope + 0.5)
    if view.shadow:
        angle = chance.uniform(0, 2 * np.pi)
        edge = np.cos(angle) * across * width + np.sin(angle) * down * height - side * chance.uniform(-0.25, 0.25)
        light *= 1 - view.shadow / (1 + np.exp(-edge / (0.03 * side)))
    if view.glare:
        radius, stretch = side * np.sqrt(view.glare / np.pi), chance.uniform(0.6, 1.6)
        spot = side * chance.uniform(-0.35, 0.35, 2)
        away = np.hypot((across * width - spot[0]) * stretch, (down * height - spot[1]) / stretch) / radius
        light += 1.2 * np.exp(-(away**4))
    return np.asarray(light, np.float32)


def _path(chance: Random, way: float) -> Floats:
    """The straight way of a moving hand during one exposure, ``way`` pixels long, as a kernel."""
    size = 2 * (int(way / 2) + 2) + 1
    angle = chance.uniform(0, np.pi)
    step = np.linspace(-way / 2, way / 2, 12 * size)
    kernel = np.zeros((size, size), np.float32)
    at = size // 2 + np.outer(step, [np.sin(angle), np.cos(angle)])
    low = np.floor(at).astype(int)
    part = at - low
    for down, right in ((0, 0), (0, 1), (1, 0), (1, 1)):
        weight = np.abs(1 - down - part[:, 0]) * np.abs(1 - right - part[:, 1])
        np.add.at(kernel, (low[:, 0] + down, low[:, 1] + right), weight)
    return np.asarray(kernel / kernel.sum(), np.float32)
