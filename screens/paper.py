"""What a slip says and how it looks, drawn to dots. May be called on any thread; needs a QGuiApplication."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import zip_longest
from typing import ClassVar, Final

from screens.fonts import Ink
from screens.pieces import FOOT, mark, pair, reprint
from screens.strip import QUIET, Run, Strip, broken, fitting, matrix, width_of, written
from screens.words import Words

_ENGLISH: Final = Ink(22, bold=True)
_BODY: Final = Ink(26)
_MODULE: Final = 6  # dots; 0.75 mm
_TAIL: Final = 32
_COUNTS: Final = "两三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A slip as dots: row-major, most significant bit left, 1 = black, rows padded to bytes."""

    width: int
    height: int
    dots: bytes = field(repr=False)
    depth: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class TicketSlip:
    """All that stands on a ticket.

    ``ahead`` (people) and ``minutes`` are None where nobody knows them;
    ``as_of`` is the time of day at which they were known, None for now.
    ``copy`` above 1 makes it a reprint, and it says so twice.
    """

    hall: Words
    matters: tuple[Words, ...] = field(repr=False)
    number: str = field(repr=False)
    ahead: int | None
    minutes: int | None
    as_of: str | None
    window: Words
    printed_at: str
    follow_url: str = field(repr=False)
    missed: Words
    masked: str = field(repr=False)
    machine: Words
    reference: str
    hotline: str
    copy: int = 1


def ticket(slip: TicketSlip, width: int) -> Bitmap:
    """Draw a ticket ``width`` dots wide: 576 for 80 mm paper, 384 for 58 mm.

    Raises ``ValueError`` for another width, a copy below 1, or a follow-me
    address that is not of the QR alphanumeric set.
    """
    if width not in (576, 384):
        raise ValueError("slips are 576 or 384 dots wide")
    if slip.copy < 1:
        raise ValueError("copies count from 1")
    wide = width == 576
    strip = Strip(width, 20 if wide else 12)
    strip.y = 20
    if slip.copy > 1:
        reprint(strip, slip.copy)
    _header(strip, slip.hall, wide)
    strip.rule(before=16, after=22)
    _number(strip, slip, wide)
    if slip.copy > 1:
        strip.y += 14
        reprint(strip, slip.copy)
    strip.rule(before=14, after=16)
    if slip.ahead is not None:
        _line_ahead(strip, slip.ahead, slip.minutes, slip.as_of, wide)
        strip.rule(before=14, after=20)
    _matters(strip, slip.matters)
    strip.rule(before=12, after=QUIET * _MODULE, dashed=True)
    _follow(strip, slip.follow_url)
    strip.rule(before=QUIET * _MODULE, after=20, dashed=True)
    strip.paragraph(slip.missed.zh, _BODY)
    strip.paragraph(slip.missed.en, _ENGLISH)
    strip.rule(before=10, after=18)
    _foot(strip, slip)
    return Bitmap(width, *strip.dots(_TAIL))


def _header(strip: Strip, hall: Words, wide: bool) -> None:
    """The mark beside the hall's name, centred as one; above it on narrow paper."""
    side, gap, name = 62, 16, Ink(36 if wide else 32, bold=True)
    beside = side + gap if wide else 0
    room = strip.right - strip.left - beside
    lines: list[Run] = [(text, name) for text in broken(written(hall.zh), name, room, 4)]
    lines += [(text, _ENGLISH) for text in broken(written(hall.en), _ENGLISH, room, 4)]
    longest = max((width_of([line]) for line in lines), default=0)
    left, top = strip.left + (room - longest) // 2, strip.y
    if not wide:
        mark(strip, (strip.width - side) // 2, top, side)
        strip.y += side + 10
    for line in lines:
        strip.line([line], left + beside if wide else strip.left, strip.right, 0.0 if wide else 0.5)
        strip.y += round(line[1].px * 1.2)
    if wide:
        mark(strip, left, top + max(0, (strip.y - top - side) // 2), side)
        strip.y = max(strip.y, top + side)


def _number(strip: Strip, slip: TicketSlip, wide: bool) -> None:
    strip.line([("您的号码 ", Ink(27)), ("Your number", _ENGLISH)], strip.left, strip.right, 0.0)
    many = len(slip.matters)
    if many > 1:
        count = _COUNTS[many - 2] if many - 2 < len(_COUNTS) else f" {many} "
        top = None if wide else strip.y + 38
        strip.line([(f"一号{count}事", Ink(27, bold=True))], strip.left, strip.right, 1.0 if wide else 0.0, top)
        strip.y += 0 if wide else 38
    strip.y += 27
    text = written(slip.number)
    ink = fitting(text, Ink(176 if wide else 120, bold=True), strip.right - strip.left)
    strip.y += 42 - ink.px // 7  # digits begin lower than a Chinese character
    strip.line([(text, ink)], strip.left, strip.right, 0.5)
    strip.y += ink.px + 6
    strip.paragraph(slip.window.zh, Ink(34 if wide else 30, bold=True), at=0.5)
    strip.paragraph(slip.window.en, _ENGLISH, at=0.5)


def _line_ahead(strip: Strip, ahead: int, minutes: int | None, as_of: str | None, wide: bool) -> None:
    """People ahead and the estimate, side by side; what is old says how old."""
    value, unit, about = (Ink(px, bold=True) for px in ((50, 46, 30) if wide else (36, 30, 22)))
    cells: list[tuple[Words, list[Run]]] = [(Words("前面", "Ahead"), [(f"{ahead} ", value), ("人", unit)])]
    if minutes is not None:
        runs: list[Run] = [("约 ", about), (f"{minutes} ", value), ("分钟", unit)]
        cells.append((Words("估计等候", "Estimate"), runs))
    top, middle = strip.y, strip.width // 2
    for (label, runs), left in zip(cells, (strip.left, middle), strict=False):
        right = strip.right if len(cells) == 1 else left + (strip.right - strip.left) // 2
        strip.y = top
        if wide or len(cells) == 1:
            strip.line([(f"{label.zh} ", Ink(27)), (label.en, _ENGLISH)], left, right, 0.5)
        else:
            strip.line([(label.zh, Ink(26))], left, right, 0.5)
            strip.y += 30
            strip.line([(label.en, _ENGLISH)], left, right, 0.5)
        strip.y += 36
        strip.line(runs, left, right, 0.5)
        strip.y += value.px + 6
    if len(cells) == 2:
        strip.block(middle - 1, top, 3, strip.y - top)
    if as_of is not None:
        strip.y += 8
        told = written(as_of)
        strip.line([(f"截至 {told} / ", Ink(26)), (f"as of {told}", _ENGLISH)], strip.left, strip.right, 0.5)
        strip.y += 30


def _matters(strip: Strip, matters: tuple[Words, ...]) -> None:
    ink = Ink(30, bold=True)
    for place, matter in enumerate(matters, 1):
        number = f"{place} "
        indent = strip.left + width_of([(number, ink)])
        strip.line([(number, ink)], strip.left, strip.right, 0.0)
        strip.column(matter.zh, ink, indent, strip.right)
        strip.column(matter.en, _ENGLISH, indent, strip.right, lead=1.2)
        strip.y += 8


def _follow(strip: Strip, address: str) -> None:
    """The QR code at the left, what it is for at its right."""
    room = strip.width - 2 * QUIET * _MODULE
    code = matrix(address)
    module = _MODULE if len(code) * _MODULE <= room else _MODULE - 1
    top, quiet = strip.y, QUIET * module
    side = strip.qr(code, quiet, top, module)
    left = 2 * quiet + side
    ink = Ink(30, bold=True)
    strip.y += 12
    strip.column("扫码看", ink, left, strip.right, lead=1.3)
    strip.column("排到几号", ink, left, strip.right, lead=1.4)
    strip.column("Scan to follow", _ENGLISH, left, strip.right, lead=1.25)
    strip.column("your number", _ENGLISH, left, strip.right, lead=1.25)
    strip.y = max(strip.y, top + side)


def _foot(strip: Strip, slip: TicketSlip) -> None:
    lefts = [text for text in (slip.masked, slip.machine.zh, f"凭据 {slip.reference}") if text]
    for text, right in zip_longest(lefts, (slip.printed_at, f"咨询 {slip.hotline}"), fillvalue=""):
        pair(strip, broken(written(text), FOOT, strip.right - strip.left, 3), written(right))
    strip.paragraph(f"{slip.machine.en} · Help {slip.hotline}", _ENGLISH)
