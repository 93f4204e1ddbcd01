"""Runs many cases on both processors, in slices, each with a seed of its own."""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tests.fuzz.mutator import Mutator
from tests.fuzz.target import SECONDS, Target, tried

PROCESSES: Final = 2
_SLICE: Final = 5_000


@dataclass
class Findings:
    """What came out of the cases of one parser; ``errors`` holds the shortest input for each error."""

    cases: int = 0
    refused: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    times: Counter[str] = field(default_factory=Counter)
    errors: dict[str, bytes] = field(default_factory=dict)

    def note(self, error: str, data: bytes, times: int = 1) -> None:
        self.times[error] += times
        if error not in self.errors or len(data) < len(self.errors[error]):
            self.errors[error] = data

    def add(self, other: Findings) -> None:
        self.cases += other.cases
        self.refused += other.refused
        self.seconds += other.seconds
        self.slowest = max(self.slowest, other.slowest)
        for error, data in other.errors.items():
            self.note(error, data, other.times[error])

    def row(self, target: Target) -> dict[str, Any]:
        """For the summary."""
        return {
            "parser": target.name,
            "allowed": [each.__name__ for each in target.allowed],
            "cases": self.cases,
            "refused": self.refused,
            "accepted": self.cases - self.refused - self.times.total(),
            "slowest_ms": round(self.slowest * 1000, 1),
            "limit_ms": round(SECONDS * 1000),
            "cpu_s": round(self.seconds, 1),
            "found": [
                {"error": error, "times": self.times[error], "input": data.hex()} for error, data in self.errors.items()
            ],
        }


def fuzz(target: Target, seed: str, cases: int) -> Findings:
    """Cases of one parser, in this process."""
    mutator, found = Mutator(seed, target.samples, target.tokens), Findings(cases)
    began = before = time.process_time()
    for _ in range(cases):
        data = mutator.case()
        outcome = tried(target, data)
        now = time.process_time()
        found.slowest, before = max(found.slowest, now - before), now
        found.refused += outcome.refused
        if outcome.error:
            found.note(outcome.error, data)
    found.seconds = before - began
    return found


def run(cases: Mapping[str, int], seed: int) -> Iterator[tuple[str, Findings]]:
    """Every slice as it is done: the parser's name and what was found in it."""
    slices = [
        (name, f"{seed}/{name}/{first}", min(_SLICE, many - first))
        for name, many in cases.items()
        for first in range(0, many, _SLICE)
    ]
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        yield from pool.imap_unordered(_slice, slices)


def _slice(order: tuple[str, str, int]) -> tuple[str, Findings]:
    from tests.fuzz.targets import TARGETS  # in the process that runs it: a parser cannot be sent there

    name, seed, cases = order
    return name, fuzz(TARGETS[name], seed, cases)
