"""A sheet of anybody, signed by nobody, and what a reader finds on it."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pypdfium2
import zxingcpp
from PIL import Image

from certificates.claims import Claims
from certificates.code import sign, text
from certificates.form import Said
from certificates.keys import FileKey
from certificates.library import load
from certificates.picture import Picture, picture
from certificates.sheet import Sheet
from certificates.template import Template
from tests.certificates.random_claims import random_claims

HOST: Final = "hall.example"
KINDS: Final = {f"{each.kind}-{each.version}": each for each in load()}
RESIDENCE: Final = KINDS["residence-1"]
KEY: Final = FileKey.fresh()


def sheet(template: Template = RESIDENCE, claims: Claims | None = None, host: str = HOST, **changed: Any) -> Sheet:
    """``changed`` are claims that differ from those of a random person."""
    claims = replace(claims or random_claims(random.Random(template.type), template), **changed)
    return Sheet(
        template,
        claims,
        sign(claims, KEY, b"\0\0\0\1"),
        host,
        Said(zh="江畔区政务服务中心", en="Jiangpan District Service Hall"),
        "03 号机 K-0203",
        "K0203-1-004183",
        "2026-11-20 09:12",
    )


def code(of: Sheet) -> str:
    return text(of.message, of.claims.short_code, of.host)


def words(pdf: bytes) -> str:
    """The text of the one page as a PDF reader copies it, without the blanks that setting puts between characters."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        found = document[0].get_textpage().get_text_range()
    finally:
        document.close()
    return "".join(found.replace("\u200b", "").split())


def ink(pdf: bytes, dpi: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.asarray(image(picture(pdf, dpi)).convert("L"))


def image(of: Picture) -> Image.Image:
    return Image.frombytes("RGB", (of.width, of.height), of.dots)


def scanned(pdf: bytes, dpi: int = 200) -> list[str]:
    found = zxingcpp.read_barcodes(ink(pdf, dpi), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return [each.text for each in found]
