"""``python -m tests.certificates.vectors``: write docs/certificate-vectors/ anew, always the same bytes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from certificates.keys import point
from certificates.verdict import RESULT_OF
from tests.certificates.cases import CASES, Case
from tests.certificates.office import HOST, KINDS, TIMES, documents, key, secret

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "certificate-vectors"


def files() -> dict[str, bytes]:
    """Every generated file below ``FOLDER``."""
    return {
        "keys.json": _json(_keys()),
        "vectors.json": _json([_vector(case) for case in CASES]),
        **{f"lists/{name}": data for name, data in documents().items()},
    }


def _vector(case: Case) -> dict[str, Any]:
    """What is said of a case by hand (``check``, ``reason``), and what follows from it."""
    verdict = case.verdict()
    return {
        "name": case.name,
        "check": case.check,
        "text": case.text,
        "now": case.now,
        "lists": case.listed,
        "online": case.online(),
        "result": RESULT_OF[case.reason].value,
        "reason": case.reason.value,
        "content": verdict.content and verdict.content.json(),
        "list_age_s": verdict.list_age_s,
        "short_code": verdict.short_code,
    }


def _keys() -> dict[str, Any]:
    names = [*KINDS, *(f"kiosk {kid.hex()}" for kid in TIMES)]
    return {
        "warning": "TEST KEYS. They are public and protect nothing. Never trust a root with one of them.",
        "host": HOST,
        "keys": {name: {"d": secret(name).to_bytes(32).hex(), "xy": point(key(name).public()).hex()} for name in names},
    }


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def main() -> int:
    for name, data in files().items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
