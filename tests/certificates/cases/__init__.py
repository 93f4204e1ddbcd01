"""One code for each thing that a check can meet; ``vectors`` writes them down, ``test_vectors`` holds them."""

from __future__ import annotations

from tests.certificates.cases import addresses, claimed, genuine, messages, signatures
from tests.certificates.cases.case import Case

CASES: tuple[Case, ...] = (
    *genuine.CASES,
    *addresses.CASES,
    *messages.CASES,
    *signatures.CASES,
    *claimed.CASES,
)

__all__ = ["CASES", "Case"]
