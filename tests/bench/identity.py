"""Documents and accounts: what our own code takes beside the wire, the chip and the disk."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import Final

from tests.bench.row import Row, percentile, within
from tests.devices.card.cycles import pipe_cycles
from tests.devices.idcard.share import thread_seconds, wire_seconds
from tests.devices.passport.pace import page_ms
from tests.hall.people.many import merge_provisional

READS: Final = 40
PASSPORTS: Final = 200
PIPE_CYCLES: Final = 20_000
ACCOUNTS: Final = 10_000


def rows() -> list[Row]:
    return [_sdt(), _passport(), _pipe(), _merge()]


def _sdt() -> Row:
    wire = wire_seconds()
    with tempfile.TemporaryDirectory(prefix="keting-bench-") as folder:
        spent = statistics.median(thread_seconds(Path(folder), READS))
    note = (
        f"{spent * 1e3:.1f} ms of the reading thread for one card; the wire takes {wire * 1e3:.0f} ms at 115,200 baud"
    )
    return within("ID card read, our share of the wire's time", "%", round(100 * spent / wire, 1), 10.0, note)


def _passport() -> Row:
    took = page_ms(PASSPORTS)
    note = f"median {statistics.median(took):.1f} ms; select, BAC and DG1, the virtual chip's own time included"
    return within("passport, BAC and DG1 in software, p95", "ms", round(percentile(took, 0.95), 1), 60.0, note)


def _pipe() -> Row:
    """A worker without a reader that only speaks the protocol; with cards and pcscd it is `make endurance`."""
    told = pipe_cycles(PIPE_CYCLES)
    assert told.flat, f"threads or descriptors grew: {told}"
    grown = told.growth / PIPE_CYCLES * 1_000
    note = (
        f"{told.growth} KiB over {PIPE_CYCLES:,} in {told.seconds:.0f} s; threads and descriptors flat; no PC/SC here"
    )
    return within("cards at the worker's pipe, memory growth in 1,000", "KiB", round(grown, 1), 100.0, note)


def _merge() -> Row:
    took = merge_provisional(ACCOUNTS)
    note = f"{took / ACCOUNTS * 1e3:.2f} ms for each opening, two kiosks and the same persons, batches of 500, durable"
    return within(f"{ACCOUNTS:,} provisional accounts become one a person", "s", round(took, 1), 60.0, note)
