"""A certificate on A4, from its claims to the bytes of the PDF, and its preview."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from typing import TypeVar

from certificates.code import sign
from certificates.form import Said
from certificates.keys import FileKey
from certificates.library import load, newest
from certificates.picture import picture
from certificates.sheet import Sheet, pdf
from certificates.template import Template
from tests.bench.row import Row, percentile, within
from tests.certificates.random_claims import random_claims

T = TypeVar("T")

_RUNS = 120
_SEED = 4_217
_SCREEN_DPI = 110


def rows(runs: int = _RUNS) -> list[Row]:
    """Each sheet another person's, kinds in turn; the compiler has set one page before."""
    rng, key, kinds = random.Random(_SEED), FileKey.fresh(), newest(load())
    sheets = [_sheet(rng, key, kinds[place % len(kinds)]) for place in range(runs + 1)]
    (_, cold), *made = [_timed(pdf, each) for each in sheets]
    warm = [ms for _, ms in made]
    shown = [_timed(lambda page: picture(page, _SCREEN_DPI).dots, page)[1] for page, _ in made[: runs // 4]]
    size = f"p95 {percentile(warm, 0.95):.0f} ms, first of the process {cold:.0f} ms, {len(made[0][0]) / 1e3:.0f} kB"
    return [
        within(
            "certificate on A4, claims to PDF/A, warm", "ms", statistics.median(warm), 50, f"median of {runs}; {size}"
        ),
        within("preview of the A4 page from its PDF", "ms", statistics.median(shown), 100),
    ]


def _sheet(rng: random.Random, key: FileKey, template: Template) -> Sheet:
    claims = random_claims(rng, template)
    hall = Said(zh="江畔区政务服务中心", en="Jiangpan District Service Hall")
    message = sign(claims, key, b"\0\0\0\1")
    return Sheet(
        template, claims, message, "hall.example", hall, "03 号机 K-0203", "K0203-1-004183", "2026-11-20 09:12"
    )


def _timed(call: Callable[[T], bytes], what: T) -> tuple[bytes, float]:
    """What came of it, and milliseconds."""
    begin = time.perf_counter()
    made = call(what)
    return made, (time.perf_counter() - begin) * 1e3
