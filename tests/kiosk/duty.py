"""A shift on duty: window, ledger, printer and journal are real; readers and scanner are told of by the test."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent

from devices.holder import Holder
from devices.reader import CardArrived, CardRead, WorkCard
from devices.scanner import Tell
from kiosk.shift import Rounds, Shift
from kiosk.steps import Visit
from kiosk.watch import Watch
from offline_cache.journal import Journal
from offline_cache.journal_seal import Sealer
from offline_cache.kiosk_key import FileKey
from screens.pages import Page
from screens.voice import Voice
from tests.kiosk.office import Office
from tests.kiosk.room import Room

AWAKE = Rounds(printer=0.05, clock=0.05, forgotten_card=30.0, alarm=0.05)


class Eye:
    """A scanner, as far as a shift uses it: open or shut."""

    def __init__(self) -> None:
        self.open = False

    def start(self, tell: Tell) -> None: ...

    def stop(self) -> None: ...

    def look(self) -> None:
        self.open = True

    def rest(self) -> None:
        self.open = False

    def silent(self) -> float:
        return 0.0


class Mouth:
    """A program that plays or speaks its standard input: it keeps what it was given, and gives it on."""

    def __init__(self, folder: Path, name: str) -> None:
        self._program = folder / name
        self._program.write_text('#!/bin/sh\ncat > "$0.$$.part" && cat "$0.$$.part" && mv "$0.$$.part" "$0.$$.said"\n')
        self._program.chmod(0o755)

    def __str__(self) -> str:
        return str(self._program)

    def said(self) -> list[bytes]:
        """Everything that was played or spoken to its end."""
        return [file.read_bytes() for file in self._program.parent.glob(f"{self._program.name}.*.said")]


class Duty:
    """``machine`` is how the machine stands otherwise than ``Office`` says when the shift begins."""

    def __init__(
        self,
        room: Room,
        office: Office,
        rounds: Rounds = AWAKE,
        player: str = "",
        speaker: str = "",
        pace: float = 1.0,
        maintenance: Callable[[WorkCard], Visit] | None = None,
        **machine: Any,
    ) -> None:
        self.room, self.office, self.window = room, office, room.window
        self.eye = Eye()
        self.journal: list[tuple[str, dict[str, Any]]] = []
        self.store_is_full = threading.Event()
        self.probes = 0
        """How often it was tried whether the store can write again."""
        self.forgotten = 0
        """How often it was said that a visit is over."""
        self.goes_on = True
        """Whether there may be another one."""
        sealer = Sealer(office.store, FileKey(office.folder / "kiosk-key.pem"), lambda: None)
        self._file = Journal(office.folder / "journal", office.clock.now, sealer)
        self._voice = Voice(player, speaker, lambda _program: None)
        fitted = frozenset({"card", "id-card", "scanner"})
        office.machine = replace(office.machine, **{"fitted": fitted, **machine})
        self.watch = Watch(
            machine=office.machine,
            lanes=room.lanes,
            printer=office.printer,
            sheets=office.sheets,
            try_store=self._try_store,
            journal=self._note,
            version="0.1.0",
        )
        self.shift = Shift(
            window=room.window,
            desk=self._desk,
            maintenance=maintenance,
            watch=self.watch,
            lanes=room.lanes,
            scanner=self.eye,
            voice=self._voice,
            journal=self._note,
            forget=self._forget,
            now=office.now,
            pace=pace,
            rounds=rounds,
        )
        self.shift.open()
        self.until(lambda: self.watch.machine.printer is not None)

    def _desk(self, machine: Any) -> Any:
        self.office.machine = machine
        return self.office.desk()

    def _note(self, event: str, **fields: int | bool | str) -> None:
        self._file.note(event, **fields)  # refuses what is not declared
        self.journal.append((event, fields))

    def _forget(self) -> bool:
        self.forgotten += 1
        return self.goes_on

    def _try_store(self) -> None:
        self.probes += 1
        if self.store_is_full.is_set():
            raise OSError(28, "No space left on device")
        self.office.store.checkpoint()

    def tell(self, *news: object) -> None:
        for each in news:
            self.watch.told.emit(each)

    def lay_down(self, holder: Holder, reader: str = "card", watched: bool = True) -> None:
        self.tell(CardArrived(reader, watched), CardRead(reader, holder))

    def press(self, *names: str) -> None:
        for name in names:
            self.until(partial(self._may_press, name))
            self.room.press(name)

    def _may_press(self, name: str) -> bool:
        return name in self.room.pressable()

    def until(self, true: Callable[[], object]) -> None:
        self.room.until(true)

    def sees(self, kind: type[Page[Any]], *words: str) -> None:
        """Wait for a page with these words on it."""
        self.until(lambda: isinstance(self.window.page(), kind) and all(each in self.text() for each in words))

    def text(self) -> str:
        return self.window.words_shown()

    def noted(self, event: str) -> list[dict[str, Any]]:
        return [fields for name, fields in self.journal if name == event]

    def ends(self) -> list[str]:
        return [fields["how"] for fields in self.noted("visit.ended")]

    def choose(self, *matters: str) -> None:
        """From the services to the review."""
        self.press(*(f"matter:{matter}" for matter in matters), "primary")

    def close(self) -> None:
        for lane in self.room.lanes.values():
            lane.stop()
        if self.shift._session is not None:
            self.shift._session.deleteLater()
        self.shift.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._voice.stop()
        self._file.close()


Start = Callable[..., Duty]
"""Begins a shift with the changes that it is given."""
