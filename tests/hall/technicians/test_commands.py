"""What an operator types about technicians, and a hall that runs meanwhile."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certificates.root import first
from certificates.technicians import NotAdmitted, Role, Technician, Why, admitted
from tests.certificates.cards import request
from tests.hall.technicians.site import CARD, LIST
from tests.hall.test_commands import Operator, operator
from tests.stand.hall import RunningHall

__all__ = ["operator"]

CERTIFY = ("technician", "certify", "--name", "T-014", "--role", "technician", "--csr")


@pytest.fixture
def csr(tmp_path: Path) -> str:
    path = tmp_path / "card.csr"
    path.write_bytes(request(CARD))
    return str(path)


def test_a_certificate_is_printed_as_the_card_takes_it(operator: Operator, csr: str) -> None:
    certificate = x509.load_pem_x509_certificate(operator.does(*CERTIFY, csr).encode())
    assert certificate.public_key() == CARD.public_key()
    assert certificate.subject.rfc4514_string() == "OU=technician,CN=T-014"
    left = certificate.not_valid_after_utc - datetime.now(UTC)
    assert timedelta(days=364) < left <= timedelta(days=365)


def test_who_is_certified_again_loses_what_was_before_and_that_is_said(operator: Operator, csr: str) -> None:
    operator.does(*CERTIFY, csr)
    status, said = operator.tries(*CERTIFY, csr, "--days", "30")
    assert (status, said) == (0, "T-014 had a certificate, which is revoked from now on\n")
    assert operator.said.startswith("-----BEGIN CERTIFICATE-----\n")
    first_line, last_line = operator.does("technician", "show").splitlines()
    assert "; revoked " in first_line
    assert last_line.startswith("T-014 technician ")
    assert "revoked" not in last_line


def test_a_technician_is_taken_back_by_name(operator: Operator, csr: str) -> None:
    operator.does(*CERTIFY, csr)
    assert operator.does("technician", "revoke", "T-014") == "T-014 is revoked\n"
    assert operator.tries("technician", "revoke", "T-014") == (1, "no technician T-014 with a certificate\n")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("--name", "t-14"), "staff number"),
        (("--days", "0"), "1 to 1095 days"),
        (("--csr", "{folder}/other.csr"), "not a certificate signing request"),
        (("--csr", "{folder}/none.csr"), "No such file"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_line(
    operator: Operator, csr: str, tmp_path: Path, change: tuple[str, ...], why: str
) -> None:
    (tmp_path / "other.csr").write_bytes(CARD.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
    status, said = operator.tries(*CERTIFY, csr, *(word.format(folder=tmp_path) for word in change))
    assert (status, why in said, "Traceback" in said) == (1, True, False)
    assert operator.does("technician", "show") == ""


def test_a_kiosk_that_trusts_the_root_knows_who_is_a_technician_while_the_hall_runs(tmp_path: Path) -> None:
    card = ec.generate_private_key(ec.SECP384R1())
    with RunningHall(tmp_path) as hall:
        trust = ssl.create_default_context(cafile=str(hall.ca))
        with httpx.Client(base_url=hall.url, verify=trust, trust_env=False) as client:
            root = first(hall.root.read_bytes(), hall.host)
            der = hall.technician(request(card), "S-001", Role.SITE_MANAGER, 90)

            def entering() -> Technician:
                crl = client.get(LIST).content
                return admitted(der, crl, root.keys["technicians"], root.host, datetime.now(UTC), timedelta(days=7))

            assert (entering().name, entering().role) == ("S-001", Role.SITE_MANAGER)
            hall.revoke_technician("S-001")
            with pytest.raises(NotAdmitted) as refused:
                entering()
            assert refused.value.why is Why.REVOKED
