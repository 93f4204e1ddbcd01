"""Those who try: a million certificates to guess at, events made of anything, a list key that was replaced."""

from __future__ import annotations

import secrets
from base64 import b64encode
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certificates.keys import FileKey
from certificates.short_code import ALPHABET, short_code
from hall.catalogue import Catalogue
from hall.settings import Settings
from offline_cache.envelope import seal
from tests.hall.certificates.machine import Machine, Verifier, hold_ceremony
from tests.hall.conftest import Clock, Counter, opened

MILLION = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
INSERT INTO certificate
SELECT printf('%016X', i * 9223372036853), 2, 1, 'social-insurance', i + 2000000, ?, 'K0201-1-000001', 1, i + 1000,
       1, 2, '2026-03-09', NULL, 'zh', 1, 1, NULL, NULL
FROM n
"""


def test_a_million_certificates_are_not_found_by_guessing_with_nobody_slowed_down(machine: Machine) -> None:
    counter, paper = machine.counter, machine.issue()
    with counter.hall.store.writing() as session:
        session.connection().exec_driver_sql(MILLION, (machine.terminal.id,))
    near = {paper.id[:at] + sign + paper.id[at + 1 :] for at in range(16) for sign in ALPHABET[::4]} - {paper.id}
    guesses = [*near, *(short_code(secrets.token_bytes(10)) for _ in range(200))]
    assert {counter.client.request("GET", f"/c/{guess}.json").json()["registered"] for guess in guesses} == {False}
    assert counter.client.request("GET", f"/c/{paper.id}.json").json()["registered"]


VALUES: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.binary(max_size=40) | st.just([])
)
FIELDS = st.sampled_from(
    ["id", "day", "kind", "type", "version", "status", "kid", "copy", "digest", "person", "iat", "exp", "paper", "x"]
)
KINDS = st.sampled_from(["certificate.issued", "certificate.copied", "certificate.settled", "certificate."])
SEALED = st.none() | st.dictionaries(
    st.sampled_from(["signed", "name", "number", "document"]),
    st.text(max_size=8) | st.binary(max_size=300).map(lambda data: b64encode(data).decode()),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(KINDS, st.dictionaries(FIELDS, VALUES, max_size=4), SEALED)
def test_whatever_a_kiosk_says_of_a_paper_is_parked_and_breaks_nothing(
    kiosk: Machine, kind: str, changed: dict[str, Any], fields: dict[str, str] | None
) -> None:
    paper = kiosk.signed(kiosk.sign(status=kiosk.indices[0]).claims)
    body = {"id": paper.id, "copy": 1, "kid": paper.kid, "digest": paper.digest, "paper": "a4"}
    if kind == "certificate.issued":
        claims = paper.claims
        body |= {"reference": "K0201-1-000001"}
        body |= {"day": "2026-03-09", "kind": "social-insurance", "type": claims.type, "version": claims.version}
        body |= {"status": claims.status, "person": None, "iat": claims.iat, "exp": claims.exp, "language": "zh"}
    sealed = fields and seal(fields, paper.id, kiosk.counter.hall.keys.seal.public_key())
    event = kiosk.terminal.event(kind, body | changed, kiosk.counter.clock.ms, sealed or None)
    ack = kiosk.send(event)
    assert ack["watermark"] == kiosk.terminal.seq
    assert kiosk.terminal.seq in ack["parked"]


def test_a_list_key_that_is_replaced_is_followed_by_the_root_and_all_is_signed_anew(
    settings: Settings, catalogue: Catalogue, clock: Clock, tmp_path: Path
) -> None:
    with opened(settings, catalogue, clock) as counter:
        verifier = Verifier(counter, hold_ceremony(counter, tmp_path / "ceremony"))
        machine = Machine(counter, counter.enrol()).ready()
        before = verifier.lists()
    for name in ("lists", "kiosks", "templates"):
        FileKey.fresh().save(settings.keys / f"{name}.key")
    clock.forward(days=1)
    with opened(settings, catalogue, clock) as counter:
        verifier.counter = machine.counter = counter
        assert verifier.lists().index == before.index  # new keys say nothing until a root names them
        hold_ceremony(counter, tmp_path / "ceremony")
        after = verifier.lists()
        assert (after.root.version, after.index.version) == (2, before.index.version + 1)
        key = after.key(machine.kid)
        assert key is not None
        assert not set(after.index.named().values()) & set(before.index.named().values())


def test_a_hall_whose_root_has_ended_says_nothing_new(verifier: Verifier, counter: Counter) -> None:
    before = verifier.lists().index
    counter.clock.forward(days=3_660)
    machine = Machine(counter, counter.enrol())
    machine.register()
    assert verifier.fetch("/lists/index") is not None
    assert counter.beat(machine.terminal)["index"] == before.version
