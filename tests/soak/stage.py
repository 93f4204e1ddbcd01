"""Where the visits are played: one kiosk with everything around it, a quick hand at its glass, a hand at its tray."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any, Final
from urllib.parse import urlsplit

from devices.card.sim_piv import WorkCardChip
from devices.citizen_number import check_digit
from devices.printer.sim_paper import Piece
from devices.scanner.sim import Picture, scene
from tests.day.paper import codes, picture
from tests.day.people import Person
from tests.day.world import World
from tests.soak.line import Line
from tests.soak.middle import Middle
from tests.stand.kiosk import until

PATIENCE: Final = 20.0
"""Seconds in which every visit must have come to an end, and everything that was mended must work again."""

_FIRST_BIRTH: Final = date(1931, 1, 1)
_A_DAY: Final = 900
"""Citizens who were born on the same day; there are 999 numbers for them."""


class Otherwise(Exception):
    """A visit did not end as it should: why, and what was on the screen."""

    def __init__(self, why: str, words: str = "") -> None:
        super().__init__(why)
        self.why, self.words = why, words


@dataclass(frozen=True, slots=True)
class Played:
    """How a script ended: whether it was played to its end, and the page and its words then."""

    whole: bool
    page: str
    words: str = field(repr=False)


class Stage:
    """Not for two visits at once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.place = world.place()
        self.middle = Middle(world.hall)
        self.matters: list[str] = []
        """Keys of what anybody can take a ticket for, with the hall or without it."""
        self.bookings: list[str] = []
        """Texts of booking codes that nobody has used."""
        self.slips: Counter[str] = Counter()
        """What the codes of all slips name, and on how many slips."""
        self.technicians: list[WorkCardChip] = []
        """Cards that the hall has certified."""
        self.spoilt = 0
        """Pieces of paper with dots on them and no whole code: ends of rolls, torn and broken slips."""
        self._line = Line(self.place.kiosk.folder / "finger")
        self._born = count()
        self._other_hand = ThreadPoolExecutor(1, "visitor")

    def close(self) -> None:
        self._other_hand.shutdown(wait=False, cancel_futures=True)
        self._line.hang_up()
        self.middle.close()

    # the glass

    def play(self, *script: str, seconds: float = PATIENCE) -> Played:
        """Play a script in the kiosk's process, once. Raises ``Otherwise`` where it comes to no end in time."""
        order = {"do": "play", "script": script, "visits": 1}
        try:
            told = self._line.ask(order, seconds)
        except TimeoutError:
            self._line.hang_up()  # or the next order would be answered by what comes late
            raise Otherwise(f"after {seconds:.0f} s still not at the end of {script[-1]}", self.text()) from None
        return Played(bool(told["whole"]), told["page"], told["words"])

    def whole(self, *script: str) -> Played:
        """The same; raises ``Otherwise`` too where the visit ended before the script."""
        played = self.play(*script)
        if not played.whole:
            raise Otherwise(f"the visit ended before {script[-1]}", f"{played.page}: {played.words}")
        return played

    @contextmanager
    def playing(self, *script: str) -> Iterator[Future[Played]]:
        """While the script is played, something else can be done; at the end it has been played."""
        future = self._other_hand.submit(self.play, *script)
        try:
            yield future
        finally:
            future.exception(PATIENCE + 5)

    def text(self) -> str:
        return self.place.kiosk.text()

    def sees(self, *words: str, seconds: float = PATIENCE) -> None:
        """Wait for words on the screen. Raises ``Otherwise``."""
        self.waits(" ".join(words), lambda: all(word in self.text() for word in words), seconds)

    def waits(self, what: str, true: Any, seconds: float = PATIENCE) -> None:
        """Raises ``Otherwise`` where it does not come true in time."""
        try:
            until(what, true, seconds)
        except AssertionError:
            raise Otherwise(f"not within {seconds:.0f} s: {what}", self.text()) from None

    def ready(self, seconds: float = PATIENCE) -> None:
        """Wait for the waiting screen with everything open, as it is when nothing is amiss."""
        self.waits("the waiting screen with everything open", self._all_open, seconds)

    def _all_open(self) -> bool:
        keys, text = self.place.kiosk.ask("keys"), self.text()
        whole = {"choice:no-card", "choice:booking"} <= set(keys) and _PAPERS in text
        return whole and not any(word in text for word in _AMISS)

    # paper

    def gather(self) -> list[str]:
        """Take all slips out of the tray; what each one's code names, "" for one without."""
        pieces = [piece for piece in self.place.printer.empty_tray() if not piece.blank]
        named = [_named(piece) for piece in pieces]
        self.slips.update(name for name in named if name)
        self.spoilt += named.count("")
        return named

    def one_slip(self) -> str:
        """The one slip of this visit. Raises ``Otherwise`` for another number of papers, or one without its code."""
        named = self.gather()
        if len(named) != 1 or not named[0]:
            raise Otherwise(f"{len(named)} papers came out, with {sum(map(bool, named))} codes", self.text())
        return named[0]

    def no_slip(self) -> None:
        if named := self.gather():
            raise Otherwise(f"{len(named)} papers came out of nobody's visit", self.text())

    # people and what they bring

    def somebody(self, chance: Random) -> Person:
        """Each time somebody else; nobody that there is."""
        born = next(self._born)
        birth = (_FIRST_BIRTH + timedelta(days=born // _A_DAY)).strftime("%Y%m%d")
        body = f"990000{birth}{born % _A_DAY + 1:03d}"
        return Person("".join(chance.choices("赵钱孙李周吴郑王冯陈", k=2)), body + check_digit(body))

    @contextmanager
    def under_the_scanner(self, seen: Picture | bytes) -> Iterator[None]:
        """Hold a picture under the scanner, or let the camera send these bytes for one."""
        self.place.camera.show_bytes(seen) if isinstance(seen, bytes) else self.place.camera.show(seen)
        try:
            yield
        finally:
            self.place.camera.show(scene())


_AMISS: Final = (*(f"{kind}1" for kind in ("C10", "P10", "S10", "N10", "L10", "K10", "A10")), "离线可办", "请取走")
_PAPERS: Final = "A4 和小票"
"""On what certificates can be printed, when both printers work."""


def _named(piece: Piece) -> str:
    """The last part of the address in the one code on a slip, "" where there is none."""
    found = codes(picture(piece))
    return urlsplit(found[0].text).path.rpartition("/")[2].upper() if found else ""
