"""A thermal printer at the far end of a TCP socket or a serial cable, for tests and the demo.

It draws what it is told, and fails when it is told to. It keeps going without
a client, as real ones do: what is in its buffer comes out when it can.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Self

from devices.printer.sim_machine import Works
from devices.printer.sim_paper import Piece
from devices.printer.sim_wire import PtyWire, TcpWire


class ThermalPrinter(Works):
    """Rows are counted from the top of the slip under the head; feeds count too.

    ``buffer``: receive buffer in bytes. ``clone``: no process ID, no automatic
    status, no DLE DC4. ``mute``: a cable that only goes one way.
    """

    def __init__(
        self, width: int = 576, *, serial: bool = False, buffer: int = 65_536, clone: bool = False, mute: bool = False
    ) -> None:
        super().__init__(width, serial=serial, buffer=buffer, clone=clone, mute=mute)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # -- the machine on the table

    def start(self) -> None:
        self._wire.start()
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._ending = True
            self._changed.notify_all()
        self._thread.join(5)
        self._wire.stop()

    @property
    def port(self) -> int:
        assert isinstance(self._wire, TcpWire)
        return self._wire.port

    @property
    def path(self) -> Path:
        assert isinstance(self._wire, PtyWire)
        return self._wire.path

    def papers(self) -> list[Piece]:
        """What came out so far, torn halves and what hangs in the mouth included, oldest first."""
        with self._changed:
            return self._roll.all()

    def empty_tray(self) -> list[Piece]:
        """Somebody empties the tray; what hangs in the mouth stays there."""
        with self._changed:
            taken, self._roll.pieces = self._roll.pieces, []
            return taken

    def until(self, seen: Callable[[ThermalPrinter], bool], within: float = 5.0) -> bool:
        """Wait until ``seen``; False when it does not happen ``within`` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: seen(self), within)

    @property
    def idle(self) -> bool:
        """Nothing buffered. It may still wait for the rest of a command."""
        return not self._buffer

    @property
    def ready(self) -> bool:
        """What its own sensors say."""
        with self._changed:
            return not self._offline

    @property
    def broken(self) -> bool:
        return self._broken

    # -- what people and dust do to it

    def paper_low(self) -> None:
        self._set(_low=True)

    def paper_out(self) -> None:
        self._set(_out=True)

    def paper_out_at(self, row: int) -> None:
        self.at_row(row, self.paper_out)

    def tear_paper_at(self, row: int) -> None:
        """Somebody pulls at the slip: it comes off there, and the paper is out of its track."""
        self.at_row(row, self._tear)

    def _tear(self) -> None:
        self._roll.tear()
        self._set(_out=True)

    def pull_off(self) -> None:
        """Somebody takes what hangs in the mouth, after a power cut for example; the paper stays in its track."""
        with self._changed:
            self._roll.tear()
            self._changed.notify_all()

    def refill(self) -> None:
        """A new roll; what was printed on the end of the old one falls out."""
        with self._changed:
            if self._out:
                self._roll.tear()
            self._set(_out=False, _low=False)

    def open_cover(self) -> None:
        """In the middle of a slip, the row under the head is lost."""
        with self._changed:
            self._lost_rows = 1 if self._roll.at else 0
            self._set(_cover=True)

    def close_cover(self) -> None:
        self._set(_cover=False)

    def jam_cutter(self) -> None:
        """The knife will stick at the next cut."""
        self._set(_jam=True)

    def free_cutter(self) -> None:
        """The knife can move; the printer knows when it is told to recover (DLE ENQ)."""
        self._set(_jam=False)

    def overheat(self) -> None:
        self._set(_hot=True)

    def cool_down(self) -> None:
        self._set(_hot=False)

    def break_down(self) -> None:
        """An error that only power off and on ends."""
        self._set(_broken=True)

    def hold(self) -> None:
        """Answers, prints nothing, and does not say why."""
        self._set(_held=True)

    def release(self) -> None:
        self._set(_held=False)

    def go_offline(self) -> None:
        """Reads nothing more from its cable."""
        self._set(_deaf=True)

    def go_online(self) -> None:
        self._set(_deaf=False)

    def pull_cable(self, quietly: bool = False) -> None:
        """``quietly``: the cable is cut on the way, and neither end is told."""
        if quietly:
            self._wire.frozen = True
            self._wire.wake()
        else:
            self._wire.do(self._wire.shut)

    def plug_in(self) -> None:
        self._wire.frozen = False
        self._wire.do(self._wire.open)

    def power_cut(self) -> None:
        """Buffers, settings and process IDs are gone; rows on paper stay. A serial port does not notice."""
        with self._changed:
            self._powered = False
            self._mask, self._stuck, self._broken = 0, False, False
            self._forget()
        self._wire.forget()
        if isinstance(self._wire, TcpWire):
            self._wire.do(self._wire.shut)

    def power_on(self) -> None:
        with self._changed:
            self._firmware.power_on()
            self._set(_powered=True)
        self._wire.do(self._wire.open)

    def slow(self, rows_per_s: float | None) -> None:
        self._set(_speed=rows_per_s)

    def split_segments(self) -> None:
        """Every byte of an answer travels alone."""
        self._wire.split = True

    def at_row(self, row: int, happens: Callable[[], None]) -> None:
        """Once, when the slip under the head is ``row`` rows long."""
        self._at_row[row] = happens

    def before_cut(self, happens: Callable[[], None]) -> None:
        self._before_cut = happens

    def after_cut(self, happens: Callable[[], None]) -> None:
        """Once, when the slip has come off and before the printer tells anybody."""
        self._after_cut = happens
