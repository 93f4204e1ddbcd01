"""Debian's chromium, headless, trusting one hall's certificate by its key."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, sync_playwright


def pin(certificate: Path) -> str:
    """The SHA-256 of the public key in ``certificate`` (PEM), as chromium wants it (RFC 7469, section 2.4)."""
    key = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
    return b64encode(sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()).decode()


@contextmanager
def chromium(certificate: Path) -> Iterator[Browser]:
    """A browser for the hall whose server certificate (PEM) this is."""
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                f"--ignore-certificate-errors-spki-list={pin(certificate)}",
            ],
        )
        try:
            yield browser
        finally:
            browser.close()
