"""The figures as a table: in the terminal, and in docs/bench.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.bench.row import Row

_HEAD = ("figure", "ours", "peer", "ratio", "goal", "")

_UNKNOWN = "the reason is not known yet."


@dataclass(frozen=True, slots=True)
class Bench:
    """What came of one bench: its rows or why there are none, and how busy the machine was when it began."""

    name: str
    seconds: float
    load: float
    rows: Sequence[Row] = field(default_factory=tuple)
    broken: str = ""


def terminal(rows: Iterable[Row]) -> str:
    lines = [_HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEAD))]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def page(benches: Sequence[Bench], machine: Sequence[str]) -> str:
    """docs/bench.md: no date, no place, no name."""
    rows = [row for bench in benches for row in bench.rows]
    short = [row for row in rows if not row.ok]
    broken = [bench for bench in benches if bench.broken]
    verdict = f"{len(rows) - len(short)} of {len(rows)} figures reach their goal."
    parts = [
        "# Measured",
        "Written by `make bench`; the same figures are in `out/bench/*.json`. Each stands beside its peer, measured "
        "in the same run and in turns with it, or under a limit. Of the ratio bigger is always better: it is the "
        "peer's figure over ours, or ours over the peer's where more is better (codes read), or the limit over ours "
        "(at most 100).",
        "\n".join(f"- {line}" for line in machine),
        verdict,
        "\n".join(_markdown(line) for line in (_HEAD, ("---",) * len(_HEAD), *(_cells(row) for row in rows))),
        "## What stands behind the figures",
        "\n".join(f"- **{row.name}**: {_said(row)}" for row in rows if _said(row)),
    ]
    if short:
        parts += ["## What falls short", "\n".join(f"- **{row.name}**: {row.why or _UNKNOWN}" for row in short)]
    if broken:
        parts += ["## What could not be measured", "\n".join(f"- `{bench.name}`: {bench.broken}" for bench in broken)]
    parts += [
        "## How busy the machine was",
        "Processes running or waiting, on average over the minute before, and how long each bench took: "
        + ", ".join(f"`{bench.name}` {bench.load:.1f}, {bench.seconds:.0f} s" for bench in benches)
        + ".",
    ]
    return "\n\n".join(parts) + "\n"


def _cells(row: Row) -> tuple[str, ...]:
    peer = "" if row.peer is None else f"{_figure(row.peer, row.unit)}"
    return row.name, _figure(row.ours, row.unit), peer, f"{row.ratio:.3g}", row.wanted, "ok" if row.ok else "SHORT"


def _figure(value: float, unit: str) -> str:
    number = f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"
    return f"{number} {unit}".rstrip()


def _said(row: Row) -> str:
    beside = f"beside {row.peer_name}" if row.peer_name else ""
    return "; ".join(part for part in (beside, row.note) if part)


def _markdown(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
