"""The figures are well formed, and a figure that falls short can't pass for one that does not."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from tests.bench import drain, lag, sheet, sizes, slip, store, worn, worn_paper
from tests.bench.row import MOST, Row, beside, more, percentile, within
from tests.bench.table import Bench, page, terminal

CHEAP: dict[str, Callable[[], Sequence[Row]]] = {
    "slip": lambda: slip.rows(runs=2),
    "store": lambda: store.rows(records=20),
    "drain": lambda: drain.rows(backlog=60, one_by_one=6),
}


@pytest.mark.usefixtures("qapp")  # one application for all tests, made before a bench makes its own
@pytest.mark.parametrize("name", CHEAP)
def test_a_bench_gives_rows_of_the_agreed_shape(name: str) -> None:
    for row in json.loads(json.dumps([row.json() for row in CHEAP[name]()], allow_nan=False)):
        assert list(row) == ["name", "unit", "ours", "peer", "peer_name", "ratio", "goal", "ok"]
        assert row["ours"] > 0
        assert row["peer"] > 0
        assert row["ratio"] == pytest.approx(row["peer"] / row["ours"], rel=0.01)
        assert row["ok"] is (row["ratio"] >= row["goal"])


def test_beside_a_peer_the_ratio_is_the_peers_figure_over_ours() -> None:
    assert beside("drain", "s", 2.0, 80.0, "one POST", 40.0).ok
    assert not beside("drain", "s", 2.0, 79.0, "one POST", 40.0).ok


def test_where_more_is_better_the_ratio_is_our_figure_over_the_peers() -> None:
    assert more("codes read", "%", 96.0, 80.0, "zxing-cpp", 1.2).ok
    assert not more("codes read", "%", 95.0, 80.0, "zxing-cpp", 1.2).ok
    assert more("codes read", "%", 96.0, 0.0, "blind", 1.2).ratio == 96.0


def test_why_a_look_was_too_long_is_what_was_measured_of_it() -> None:
    assert "itself" in worn.cause(worn.Look(ms=300.0, busy_ms=290.0))
    assert "96 ms" in worn.cause(worn.Look(ms=300.0, busy_ms=96.0))


def test_worn_codes_are_as_large_as_those_of_certificates() -> None:
    """Each share within four deviations of what chance leaves of the real one."""
    real, drawn = sizes.shares(2_100, seed=7), 400
    chance = np.random.default_rng(7)
    seen = Counter((worn_paper.sheet(chance, worn_paper.Wear()).modules - 8 - 17) // 4 for _ in range(drawn))
    for version in real.keys() | seen.keys():
        share = real.get(version, 0.0)
        assert abs(seen[version] / drawn - share) <= 4 * math.sqrt(max(share, 0.01) / drawn), (version, seen, real)


def test_under_a_limit_the_ratio_is_what_is_left_of_it() -> None:
    row = within("lag", "ms", 40.0, 50.0)
    assert (row.ratio, row.goal, row.peer, row.ok) == (1.25, 1.0, None, True)
    assert not within("lag", "ms", 50.1, 50.0).ok


@pytest.mark.parametrize(("grown", "ok"), [(0.0, True), (-3.0, True), (0.1, False), (1.0, False)])
def test_what_must_not_grow_may_not_grow_at_all(grown: float, ok: bool) -> None:
    row = within("threads", "", grown, 0.0)
    assert row.ok is ok
    assert 0 <= row.ratio <= MOST


def test_a_percentile_is_one_of_the_figures() -> None:
    assert percentile([float(figure) for figure in range(100, 0, -1)], 0.95) == 95.0
    assert percentile([7.0], 0.99) == 7.0


def test_codes_of_random_certificates_are_within_their_versions_and_below_the_peers() -> None:
    rows = sizes.rows(certificates=210, seed=5)
    assert [row.ok for row in rows] == [True, True, True]
    assert sum(int(part.split(": ")[1]) for part in rows[0].note.split(";")[0].split("M: ")[1].split(", ")) == 210


def test_sheets_are_timed_one_by_one() -> None:
    assert all(row.ours > 0 and row.limit for row in sheet.rows(runs=8))


def test_a_thread_that_stood_still_is_met_by_everybody_who_came_meanwhile() -> None:
    assert lag.waits([0.0, 35.0], beat=10.0) == [0.0, 35.0, 25.0, 15.0, 5.0]
    beats = [0.0] * 9_900 + [2_000.0]  # 99 seconds well, 2 seconds still: one beat in ten thousand, 2 % of the time
    assert percentile(beats, 0.99) == 0.0
    assert percentile(lag.waits(beats), 0.99) > 900


def test_the_page_says_what_falls_short_and_what_was_not_measured() -> None:
    rows = (
        beside("slip", "ms", 4.0, 28.0, "Pillow", 3.0, "medians of 40"),
        within("lag", "ms", 80.0, 50.0, why="Pages are built in one go."),
    )
    text = page([Bench("slip", 3.0, 0.2, rows), Bench("worn", 1.0, 0.3, broken="TimeoutError")], ["2 cores"])
    assert "1 of 2 figures reach their goal." in text
    assert "or ours over the peer's where more is better" in text
    assert "- **lag**: Pages are built in one go." in text
    assert "- `worn`: TimeoutError" in text
    assert "| slip | 4 ms | 28 ms | 7 | ≥ 3 × | ok |" in text
    assert "SHORT" in terminal(rows).splitlines()[2]
