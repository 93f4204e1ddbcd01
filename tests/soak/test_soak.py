"""A short run: a hundred visits with each fault once, at a real kiosk with a real hall; and what a run is held to."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.soak import report
from tests.soak.books import Books
from tests.soak.counts import Count
from tests.soak.faults import FAULTS
from tests.soak.plan import plan
from tests.soak.run import Odd, Run, soak
from tests.soak.stage import Otherwise, Played
from tests.soak.trouble import GONE, SLIP, ending

QUICK = {
    "looks and goes": 12,
    "ticket, no card": 2,
    "ticket, number typed": 1,
    "ticket taken and cancelled": 1,
    "certificate, 80 mm": 1,
    "technician": 1,
}
"""What people come for in the short run: mostly to look."""

THEN = {name: fault.then for name, fault in FAULTS.items()}
KEYS = ("rss", "workers_rss", "threads", "descriptors", "workers", "workers_descriptors", "qobjects", "objects")


FEW = ("printer silent", "A4 printer away", "card pulled", "pcscd killed", "ID reader unplugged", "hall away")
"""One for each part; ``make soak`` puts in all of them."""


def test_forty_visits_survive_a_fault_of_each_part_and_the_books_add_up(tmp_path: Path) -> None:
    turns, said = plan(40, 7, QUICK, {name: THEN[name] for name in FEW}), list[str]()
    run = soak(tmp_path, turns, 20, said.append)
    assert (run.ended, run.odd, run.said) == ("", [], []), said
    assert run.put_in.keys() == run.survived.keys() == set(FEW)
    assert run.done == 40
    assert run.books is not None
    assert run.books.wrong == []
    assert run.books.slips > 5
    assert run.books.tickets["uncertain"] >= 1, "of a silent printer nobody knows"
    told = json.loads(json.dumps(report.data(run, 7)))
    assert [each["visits"] for each in told["counts"]] == [20, 40]
    assert all(name in report.page(run, 7) for name in FAULTS)


def whole() -> Run:
    """A run with nothing amiss."""
    turns = plan(60, 1, QUICK, THEN)
    kinds = Counter(turn.kind for turn in turns if turn.kind)
    faults = Counter(turn.fault for turn in turns if turn.fault)
    counts = [Count(visits, dict.fromkeys(KEYS, 1)) for visits in range(10, 61, 10)]
    seen = {name: Counter({SLIP: times}) for name, times in faults.items()}
    return Run(turns, counts, kinds, faults, seen, faults.copy(), lags=[1.0] * 1_000, books=Books(slips=9))


def short(run: Run) -> list[str]:
    return [limit.name for limit in report.limits(run) if not limit.ok]


def test_a_run_with_nothing_amiss_keeps_every_limit() -> None:
    assert short(whole()) == []
    assert report.data(whole(), 1)["ok"]
    assert "Every limit is kept" in report.page(whole(), 1)


def test_one_visit_that_ends_otherwise_breaks_a_run_and_is_told_with_its_screen() -> None:
    run = whole()
    run.kinds["looks and goes"] -= 1
    run.odd.append(Odd(17, "looks and goes", "the visit ended before Attract/", "Notice: 这次办理中断了 K101"))
    assert short(run) == ["visits that ended otherwise"]
    assert "| 17 | looks and goes | the visit ended before Attract/ | Notice: 这次办理中断了 K101 |" in report.page(
        run, 1
    )
    assert report.data(run, 1)["otherwise"][0]["words"] == "Notice: 这次办理中断了 K101"


@pytest.mark.parametrize(
    ("spoil", "limit"),
    [
        (lambda run: run.survived.subtract(["hall away"]), "faults that were not survived"),
        (lambda run: run.books.wrong.append("a number was given twice"), "things that do not add up at the end"),
        (lambda run: setattr(run, "books", None), "things that do not add up at the end"),
        (lambda run: run.said.append("Traceback"), "errors that the kiosk's process wrote"),
        (lambda run: run.lags.extend([900.0] * 20), "GUI lag, p99"),
        (lambda run: run.counts.append(Count(70, dict.fromkeys(KEYS, 1 << 22))), "Qt objects, growth in 10,000 visits"),
    ],
)
def test_whatever_is_amiss_breaks_its_limit(spoil: object, limit: str) -> None:
    run = whole()
    assert callable(spoil)
    spoil(run)
    if limit.startswith("Qt"):
        run.counts[:] = [Count(each.visits, each.of | {"qobjects": each.visits}) for each in run.counts]
    assert limit in short(run)
    assert not report.data(run, 1)["ok"]


def test_an_ending_is_honest_only_where_it_says_what_happened() -> None:
    unsure = Played(True, "Notice", "号票可能不完整\nP101")
    assert ending(unsure, "P101") == "P101"
    assert ending(Played(True, "TakeTicket", "号票已打印"), SLIP, "P101") == SLIP
    assert ending(Played(True, "Attract", ""), GONE) == GONE
    for played, honest in ((unsure, SLIP), (unsure, "P102"), (Played(False, "Attract", ""), SLIP)):
        with pytest.raises(Otherwise):
            ending(played, honest)
    with pytest.raises(Otherwise, match="nothing said"):
        ending(Played(True, "Notice", "对不起"), "P101")
