from __future__ import annotations

from dataclasses import dataclass

from certificates.verdict import Reason, Verdict
from certificates.verify import verify
from tests.certificates.office import HOST, NOW, answer, lists


@dataclass(frozen=True, slots=True)
class Case:
    """A text that is scanned at ``now`` and the reason of the answer.

    ``registered`` and ``revoked``: what the hall's registry says; None without a network.
    ``listed``: whether the verifier has lists at all.
    """

    name: str
    check: int
    reason: Reason
    text: str
    now: int = NOW
    registered: bool | None = None
    revoked: bool = False
    listed: bool = True

    def verdict(self) -> Verdict:
        """What our own verifier says."""
        return verify(self.text, lists() if self.listed else None, HOST, self.now, lambda _: answer(self.online()))

    def online(self) -> dict[str, bool | str] | None:
        """The registry's answer, as far as verifiers read it."""
        if self.registered is None:
            return None
        return {"registered": self.registered, "status": "revoked" if self.revoked else "valid"}
