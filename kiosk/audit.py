"""``kiosk journal verify``: whether the journal is as it was written, in words for whoever asks at the terminal.

Beside a kiosk that runs, too: it only reads.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kiosk import settings
from kiosk.faults import Fault
from offline_cache.journal_proof import Altered, Proof, Unreadable, Why, of_kiosk

WHOLE: Final = 0
ALTERED: Final = 1
UNREADABLE: Final = 2

_WORDS: Final = {
    Why.CHANGED: "was changed after it was written",
    Why.MISSING: "does not follow the one before: at least one is missing there, or was put in another's place",
    Why.CUT: "is the first that is gone: what was sealed was cut off there",
    Why.ADDED: "was added by somebody else than the kiosk",
    Why.SEAL: "is not what the kiosk sealed: it, or lines before it, were made anew",
}


def verify(config: Path) -> int:
    """Print how the journal stands; 0 whole, 1 altered, 2 where nothing can be said."""
    try:
        proof = of_kiosk(settings.load(config).data)
    except (settings.SettingsError, Unreadable) as error:
        print(f"The journal cannot be read: {error}")  # noqa: T201
        return UNREADABLE
    print("\n".join(lines(proof)))  # noqa: T201
    return WHOLE if proof.altered is None else ALTERED


def lines(proof: Proof) -> list[str]:
    """What is said of a proof."""
    if proof.altered is not None:
        first = f"{Fault.JOURNAL_ALTERED.value}: the journal was altered. {_named(proof.altered)}."
        sealed = f"The lines before it are sealed until {proof.sealed_until}."
        return [first, sealed if proof.sealed_until else "No line before it is sealed."]
    return [f"The journal is whole, {proof.lines} lines.", _reach(proof)]


def _named(altered: Altered) -> str:
    return f"First altered line: {altered.file}, line {altered.line}, {_WORDS[altered.why]}"


def _reach(proof: Proof) -> str:
    """How far the kiosk's own signatures reach."""
    until = f"Sealed until {proof.sealed_until}. " if proof.sealed_until else ""
    if proof.open_since is None:
        return until.strip()
    return f"{until}From {proof.open_since} on nothing is sealed yet ({proof.open_lines} lines)."
