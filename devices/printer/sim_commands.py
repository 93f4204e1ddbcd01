"""The firmware of a simulated printer: obeys the bytes in its buffer, one command after the other.

Written from the command reference, without a look at the driver. Strict: what
it does not know is an error on record, where a real printer would print garbage.
"""

from __future__ import annotations

from typing import Protocol

HOST_UNITS = 203
"""Motion units an inch at which one unit is one dot."""

POWER_ON_UNITS = 406
"""What the printer starts with: a feed of n units is n/2 dots until GS P says otherwise."""


class Restarted(Exception):
    """The command under way was cut short: buffers cleared, or power gone."""


class Machine(Protocol):
    """The mechanics around the firmware. All but ``error`` raise ``Restarted``."""

    clone: bool
    width: int

    def take(self, count: int) -> bytes:
        """The next bytes of the buffer; waits for them."""

    def print_row(self, dots: bytes) -> None:
        """Burn one row and move one dot on; waits while it cannot."""

    def cut(self) -> None: ...

    def answer(self, data: bytes) -> None: ...

    def automatic(self, mask: int) -> None:
        """GS a: tell of changes of what ``mask`` names."""

    def queued_status(self) -> int: ...

    def error(self, text: str) -> None: ...


class Firmware:
    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._units = POWER_ON_UNITS

    def power_on(self) -> None:
        self._units = POWER_ON_UNITS

    def step(self) -> None:
        """Obey one command."""
        machine = self._machine
        match machine.take(1):
            case b"\x00":
                pass
            case b"\x10":
                self._already_done()
            case b"\x1b":
                self._escape(machine.take(1))
            case b"\x1d":
                self._group(machine.take(1))
            case other:
                machine.error(f"unknown byte {other.hex()}")

    def _already_done(self) -> None:
        """A real-time command was obeyed when it arrived; here its bytes are passed over."""
        match self._machine.take(1):
            case b"\x04" | b"\x05":
                self._machine.take(1)
            case b"\x14":
                if self._machine.clone:
                    self._machine.error("DLE DC4 to a printer that does not know it")
                self._machine.take(8)
            case other:
                self._machine.error(f"unknown command 10 {other.hex()}")

    def _escape(self, command: bytes) -> None:
        match command:
            case b"@":
                self._units = POWER_ON_UNITS
                self._machine.automatic(0)
            case b"J":
                for _ in range(self._machine.take(1)[0] * HOST_UNITS // self._units):
                    self._machine.print_row(b"")
            case other:
                self._machine.error(f"unknown command 1b {other.hex()}")

    def _group(self, command: bytes) -> None:
        machine = self._machine
        match command:
            case b"P":
                _, vertical = machine.take(2)
                self._units = vertical or POWER_ON_UNITS
            case b"a":
                mask = machine.take(1)[0]
                if not machine.clone:
                    machine.automatic(mask)
            case b"r":
                if machine.take(1) not in (b"\x01", b"1"):
                    machine.error("GS r: only the paper sensor is there")
                machine.answer(bytes([machine.queued_status()]))
            case b"v":
                self._raster()
            case b"V":
                self._cut()
            case b"(":
                self._parenthesis()
            case other:
                machine.error(f"unknown command 1d {other.hex()}")

    def _raster(self) -> None:
        machine = self._machine
        kind, mode, *size = machine.take(6)
        wide, high = size[0] + 256 * size[1], size[2] + 256 * size[3]
        if kind != 0x30 or mode not in (0, 0x30):
            machine.error(f"GS v: kind {kind}, mode {mode}")
        if not 1 <= wide <= machine.width // 8 or not 1 <= high <= 2303:
            machine.error(f"GS v 0: {wide} bytes by {high} rows")
        before = b""
        for _ in range(high):
            dots = machine.take(wide)
            if any(pair in before[-1:] + dots for pair in (b"\x10\x04", b"\x10\x05", b"\x10\x14")):
                machine.error("a real-time command inside raster data")
            machine.print_row(dots[: machine.width // 8])
            before = dots

    def _cut(self) -> None:
        machine = self._machine
        how = machine.take(1)
        if how in (b"A", b"B"):
            for _ in range(machine.take(1)[0] * HOST_UNITS // self._units):
                machine.print_row(b"")
        elif how not in (b"\0", b"\x01", b"0", b"1"):
            machine.error(f"GS V {how.hex()}")
        machine.cut()

    def _parenthesis(self) -> None:
        machine = self._machine
        name, low, high = machine.take(3)
        data = machine.take(low + 256 * high)
        if machine.clone:
            return
        if name == ord("H") and len(data) == 6 and data[:2] == b"00" and all(32 <= byte <= 126 for byte in data[2:]):
            machine.answer(b"\x37\x22" + data[2:] + b"\0")
        else:
            machine.error(f"GS ( {chr(name)}: {data[:8].hex()}")
