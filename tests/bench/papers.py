"""A certificate's cost: to sign, to verify, and in bytes of lists that a verifier has to fetch."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from certificates import code
from certificates.lists import Index, digest, make_entry, make_index, make_shard, make_status
from certificates.verdict import Result
from tests.bench.row import Row, percentile, within
from tests.certificates.office import (
    CLAIMS,
    DAY,
    HOST,
    INCOME,
    KIOSK,
    LISTED,
    NOW,
    documents,
    judged,
    key,
    kiosk_key,
    paper,
)

RUNS: Final = 1_000
KIOSKS, MONTHS = 1_000, 13
"""A year of kiosk keys of 30 days, and the month that has begun."""

CERTIFICATES, REVOKED = 1_000_000, 10_000
_SEED: Final = 20261122


def rows(runs: int = RUNS, kiosks: int = KIOSKS) -> list[Row]:
    signing, verifying = _signing(runs), _verifying(runs)
    index, largest = trust(kiosks * MONTHS)
    return [
        within("certificate, signed and checked, p95", "ms", percentile(signing, 0.95), 5.0, _spread(signing)),
        within(
            "certificate, verified without a network, p95", "ms", percentile(verifying, 0.95), 5.0, _spread(verifying)
        ),
        within(
            f"trust list for one verification, {kiosks * MONTHS:,} kiosk keys",
            "bytes",
            index + largest,
            100_000,
            f"root and index {index:,} bytes, the largest of 256 shards {largest:,}",
        ),
        within(
            f"status list of {CERTIFICATES:,} certificates, 1 % revoked",
            "bytes",
            len(status()),
            20_000,
            "a bit each, at random places, signed",
        ),
    ]


def _signing(runs: int) -> list[float]:
    """Each is another certificate."""
    claims = [replace(CLAIMS, cti=number.to_bytes(10), status=number) for number in range(1, runs + 1)]
    return _times(lambda number: code.sign(claims[number], kiosk_key(KIOSK), KIOSK), runs)


def _verifying(runs: int) -> list[float]:
    codes = [paper(replace(claims, cti=bytes([n] * 10))) for n in range(8) for claims in (CLAIMS, INCOME)]

    def one(number: int) -> None:
        assert judged(codes[number % len(codes)]).result is Result.VALID

    return _times(one, runs)


def trust(keys: int) -> tuple[int, int]:
    """Bytes of the index with its root, and of its largest shard, with this many kiosk keys at random kids."""
    chance = random.Random(_SEED)
    kids = sorted(chance.sample(range(2**32), keys))
    example = make_entry(HOST, KIOSK, kiosk_key(KIOSK).public(), "K-0203-13", NOW, NOW + 30 * DAY, key("kiosks"))
    by_shard: dict[int, dict[bytes, bytes]] = {}
    for kid in (number.to_bytes(4) for number in kids):
        by_shard.setdefault(kid[0], {})[kid] = example  # an entry is as long as the next one
    shards = {number: make_shard(HOST, number, entries, key("lists")) for number, entries in by_shard.items()}
    index = Index(
        version=8_760,
        host=HOST,
        iat=LISTED,
        next=LISTED + DAY,
        root=1,
        shards={number: digest(data) for number, data in shards.items()},
        status={0: digest(status())},
        cuts={number.to_bytes(4): digest(bytes([number])) for number in range(10)},
        templates=digest(documents()["templates"]),
    )
    return len(make_index(index, key("lists"))) + len(documents()["root/1"]), max(map(len, shards.values()))


@cache
def status() -> bytes:
    revoked = random.Random(_SEED).sample(range(CERTIFICATES), REVOKED)
    return make_status(HOST, 0, revoked, LISTED, LISTED + 30 * DAY, DAY, key("lists"))


def _times(act: Callable[[int], object], runs: int) -> list[float]:
    """Milliseconds of each run; what is loaded only once is loaded before."""
    act(0)
    times = []
    for number in range(runs):
        began = time.perf_counter()
        act(number)
        times.append((time.perf_counter() - began) * 1e3)
    return times


def _spread(times: Sequence[float]) -> str:
    return f"median {statistics.median(times):.2f} ms, worst {max(times):.2f} ms of {len(times):,}"
