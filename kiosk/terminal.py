"""The pages of the maintenance mode in a terminal: the same flow, told in lines and answered by numbers.

For whoever sits at the machine's own console, or far away on its maintenance line. There is no window, and nobody
needs a card: who may run the kiosk's commands is a user of the machine itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from queue import Empty, Queue
from threading import Event
from typing import Any, Final

from devices.reader import CardRead, CardRefused
from devices.scanner import Scanned, Scanner, ScanRefused
from kiosk.lanes import Lane
from kiosk.steps import Ask, Overdue, Show, Visit, Work
from screens.pages import (
    LEVELS,
    Adjust,
    AskDeed,
    AtWork,
    AwaitCard,
    AwaitCode,
    Awaiting,
    Choice,
    FailureGuide,
    Finding,
    Findings,
    Nav,
    Open,
    Page,
    Sign,
    Testing,
    Upkeep,
)
from screens.words import Language, Words, same

_MARKS: Final = {Sign.OK: "+", Sign.WARN: "!", Sign.BAD: "X", Sign.UNKNOWN: "?"}
LEAVE: Final = "0"
"""What is typed to go; a line that was closed says it too."""

_PATIENCE: Final = 60.0
"""Seconds that a card or a code is waited for."""


class Terminal:
    """Plays one visit. ``told`` brings what readers and scanner say; ``read`` asks for a line, ``write`` says one."""

    def __init__(
        self,
        lanes: Mapping[str, Lane],
        told: Queue[object],
        scanner: Scanner | None,
        language: Language,
        read: Callable[[str], str],
        write: Callable[[str], None],
    ) -> None:
        self._lanes, self._told, self._scanner = lanes, told, scanner
        self._language = language
        self._read, self._write = read, write

    def play(self, visit: Visit) -> None:
        """Until it is over; what it raises at its end is raised here."""
        value: Any = None
        error: BaseException | None = None
        while True:
            try:
                step = visit.throw(error) if error else visit.send(value)
            except StopIteration:
                return
            value = error = None
            match step:
                case Show(page):
                    self._say_page(page)
                case Work():
                    value, error = self._work(step)
                case Ask(page):
                    value = self._asked(page)

    def _work(self, step: Work[Any]) -> tuple[Any, BaseException | None]:
        over = Event()
        outcome: list[tuple[Any, BaseException | None]] = []

        def done(result: Any, error: BaseException | None) -> None:
            outcome.append((result, error))
            over.set()

        lane = self._lanes[step.lane]
        errand = lane.submit(step.call, done)
        if not over.wait(step.seconds) and errand.abandon():
            lane.replace()
            return None, Overdue(lane.name)
        over.wait()
        return outcome[0]

    def _asked(self, page: Page[Any]) -> object:
        if isinstance(page, Awaiting):
            return self._awaited(page)
        self._say_page(page)
        keys = list(_keys(page))
        for number, key in enumerate(keys, 1):
            closed = f"  ({self._into(key.line)})" if key.open is Open.CLOSED and key.line else ""
            self._write(f"  {number:2}  {self._into(key.title)}{closed}")
        self._write(f"   {LEAVE}  " + ("退出" if self._language is Language.ZH else "Leave"))
        while True:
            said = self._read("> ").strip()
            if said == LEAVE:
                return Nav.LEAVE
            if said.isdecimal() and 1 <= int(said) <= len(keys) and keys[int(said) - 1].open is not Open.CLOSED:
                return keys[int(said) - 1].key

    def _awaited(self, page: Awaiting) -> object:
        """What comes of readers or scanner once it was asked for; ``stop`` where nothing does."""
        with suppress(Empty):
            while True:
                self._told.get_nowait()
        self._say_page(page)
        if isinstance(page, AwaitCode) and self._scanner is not None:
            self._scanner.look()
        try:
            while True:
                match self._told.get(timeout=_PATIENCE), page:
                    case CardRead(holder=holder), AwaitCard():
                        return holder
                    case CardRefused(fault=fault), AwaitCard():
                        return fault
                    case Scanned(data=data), AwaitCode():
                        return data
                    case ScanRefused(fault=fault), AwaitCode():
                        return fault
        except Empty:
            return page.deeds[0].key if page.deeds else Nav.LEAVE
        finally:
            if isinstance(page, AwaitCode) and self._scanner is not None:
                self._scanner.rest()

    def _say_page(self, page: Page[Any]) -> None:
        self._write("")
        for line in self._lines(page):
            self._write(line)

    def _lines(self, page: Page[Any]) -> Iterator[str]:
        into = self._into
        match page:
            case Upkeep(parts=parts, uncertain=uncertain):
                for part in parts:
                    yield f" {_MARKS[part.sign]} {into(part.name)}: {into(part.line)} {part.code}".rstrip()
                if uncertain:
                    yield f" ! {into(uncertain.title)}"
            case Testing(title=title, question=question, points=points, told=told):
                yield into(title)
                yield from (f"   {into(each)}" for each in told)
                yield into(question)
                yield from (f" - {into(each)}" for each in points)
            case Findings(title=title, lead=lead, rows=rows):
                yield into(title)
                if lead:
                    yield into(lead)
                yield from (self._row(row) for row in rows)
            case FailureGuide(code=code, name=name, cause=cause, citizen=citizen, steps=steps):
                yield f"{code} {into(name)}"
                yield into(cause)
                yield into(citizen)
                yield from (f" {number}. {into(step)}" for number, step in enumerate(steps, 1))
            case AskDeed(title=title, lead=lead) | AtWork(title=title, lead=lead) | Awaiting(title=title, lead=lead):
                yield into(title)
                yield into(lead)
            case Adjust(volume=volume):
                yield f"{volume} / 10"

    def _row(self, row: Finding) -> str:
        mark = _MARKS[row.sign] if row.sign else "-"
        return f" {mark} {self._into(row.title)} {self._into(row.line) if row.line else ''} {row.code}".rstrip()

    def _into(self, words: Words) -> str:
        return words.into(self._language)


def _keys(page: Page[Any]) -> Iterator[Choice]:
    """What can be answered, in the order of the numbers."""
    match page:
        case Upkeep(parts=parts, uncertain=uncertain, deeds=deeds):
            yield from deeds
            if uncertain:
                yield uncertain
            yield from (Choice(f"test:{part.key}", part.icon, part.name) for part in parts if part.test)
            yield from (Choice(f"code:{part.code}", part.icon, same(part.code)) for part in parts if part.code)
        case Testing(deeds=deeds) | Findings(deeds=deeds):
            yield from deeds
        case AskDeed(deed=deed, icon=icon):
            yield Choice("deed", icon, deed)
            yield _BACK
        case Adjust():
            yield from (
                Choice(f"volume:{level}", "volume-2", same(f"{level} / {LEVELS}")) for level in range(LEVELS + 1)
            )
            yield _BACK
        case FailureGuide():
            yield _BACK


_BACK: Final = Choice("back", "arrow-left", Words("返回", "Back"))
