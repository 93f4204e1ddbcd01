from __future__ import annotations

from dataclasses import dataclass

from certificates.verdict import Reason, Verdict
from certificates.verify import Registered, verify
from tests.certificates.office import HOST, NOW, lists


@dataclass(frozen=True, slots=True)
class Case:
    """A text that is scanned at ``now`` and the reason of the answer.

    ``registered``: what the hall's registry says; None without a network.
    ``listed``: whether the verifier has lists at all.
    """

    name: str
    check: int
    reason: Reason
    text: str
    now: int = NOW
    registered: bool | None = None
    listed: bool = True

    def verdict(self) -> Verdict:
        """What our own verifier says."""
        known = None if self.registered is None else Registered(self.registered)
        return verify(self.text, lists() if self.listed else None, HOST, self.now, lambda _: known)
