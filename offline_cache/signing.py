"""Requests signed by the kiosk's key: RFC 9421, without ``created``, for the clock is not trusted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import requests
from http_message_signatures import HTTPMessageSigner
from http_message_signatures.algorithms import ECDSA_P256_SHA256

from offline_cache.kiosk_key import KioskKey

COVERED: Final = ("@method", "@target-uri", "content-digest", "kiosk-id", "kiosk-epoch", "kiosk-counter")

_EPOCH_ZERO: Final = b";created=0"


def signed(request: requests.PreparedRequest, kiosk: str, epoch: int, counter: int, key: KioskKey) -> None:
    """Put digest, identity, counter and signature into the headers of ``request``."""
    body = request.body if isinstance(request.body, bytes) else b""
    request.headers.update({"Kiosk-Id": kiosk, "Kiosk-Epoch": str(epoch), "Kiosk-Counter": str(counter)})
    signer = HTTPMessageSigner(signature_algorithm=ECDSA_P256_SHA256)
    prepared = signer.prepare(
        request,
        key_id=f"{kiosk}/{epoch}",
        created=datetime.fromtimestamp(0, UTC),
        label="sig1",
        covered_component_ids=COVERED,
        body=body,
    )
    # The library always writes a time; one that means nothing is taken out of what is signed.
    prepared = replace(
        prepared,
        signature_base=prepared.signature_base.replace(_EPOCH_ZERO, b""),
        signature_params=prepared.signature_params.replace(_EPOCH_ZERO.decode(), ""),
    )
    signer.apply(request, prepared, ECDSA_P256_SHA256.signature_from_der(key.sign(prepared.signature_base)))
