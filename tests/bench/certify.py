"""What a citizen waits for who wants a certificate: the page after the last answer, the paper after the key."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import tomli_w

from tests.bench.hand import Marks, play
from tests.bench.row import Row, percentile, spread, within
from tests.bench.tap import Tap
from tests.day.certificates import SINCE
from tests.day.people import somebody
from tests.day.world import Place
from tests.stand.kiosk import until

VISITS: Final = 30
"""For each paper."""

_FORM: Final = (
    "Home/choice:certificates",
    "Menu/choice:residence",
    "Notify/decline",
    *(f"Fill/digit:{digit}" for digit in SINCE),
    "Fill/primary",
    "Menu/choice:1",
)
"""A certificate of residence up to the choice of the paper, which is its last question."""

Heard = Callable[[], tuple[float, float] | None]
"""When the printer had the first byte, and when what it is to print began; None as long as it did not."""


@dataclass
class Times:
    """Milliseconds of each visit; ``page``: from the key that prints to the first dot, or byte of the document."""

    preview: list[float] = field(default_factory=list)
    byte: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)


def rows(place: Place, visits: int = VISITS) -> list[Row]:
    """Figures of a kiosk that waits for visitors; it is started anew, with a tap at its sheet printer's port."""
    tap = Tap(place.feeder.port)
    try:
        _lead(place, tap.port)
        place.kiosk.see("A4 和小票", seconds=30)
        slips, sheets = Times(), Times()
        for number in range(visits + 1):  # in turns; the first of each is the first of its process
            _slip(place, slips if number else Times())
            _sheet(place, tap, sheets if number else Times())
    finally:
        _lead(place, place.feeder.port)
        tap.close()
    return [
        _preview("80 mm", slips),
        _preview("A4", sheets),
        _byte("80 mm", slips, 120.0, "the first dot on paper"),
        _byte("A4", sheets, 300.0, "CUPS's first byte at the printer's port; the first of the document"),
    ]


def _lead(place: Place, port: int) -> None:
    """Start the kiosk with its sheet printer at this port."""
    kiosk = place.kiosk
    kiosk.stop()
    settings = tomllib.loads(kiosk.toml.read_text("utf-8"))
    settings["sheets"]["printer"] = f"ipp://127.0.0.1:{port}/ipp/print"
    kiosk.toml.write_text(tomli_w.dumps(settings), "utf-8")
    kiosk.start()
    place.attract(30)


def _preview(paper: str, times: Times) -> Row:
    name = f"certificate on {paper}, last answer to its page on the screen, p95"
    return within(name, "ms", percentile(times.preview, 0.95), 1_000.0, spread(times.preview))


def _byte(paper: str, times: Times, limit: float, page: str) -> Row:
    name = f"certificate on {paper}, confirm to first byte at the printer, p95"
    return within(
        name, "ms", percentile(times.byte, 0.95), limit, f"{spread(times.byte)}; {page}: {spread(times.page)}"
    )


def _slip(place: Place, times: Times) -> None:
    printer = place.printer
    cut: list[tuple[float, float]] = []
    printer.before_cut(lambda: cut.append((printer.first_byte_at, printer.first_dot_at)))
    _visit(place, "80mm", times, lambda: cut[0] if cut else None)


def _sheet(place: Place, tap: Tap, times: Times) -> None:
    tap.forget()
    _visit(place, "a4", times, tap.heard)


def _visit(place: Place, paper: str, times: Times, heard: Heard) -> None:
    kiosk, marks = place.kiosk, Marks(place)
    place.sam.lay_down(somebody().id_card)
    play(place, *_FORM, f"Menu/choice:{paper}", "Preview/")
    shown, chosen = marks.at("page:Preview"), marks.at(f"press:choice:{paper}")
    kiosk.press("primary")
    byte, page = until("the paper", heard)
    pressed = marks.at("press:primary")
    play(place, "TakePaper/")
    place.sam.take_away()
    play(place, "Attract/")
    times.preview.append((shown - chosen) * 1e3)
    times.byte.append((byte - pressed) * 1e3)
    times.page.append((page - pressed) * 1e3)
