"""What a person and a phone read on a paper that came out of the printer."""

from __future__ import annotations

import os
import subprocess
from typing import Any, Final

import cv2
import numpy as np
import zxingcpp

from devices.printer.sim_paper import Piece

Picture = np.ndarray[Any, Any]

RIM: Final = 40
"""Dots of white around a paper that lies there to be read."""

_TALL: Final = 90
"""Rows of ink from which a line on a slip is the number."""


def picture(paper: Piece) -> Picture:
    """Black on white, one pixel a dot."""
    rows = np.frombuffer(paper.dots, np.uint8).reshape(-1, (paper.width + 7) // 8)
    return ((1 - np.unpackbits(rows, axis=1)[:, : paper.width]) * 255).astype(np.uint8)


def codes(seen: Picture) -> list[zxingcpp.Barcode]:
    """The QR codes on a paper that lies on white; each stands ``RIM`` dots further right and down than on the paper.

    A reader of all kinds finds bar codes in lines of text, too: on 4 of 1,261 certificates of a hall at 127.0.0.1.
    """
    lying = cv2.copyMakeBorder(seen, RIM, RIM, RIM, RIM, cv2.BORDER_CONSTANT, value=[255])
    return list(zxingcpp.read_barcodes(lying, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)))


def code_on(paper: Piece) -> str:
    """The QR code, as a phone reads it."""
    found = codes(picture(paper))
    assert len(found) == 1, f"{len(found)} codes on the paper"
    return str(found[0].text)


def number_on(paper: Piece) -> str:
    """The large number, by an optical reader; the letter O is not one of ours."""
    number = next(line for line in _lines(picture(paper)) if line.shape[0] > _TALL)
    return _read(number, "ABCDEFGHIJKLMNPQRSTUVWXYZ0123456789-")


def frame_on(paper: Piece) -> str:
    """The Latin words in the frame at the top, where there is one."""
    first = _lines(picture(paper))[0]
    columns = np.flatnonzero((first == 0).any(axis=0))
    return _read(first[8:-8, columns[0] + 8 : columns[-1] - 8], "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/ ")


def _lines(whole: Picture) -> list[Picture]:
    """The paper cut at its white rows."""
    inked = np.concatenate(([False], (whole == 0).any(axis=1), [False]))
    edges = np.flatnonzero(inked[1:] != inked[:-1])
    return [whole[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _read(line: Picture, signs: str) -> str:
    """One line of text, brought to the size that the reader was taught on."""
    scale = 36 / line.shape[0]
    line = cv2.resize(line, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    line = cv2.copyMakeBorder(line, 20, 20, 20, 20, cv2.BORDER_CONSTANT, value=[255])
    read = subprocess.run(
        ["tesseract", "-", "-", "--psm", "7", "-l", "eng", "-c", f"tessedit_char_whitelist={signs}"],
        input=cv2.imencode(".png", line)[1].tobytes(),
        capture_output=True,
        check=True,
        timeout=60,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return read.stdout.decode("utf-8", "replace").strip()
