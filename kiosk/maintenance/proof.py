"""What leaves the kiosk with its signature: the logs, and the report of how it stands.

A signature is ECDSA P-256 with SHA-256 by the kiosk's own key, over the kind, a zero byte and the file; the hall
knows the key from the enrolment, and ``openssl dgst -verify`` is enough to check it.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from certificates.machine_pages import report_page
from offline_cache.kiosk_key import KioskKey

LOGS: Final = b"keting-logs"
READINESS: Final = b"keting-readiness"

_LARGEST: Final = 64_000_000
"""Bytes of logs at most; the journal's bound is below it."""


@dataclass(frozen=True, slots=True)
class Proofs:
    """``logged`` are the logs, by a folder each in the archive: where they lie, and how their names look."""

    key: KioskKey
    kiosk: str
    hall: str
    logged: Mapping[str, tuple[Path, str]]

    def logs(self, report: Mapping[str, Any], stamp: str) -> dict[str, bytes]:
        """An archive and its signature, named by ``stamp``; on the journal's lane. Raises ``OSError``."""
        name = f"keting-{self.kiosk}-{stamp}-logs.zip"
        archive = io.BytesIO()
        total = 0
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("readiness.json", _json(report))
            for kind, (folder, names) in self.logged.items():
                for file in sorted(folder.glob(names)):
                    data = file.read_bytes()
                    total += len(data)
                    if total > _LARGEST:
                        raise OSError("more logs than there can be")
                    packed.writestr(f"{kind}/{file.name}", data)
        return self._with_signature(name, archive.getvalue(), LOGS)

    def readiness(self, report: Mapping[str, Any], stamp: str) -> dict[str, bytes]:
        """The report as JSON with its signature, and as a signed PDF; on the sheets' lane."""
        from certificates.sealing import sealed  # here, or every start of a kiosk would wait for it

        name = f"keting-{self.kiosk}-{stamp}-readiness"
        page = sealed(report_page(report), self.key, self.kiosk, self.hall)
        return self._with_signature(f"{name}.json", _json(report), READINESS) | {f"{name}.pdf": page}

    def _with_signature(self, name: str, data: bytes, kind: bytes) -> dict[str, bytes]:
        return {name: data, f"{name}.sig": self.key.sign(kind + b"\0" + data)}


def _json(report: Mapping[str, Any]) -> bytes:
    return json.dumps(report, ensure_ascii=False, sort_keys=True, indent=1).encode()
