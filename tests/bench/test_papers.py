"""What a verifier fetches does not depend on the machine, so it is held here and not only measured."""

from __future__ import annotations

from tests.bench.papers import KIOSKS, MONTHS, status, trust


def test_a_year_of_a_thousand_kiosks_fits_in_100_000_bytes() -> None:
    assert sum(trust(KIOSKS * MONTHS)) <= 100_000


def test_a_million_certificates_with_one_percent_revoked_fit_in_20_000_bytes() -> None:
    assert len(status()) <= 20_000
