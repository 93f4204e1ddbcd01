"""What is inside a simulated printer: buffer, sensors, head and knife, and the thread that drives them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from devices.printer.sim_commands import Firmware, Restarted
from devices.printer.sim_paper import Roll
from devices.printer.sim_wire import PtyWire, TcpWire

_CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"


class Works:
    """Everything behind the connector. What happens to it from outside is in ``sim.ThermalPrinter``."""

    def __init__(self, width: int, *, serial: bool, buffer: int, clone: bool, mute: bool) -> None:
        self.width, self.clone, self.mute = width, clone, mute
        self.errors: list[str] = []
        """Commands that a printer would not know, or should not get."""
        self.connections = self.refused = self.received = 0
        self.first_byte_at = self.first_dot_at = 0.0
        """Monotonic time, of the newest connection and of the newest slip."""
        self.stray_flow_control = False
        """XON and XOFF stand before, in and behind every answer."""
        self.automatic_between = False
        """An automatic status stands between the answers to DLE EOT 1 to 4."""
        self._changed = threading.Condition(threading.RLock())
        self._roll = Roll(width)
        self._buffer, self._capacity = bytearray(), buffer
        self._dle = bytearray()
        self._at_row: dict[int, Callable[[], None]] = {}
        self._before_cut: Callable[[], None] | None = None
        self._after_cut: Callable[[], None] | None = None
        self._low = self._out = self._cover = self._jam = self._stuck = False
        self._hot = self._broken = self._held = self._deaf = False
        self._powered, self._ending = True, False
        self._life = self._begun = 0  # counts how often the buffers were emptied; its value when the command began
        self._lost_rows = 0
        self._mask = 0
        self._told = b""
        self._speed: float | None = None
        self._due = 0.0
        self._firmware = Firmware(self)
        self._wire: TcpWire | PtyWire = PtyWire(self) if serial else TcpWire(self)
        self._thread = threading.Thread(target=self._run, name="printer-firmware", daemon=True)

    # -- towards the wire

    def room(self) -> int:
        with self._changed:
            return 0 if self._deaf else self._capacity - len(self._buffer)

    def connect(self) -> None:
        with self._changed:
            self.connections += 1
            self.first_byte_at = 0.0
            self._changed.notify_all()

    def refuse(self) -> None:
        with self._changed:
            self.refused += 1
            self._changed.notify_all()

    def receive(self, data: bytes) -> None:
        """Real-time commands are obeyed here, whatever they stand in, and stay in the buffer as well."""
        with self._changed:
            if not self._powered:
                return
            self.received += len(data)
            self.first_byte_at = self.first_byte_at or time.monotonic()
            at = 0
            while at < len(data):
                if not self._dle:
                    next_dle = data.find(b"\x10", at)
                    plain = data[at:] if next_dle < 0 else data[at:next_dle]
                    self._buffer += plain
                    at += len(plain)
                if at < len(data):
                    self._buffer.append(data[at])
                    self._listen(data[at])
                    at += 1
            self._changed.notify_all()

    def _listen(self, byte: int) -> None:
        self._dle.append(byte)
        match bytes(self._dle):
            case b"\x10" | b"\x10\x04" | b"\x10\x05":
                return
            case b"\x10\x04\x01" | b"\x10\x04\x02" | b"\x10\x04\x03" | b"\x10\x04\x04":
                self.answer(bytes([self._real_time(byte)]))
                if self.automatic_between:
                    self.answer(self._automatic())
            case b"\x10\x05\x01":
                self._recover()
            case b"\x10\x05\x02":
                if self._stuck:
                    self._forget()
                    self._recover()
            case command if command == _CLEAR and not self.clone:
                self._forget()
                self._recover()
                self.answer(b"\x37\x25\x00")
            case command if _CLEAR.startswith(command):
                return
        self._dle[:] = b"\x10" if byte == 0x10 else b""

    def _recover(self) -> None:
        if self._stuck and not self._jam:
            self._stuck = False
            self._tell()

    def _forget(self) -> None:
        """Empty the buffers; the command under way ends where it is."""
        self._buffer.clear()
        self._life += 1
        self._changed.notify_all()

    # -- towards the firmware

    def take(self, count: int) -> bytes:
        with self._changed:
            self._wait(lambda: len(self._buffer) >= count)
            full = len(self._buffer) >= self._capacity
            taken = bytes(self._buffer[:count])
            del self._buffer[:count]
            if not self._buffer:
                self._changed.notify_all()
        if full:
            self._wire.wake()
        return taken

    def print_row(self, dots: bytes) -> None:
        with self._changed:
            happens = self._at_row.pop(self._roll.at, None)
        if happens:
            happens()
        with self._changed:
            self._wait(lambda: not self._offline)
            if self._speed:
                self._due = max(self._due, time.monotonic() - 0.01) + 1 / self._speed
                self._wait(lambda: time.monotonic() >= self._due)
            if not self._roll.inked and any(dots):
                self.first_dot_at = time.monotonic()
            if self._lost_rows:
                self._lost_rows -= 1
            else:
                self._roll.row(dots)

    def cut(self) -> None:
        with self._changed:
            before, self._before_cut = self._before_cut, None
        if before:
            before()
        with self._changed:
            self._wait(lambda: not self._offline)
            if self._jam:
                self._stuck = True
                self._tell()
                self._wait(lambda: not self._offline)
            self._roll.cut()
            after, self._after_cut = self._after_cut, None
        if after:
            after()
        with self._changed:
            self._wait(lambda: not self._offline)
            self._changed.notify_all()

    def answer(self, data: bytes) -> None:
        if self.mute:
            return
        if self.stray_flow_control:
            data = b"\x13" + data[:1] + b"\x11" + data[1:] + b"\x13\x11"
        self._wire.send(data)

    def automatic(self, mask: int) -> None:
        with self._changed:
            self._mask = mask
            self._told = b""
            self._tell()

    def queued_status(self) -> int:
        return (0x03 if self._low or self._out else 0) | (0x0C if self._out else 0)

    def error(self, text: str) -> None:
        with self._changed:
            self.errors.append(text)

    # -- sensors

    @property
    def _offline(self) -> bool:
        return self._out or self._cover or self._stuck or self._hot or self._broken or self._held or not self._powered

    def _real_time(self, kind: int) -> int:
        trouble = self._stuck or self._hot or self._broken
        return 0x12 | {
            1: 0x08 * self._offline,
            2: 0x04 * self._cover | 0x20 * self._out | 0x40 * trouble,
            3: 0x08 * self._stuck | 0x20 * self._broken | 0x40 * self._hot,
            4: 0x0C * (self._low or self._out) | 0x60 * self._out,
        }.get(kind, 0)

    def _automatic(self) -> bytes:
        return bytes(
            (
                0x10 | 0x08 * self._offline | 0x20 * self._cover,
                0x08 * self._stuck | 0x20 * self._broken | 0x40 * self._hot,
                0x03 * (self._low or self._out) | 0x0C * self._out,
                0x0F,
            )
        )

    def _tell(self) -> None:
        """Automatic status, when it is wanted and is not what was told last."""
        status = self._automatic()
        if self._mask and status != self._told:
            self._told = status
            self.answer(status)

    def _set(self, **state: bool | float | None) -> None:
        with self._changed:
            for name, value in state.items():
                setattr(self, name, value)
            self._tell()
            self._changed.notify_all()
        self._wire.wake()

    # -- the thread

    def _wait(self, ready: Callable[[], bool]) -> None:
        """Until ``ready``. Raises ``Restarted`` when the command under way was cut short."""
        while not (cut_short := self._ending or self._life != self._begun) and not ready():
            self._changed.wait(max(0.0005, self._due - time.monotonic()) if self._speed else None)
        if cut_short:
            raise Restarted

    def _run(self) -> None:
        while not self._ending:
            with self._changed:
                self._begun = self._life
            with suppress(Restarted):
                self._firmware.step()
