"""Who holds the paper learns whether it stands and gets its PDF; who guesses learns nothing."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from fastapi import FastAPI
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from certificates.short_code import grouped, short_code
from certificates.verdict import Why
from hall.app import create_app
from hall.certificates import registry
from hall.certificates.issuers import of
from tests.hall.certificates.machine import NAME, NUMBER, TEMPLATES, Machine
from tests.hall.conftest import Counter, InProcess

UNKNOWN = {"registered": False, "type": None, "status": None, "copies": 0, "revoked_at": None, "revoked_why": None}


def look(counter: Counter, short: str) -> dict[str, Any]:
    answer = counter.client.request("GET", f"/c/{short}.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def fetch(counter: Counter, short: str, digest: str) -> tuple[int, bytes]:
    answer = counter.client.request("POST", f"/c/{short}/pdf", json={"digest": digest})
    return answer.status_code, answer.content


def revoke(counter: Counter, short: str) -> None:
    with counter.hall.store.writing() as session:
        registry.revoke(session, counter.hall, short, Why.CHANGED, "moved to 王小明", None)


def test_the_registry_says_type_and_state_and_nothing_of_the_holder(kiosk: Machine) -> None:
    paper = kiosk.issue()
    kiosk.send(kiosk.reprinted(kiosk.copied(paper)))
    said = look(kiosk.counter, paper.id)
    assert said == UNKNOWN | {"registered": True, "type": 2, "status": "valid", "copies": 1}
    kiosk.counter.clock.forward(days=TEMPLATES["social-insurance"].issue.valid_days)
    assert look(kiosk.counter, paper.id)["status"] == "expired"
    revoke(kiosk.counter, paper.id)
    said = look(kiosk.counter, paper.id)
    assert said["status"] == "revoked"
    assert (said["revoked_at"], said["revoked_why"]) == (kiosk.counter.clock.ms // 1000, "changed")
    assert "王小明" not in str(said)  # the note is for staff


@pytest.mark.parametrize("short", [short_code(bytes(10)), "x", "IIIIIIIIIIIIIIII", "0" * 17, "%2e%2e", "’"])
def test_what_is_not_registered_and_what_is_no_code_are_answered_alike(kiosk: Machine, short: str) -> None:
    assert look(kiosk.counter, short) == UNKNOWN
    assert look(kiosk.counter, kiosk.sign().id) == UNKNOWN


def test_who_asks_about_a_copy_is_told_of_that_copy(kiosk: Machine) -> None:
    """Who signs a known name anew, on a key that nobody has missed yet, made a paper that the hall never heard of."""
    paper, other = kiosk.issue(), kiosk.issue()
    path = f"/c/{paper.id}.json"

    def told(digest: str) -> tuple[bool, str]:
        said = kiosk.counter.client.request("GET", path, params={"copy": digest}).json()
        return said["registered"], said["status"]

    assert told(paper.digest.hex()) == (True, "valid")
    assert told(other.digest.hex()) == (False, "valid")
    revoke(kiosk.counter, paper.id)
    assert told(paper.digest.hex()) == (True, "revoked")
    assert told(other.digest.hex()) == (False, "revoked")
    for nonsense in ("", "zz", paper.digest.hex().upper(), "00" * 33):
        assert kiosk.counter.client.request("GET", path, params={"copy": nonsense}).status_code == 400


def test_the_short_code_alone_opens_no_pdf(kiosk: Machine) -> None:
    paper, other = kiosk.issue(), kiosk.issue()
    unheard = kiosk.sign()
    refused = {
        fetch(kiosk.counter, *wish)
        for wish in (
            (paper.id, "00" * 32),
            (paper.id, other.digest.hex()),
            (unheard.id, unheard.digest.hex()),
            (paper.id, paper.digest.hex().upper()),
            (paper.id, ""),
        )
    }
    body = kiosk.counter.client.request("POST", f"/c/{paper.id}/pdf", content=b"[")
    assert refused == {(404, b'{"error":"not-found"}')} == {(body.status_code, body.content)}


def test_a_revoked_certificate_has_no_pdf(kiosk: Machine) -> None:
    paper = kiosk.issue()
    assert fetch(kiosk.counter, paper.id, paper.digest.hex())[0] == 200
    revoke(kiosk.counter, paper.id)
    assert fetch(kiosk.counter, paper.id, paper.digest.hex())[0] == 404


def validated(kiosk: Machine, data: bytes) -> PdfSignatureStatus:
    read: Callable[[str], Any] = load_cert_from_pemder
    ca = read(str(kiosk.counter.hall.settings.keys / "ca.pem"))
    trust = ValidationContext(trust_roots=[ca], allow_fetching=False)
    (signature,) = PdfFileReader(BytesIO(data)).embedded_signatures
    return validate_pdf_signature(signature, trust)


def held_range(data: bytes) -> list[int]:
    """The two stretches of the file that are signed: start and length of each."""
    (signature,) = PdfFileReader(BytesIO(data)).embedded_signatures
    return [int(each) for each in signature.byte_range]


def test_a_pdf_reader_sees_the_issuers_signature_and_a_changed_byte(kiosk: Machine) -> None:
    paper = kiosk.issue()
    status, data = fetch(kiosk.counter, paper.id, paper.digest.hex())
    assert status == 200
    held = validated(kiosk, data)
    assert held.bottom_line
    assert held.coverage is SignatureCoverageLevel.ENTIRE_FILE
    issuer = TEMPLATES["social-insurance"].issuer.zh
    assert held.signing_cert.subject.native["organization_name"] == issuer
    _, before, after, rest = held_range(data)
    for at in (100, before // 2, before - 1, after, after + rest // 2):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        try:
            assert not validated(kiosk, changed).bottom_line
        except (PdfError, SignatureValidationError, ValueError):
            continue  # no reader opens it


def test_the_pdf_is_the_sheet_and_says_no_more_than_the_paper(kiosk: Machine) -> None:
    paper = kiosk.issue()
    document = pypdfium2.PdfDocument(fetch(kiosk.counter, paper.id, paper.digest.hex())[1])
    text = document[0].get_textpage().get_text_bounded()
    said = (NAME, paper.claims.stars, grouped(paper.id), kiosk.terminal.id, "99SB-2026-")
    assert [each for each in said if each not in text] == []
    assert NUMBER not in text + str(document.get_metadata_dict())
    assert NAME not in str(document.get_metadata_dict())


def test_each_issuer_signs_with_a_key_of_its_own(kiosk: Machine) -> None:
    folder = kiosk.counter.hall.settings.keys
    names = {each.issuer.zh for each in TEMPLATES.values()}
    keys = {of(folder, name).key.read_bytes() for name in names}
    assert len(keys) == len(names) > 3
    assert {of(folder, name).key.stat().st_mode & 0o777 for name in names} == {0o600}


@pytest.fixture
def slow(kiosk: Machine) -> FastAPI:
    """The hall, answering slowly to those who guess."""
    few = {"lookups_per_minute": 60}
    object.__setattr__(kiosk.counter.hall, "settings", kiosk.counter.hall.settings.model_copy(update=few))
    return create_app(kiosk.counter.hall)


def test_who_guesses_codes_is_slowed_down_and_nobody_else_is(slow: FastAPI) -> None:
    with InProcess(slow) as asked:
        answers = [asked.request("GET", "/c/0000000000000000.json").status_code for _ in range(8)]
        assert answers == [200] * 5 + [429] * 3
        answer = asked.request("POST", "/c/0000000000000000/pdf", json={"digest": "00" * 32})
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
        assert asked.request("GET", "/lists/index").status_code == 200
    with InProcess(slow, address="192.0.2.2") as neighbour:
        assert neighbour.request("GET", "/c/0000000000000000.json").status_code == 200
