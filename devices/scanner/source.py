"""Where frames come from: a camera by number or path, a stream by address, a picture or a film by path."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

import cv2
import numpy as np

from devices.scanner.decode import Grey

_OPEN_MS: Final = 3000
_READ_MS: Final = 2000
"""Milliseconds until a stream must be open, and until the next frame must be there."""

_ANSWER: Final = 0.5
_PACE: Final = 0.03
"""Seconds: until a host must take a connection; between two frames."""


def is_there(source: str) -> bool:
    """Whether the camera could be opened, found out without opening it."""
    if not _is_stream(source):
        return os.path.exists(_path(source))
    try:
        address = urlsplit(source)
        port = address.port or (443 if address.scheme == "https" else 80)
        socket.create_connection((address.hostname or "", port), _ANSWER).close()
    except (OSError, ValueError):
        return False
    return True


def frames(source: str, wanted: Callable[[float], bool]) -> Iterator[Grey]:
    """Frames, one each 30 ms at most, until the source gives no more.

    ``wanted`` waits as many seconds as it is told and says whether to go on.
    A film starts again when it ends, and a picture is a film of one frame.
    """
    while True:
        given = 0
        capture = _open(source)
        try:
            for frame in _from(capture, wanted, paced=_is_file(source)):
                given += 1
                yield frame
        finally:
            capture.release()
        if not given or not _is_file(source) or not wanted(0):
            return


def _from(capture: cv2.VideoCapture, wanted: Callable[[float], bool], paced: bool) -> Iterator[Grey]:
    due = monotonic()
    while wanted(max(0.0, due - monotonic()) if paced else 0.0) and capture.grab():
        if monotonic() < due:
            continue  # passed over, so that the one that is looked at is the newest
        due = monotonic() + _PACE
        ok, frame = capture.retrieve()
        if not ok:
            return
        yield _grey(frame)


def _open(source: str) -> cv2.VideoCapture:
    """A capture that gives nothing where there is nothing to open."""
    if _is_stream(source):
        within = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _READ_MS]
        return cv2.VideoCapture(source, cv2.CAP_FFMPEG, within)
    if _is_file(source):
        return cv2.VideoCapture(source, cv2.CAP_FFMPEG)
    if not os.path.exists(_path(source)):
        return cv2.VideoCapture()
    capture = cv2.VideoCapture(_path(source), cv2.CAP_V4L2)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # else four old frames come first
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, 1280)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, 720)
    return capture


def _is_stream(source: str) -> bool:
    return source.startswith(("http://", "https://"))


def _is_file(source: str) -> bool:
    try:
        return not _is_stream(source) and stat.S_ISREG(os.stat(source).st_mode)
    except OSError:
        return False


def _path(source: str) -> str:
    return f"/dev/video{source}" if source.isdecimal() else source


def _grey(frame: object) -> Grey:
    picture = np.asarray(frame, dtype=np.uint8)
    return picture if picture.ndim == 2 else np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
