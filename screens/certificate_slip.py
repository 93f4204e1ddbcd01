"""A certificate on 80 mm paper, drawn to dots. May be called on any thread; needs a QGuiApplication."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from screens.fonts import Ink, advance, glyphs_missing
from screens.paper import Bitmap
from screens.pieces import pair, reprint
from screens.strip import QUIET, Strip, broken, width_of, written
from screens.words import Words

WIDTH: Final = 576
MODULE: Final = 6
"""Dots a module of the code has, 0.75 mm; it is never scaled."""
MOST_MODULES: Final = WIDTH // MODULE - 2 * QUIET
MOST_ROWS: Final = 4_000
"""Dots from the top to the foot, 0.5 m: the printer takes no longer slip."""

_ENGLISH: Final = Ink(22, bold=True)
_LABEL: Final = Ink(26)
_VALUE: Final = Ink(30, bold=True)
_BODY: Final = Ink(28)
_ISSUER: Final = Ink(30, bold=True)
_TITLE: Final = Ink(62, bold=True)
_TITLE_LONG: Final = Ink(44, bold=True)
_CODE: Final = Ink(34, bold=True)
_MICRO: Final = Ink(11)
_VALUES_AT: Final = 170
_SPREAD: Final = 14
_TAIL: Final = 32
_ENDLESS: Final = 1_000


class Unprintable(Exception):
    """This certificate cannot be on a slip: a glyph is missing, or code or text are too large. Says no word of it."""


@dataclass(frozen=True, slots=True)
class CertificateSlip:
    """All that stands on a certificate of 80 mm.

    ``rows``: label and value, in Chinese as they are on record. ``code``: the modules of its QR code without the
    quiet zone, True is black. ``short_code``: 16 characters. ``serial``: of this print. ``copy`` above 1 makes it a
    reprint, and it says so three times.
    """

    issuer: Words
    title: Words
    number: str = field(repr=False)
    rows: tuple[tuple[str, str], ...] = field(repr=False)
    sentence: Words = field(repr=False)
    code: tuple[tuple[bool, ...], ...] = field(repr=False)
    short_code: str = field(repr=False)
    host: str
    machine: Words
    serial: str
    printed_at: str
    copy: int = 1


def certificate(slip: CertificateSlip, width: int = WIDTH) -> Bitmap:
    """Draw a certificate. Every word is printed whole: long ones wrap, nothing is cut or made smaller to fit.

    Raises ``ValueError`` for narrower paper, a copy below 1, a short code that is not 16 characters, or a code that
    is no square; ``Unprintable`` where the code is too wide, the face lacks a glyph or the slip gets too long.
    """
    if width != WIDTH:
        raise ValueError(f"certificates are {WIDTH} dots wide")
    if slip.copy < 1:
        raise ValueError("copies count from 1")
    if len(slip.short_code) != 16:
        raise ValueError("a short code has 16 characters")
    side = len(slip.code)
    if not side or any(len(row) != side for row in slip.code):
        raise ValueError("a code is a square")
    if side > MOST_MODULES:
        raise Unprintable("the code is wider than the paper")
    if any(glyphs_missing(text) for text in _texts(slip)):
        raise Unprintable("the face has no glyph for a character")
    strip = Strip(width, 20)
    strip.y = 20
    if slip.copy > 1:
        reprint(strip, slip.copy)
    _head(strip, slip)
    strip.rule(before=12, after=20)
    for label, value in (("编号", slip.number), *slip.rows):
        _row(strip, label, value)
    strip.rule(before=8, after=22)
    for line in slip.sentence.zh.splitlines():
        strip.paragraph(line, _BODY, most=_ENDLESS, lead=1.45)
    strip.y += 2
    for line in slip.sentence.en.splitlines():
        strip.paragraph(line, _ENGLISH, most=_ENDLESS)
    strip.y += 16
    if slip.copy > 1:
        reprint(strip, slip.copy)
    _code(strip, slip)
    strip.rule(before=16, after=18, dashed=True)
    strip.paragraph("热敏纸会褪色，请扫码保存电子件。", Ink(26))
    strip.paragraph("Thermal paper fades. Scan to keep a digital copy.", _ENGLISH)
    _micro(strip, f"{slip.number} {slip.serial} ")
    _foot(strip, slip)
    if strip.y + _TAIL > MOST_ROWS:
        raise Unprintable("the slip is too long")
    return Bitmap(width, *strip.dots(_TAIL))


def _texts(slip: CertificateSlip) -> Iterator[str]:
    for words in (slip.issuer, slip.title, slip.sentence, slip.machine):
        yield from (words.zh, words.en)
    for row in slip.rows:
        yield from row
    yield from (slip.number, slip.short_code, slip.host, slip.serial, slip.printed_at)


def _head(strip: Strip, slip: CertificateSlip) -> None:
    strip.paragraph(slip.issuer.zh, _ISSUER, 0.5, _ENDLESS)
    strip.paragraph(slip.issuer.en, _ENGLISH, 0.5, _ENDLESS, lead=1.2)
    strip.y += 10
    _spread(strip, written(slip.title.zh))
    strip.y += 4
    strip.paragraph(slip.title.en, Ink(24, bold=True), 0.5, _ENDLESS)


def _spread(strip: Strip, title: str) -> None:
    """The title with air between its characters, as far as one line has room for it."""
    room = strip.right - strip.left
    wide = advance(title, _TITLE)
    if wide > room:
        strip.paragraph(title, _TITLE_LONG, 0.5, _ENDLESS)
        return
    air = min(_SPREAD, (room - wide) / max(1, len(title) - 1))
    x = strip.left + (room - wide - air * (len(title) - 1)) / 2
    for char in title:
        strip.line([(char, _TITLE)], round(x), strip.right, 0.0)
        x += advance(char, _TITLE) + air
    strip.y += round(_TITLE.px * 1.2)


def _row(strip: Strip, label: str, value: str) -> None:
    top = strip.y
    strip.y += 3  # both on one base
    strip.column(label, _LABEL, strip.left, _VALUES_AT - 12, most=_ENDLESS)
    below, strip.y = strip.y, top
    strip.column(value, _VALUE, _VALUES_AT, strip.right, most=_ENDLESS, lead=1.3)
    strip.y = max(strip.y, below) + 10


def _code(strip: Strip, slip: CertificateSlip) -> None:
    """The code in the middle with its quiet zone, the last large thing; below it what a person can type."""
    quiet = QUIET * MODULE
    strip.y += quiet
    side = len(slip.code) * MODULE
    strip.qr([list(row) for row in slip.code], (strip.width - side) // 2, strip.y, MODULE)
    strip.y += side + quiet
    groups = "-".join(slip.short_code[at : at + 4] for at in range(0, 16, 4))
    strip.line([(groups, _CODE)], strip.left, strip.right, 0.5)
    strip.y += 46
    strip.paragraph("扫码核验，内容以码内为准", Ink(26), 0.5)
    strip.paragraph(f"Scan to verify · {slip.host}", _ENGLISH, 0.5, _ENDLESS)


def _micro(strip: Strip, text: str) -> None:
    """A line so small that a copying machine loses it, in place of a rule."""
    strip.y += 14
    room = strip.right - strip.left
    line = written(text) + " "
    count = int(room // advance(line, _MICRO)) + 1
    whole = line * count
    while width_of([(whole, _MICRO)]) > room:
        whole = whole[:-1]
    strip.line([(whole, _MICRO)], strip.left, strip.right, 0.5)
    strip.y += 28


def _foot(strip: Strip, slip: CertificateSlip) -> None:
    first = slip.copy == 1
    copy = Words(
        f"第 {slip.copy} 份（{'原件' if first else '补打'}）",
        f"Copy {slip.copy} ({'original' if first else 'reprint'})",
    )
    for left, right in ((copy.zh, slip.machine.zh), (f"打印序号 {slip.serial}", slip.printed_at)):
        pair(strip, broken(written(left), Ink(24), strip.right - strip.left, _ENDLESS), written(right))
    strip.paragraph(f"{copy.en} · {slip.machine.en}", _ENGLISH, most=_ENDLESS)
