"""What came of a run: as data, against its limits, and as a page for ``docs/``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from tests.bench.lag import waits
from tests.bench.machine import machine
from tests.bench.row import percentile
from tests.soak.counts import KEPT, PER, Count, Growth, Kept, growths
from tests.soak.faults import FAULTS
from tests.soak.run import Run
from tests.soak.visits import KINDS

LAG_P99: Final = 50.0
WARM_UP: Final = 3
"""Counts of the first third of the visits are shown and not judged: caches fill. The store's alone, 2 MiB, takes some
1,500 tickets."""


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    found: str
    allowed: str
    ok: bool


def limits(run: Run) -> list[Limit]:
    """What must hold, and whether it did."""
    missed = sum((run.put_in - run.survived).values())
    wrong = run.books.wrong if run.books else ["the run did not come to its end"]
    lag = percentile(waits(run.lags), 0.99) if run.lags else 0.0
    found = [
        Limit("visits that ended otherwise", str(len(run.turns) - run.done), "0", run.done == len(run.turns)),
        Limit("faults that were not survived", str(missed), "0", not missed),
        Limit("things that do not add up at the end", str(len(wrong)), "0", not wrong),
        Limit("errors that the kiosk's process wrote", str(len(run.said)), "0", not run.said),
        Limit("GUI lag, p99", f"{lag:.1f} ms", f"{LAG_P99:.0f} ms", lag < LAG_P99),
    ]
    return found + [_limit(growth) for growth in grown(run)]


def grown(run: Run) -> list[Growth]:
    return growths(run.counts, len(run.turns) // WARM_UP)


def _limit(growth: Growth) -> Limit:
    name = f"{growth.kept.name}, growth in {PER:,} visits"
    return Limit(name, _interval(growth), f"{growth.kept.allowed:,.0f} for sure", growth.ok)


def _interval(growth: Growth) -> str:
    return f"{growth.slope.per_visit * PER:+,.2f} ± {growth.slope.give_or_take * PER:,.2f}"


def data(run: Run, seed: int) -> dict[str, Any]:
    """``report.json``."""
    told = limits(run)
    beats = waits(run.lags)
    return {
        "ok": all(limit.ok for limit in told),
        "seed": seed,
        "visits": len(run.turns),
        "ended": run.ended,
        "seconds": round(run.seconds),
        "load": [round(each, 1) for each in run.load],
        "machine": machine(),
        "limits": [asdict(limit) for limit in told],
        "kinds": dict(run.kinds),
        "faults": {name: _fate(run, name) for name in FAULTS},
        "otherwise": [asdict(odd) for odd in run.odd],
        "lag_ms": {name: round(percentile(beats, share), 2) for name, share in _SHARES.items()} if beats else {},
        "books": asdict(run.books) if run.books else None,
        "said": run.said,
        "counts": [{"visits": each.visits} | each.of for each in run.counts],
    }


_SHARES: Final = {"p50": 0.5, "p99": 0.99, "max": 1.0}


def _fate(run: Run, fault: str) -> dict[str, Any]:
    ended = dict(run.seen.get(fault, {}))
    return {"put_in": run.put_in[fault], "survived": run.survived[fault], "ended": ended}


def page(run: Run, seed: int) -> str:
    """docs/soak.md: no date, no place, no name."""
    told, beats = limits(run), waits(run.lags)
    short = [limit.name for limit in told if not limit.ok]
    faults = run.put_in.total()
    parts = [
        "# Soak",
        "Written by `make soak`; the same figures, and each count, are in `out/soak/report.json`. One kiosk process, "
        "with real daemons, cables and a real hall around it, serves one visit after another. One in twenty has a "
        f"fault, drawn like the order of all visits from the seed {seed}: it is put in, the visit's honest ending is "
        "seen, the far end is mended, and the next visit must be as always.",
        f"{len(run.turns):,} visits, {faults:,} of them with a fault, in {run.seconds / 60:.0f} minutes. "
        f"{run.done:,} ended as they should, {run.survived.total():,} faults were survived. "
        + (f"Not within its limit: {', '.join(short)}." if short else "Every limit is kept."),
        "\n".join(f"- {line}" for line in machine()),
        f"Processes running or waiting at its beginning {run.load[0]:.1f}, at its end {run.load[1]:.1f}, one to two of "
        "them its own. With more there was other work on the machine, and the GUI lag is not the kiosk's alone.",
        "## Limits",
        _table(("", "found", "allowed", ""), [_row(limit) for limit in told]),
        "Growth is the slope of a straight line through the counts by least squares, with its 95 % interval. A limit "
        "is broken where the lower end of the interval is above it. The first third of the visits is left out, while "
        "caches fill: the store's own, of 2 MiB, takes some 1,500 tickets. Before the first visit the onlooker in "
        "the kiosk's process has Python's table of names grow by 1.8 MiB, which would else happen once, after 6,500.",
    ]
    if beats:
        lag = ", ".join(f"{name} {percentile(beats, share):.1f} ms" for name, share in _SHARES.items())
        minutes = f"{len(run.lags) / 6_000:.0f} minutes"
        parts.append(f"GUI lag, as somebody meets it who comes at any moment in {minutes}: {lag}.")
    parts += ["## What there was of everything", _counted(run), "## What people came for", _came(run)]
    parts += ["## Faults", _failed(run)]
    if run.books:
        books = run.books
        parts += [
            "## What is on record, and what came out",
            f"{books.slips:,} slips and {books.sheets:,} sheets came out whole. Copies of tickets: "
            f"{_states(books.tickets)}. Copies of certificates: {_states(books.certificates)}. "
            f"{books.events:,} events, each once at the hall. "
            f"`kiosk journal verify`: {books.journal}",
        ]
        parts += ["\n".join(f"- {wrong}" for wrong in books.wrong)] if books.wrong else []
    if run.odd:
        rows = [(str(odd.visit), odd.what, odd.why, " ".join(odd.words.split())[:120]) for odd in run.odd]
        parts += ["## Visits that ended otherwise", _table(("visit", "what", "why", "on the screen"), rows)]
    return "\n\n".join(parts) + "\n"


def _row(limit: Limit) -> tuple[str, ...]:
    return limit.name, limit.found, limit.allowed, "ok" if limit.ok else "SHORT"


def _counted(run: Run) -> str:
    """At the beginning, at each quarter, and at the end."""
    some = [run.counts[round(at * (len(run.counts) - 1) / 4)] for at in range(5)] if run.counts else []
    head = ("", *(f"{each.visits:,}" for each in some))
    return _table(head, [(kept.name, *(_amount(each, kept) for each in some)) for kept in KEPT])


def _amount(count: Count, kept: Kept) -> str:
    return f"{count.of[kept.key] / kept.unit:,.1f}".removesuffix(".0")


def _came(run: Run) -> str:
    return _table(("", "as they should"), [(name, f"{run.kinds[name]:,}") for name in KINDS])


def _failed(run: Run) -> str:
    rows = []
    for name, fault in FAULTS.items():
        ended = ", ".join(f"{seen} {times}" for seen, times in run.seen.get(name, {}).items())
        rows.append((f"{name}: {fault.says}", str(run.put_in[name]), str(run.survived[name]), ended))
    return _table(("", "put in", "survived", "the visit ended with"), rows)


def _states(counted: dict[str, int]) -> str:
    return ", ".join(f"{times:,} {state}" for state, times in sorted(counted.items())) or "none"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))
