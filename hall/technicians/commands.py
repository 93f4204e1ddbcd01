"""What an operator can ask of the hall about technicians."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certificates.technician_papers import REQUEST_LIMIT
from certificates.technicians import Role
from hall.app import compose
from hall.settings import Settings
from hall.technicians import register
from hall.technicians.models import TechnicianCertificate


def certify(settings: Settings, args: Namespace) -> list[str]:
    """A certificate for the key on a card, as PEM; what the name had before is taken back."""
    with args.csr.open("rb") as file:
        request = file.read(REQUEST_LIMIT + 1)
    hall = compose(settings)
    with hall.store.writing() as session:
        issued = register.certify(session, hall, request, args.name, Role(args.role), args.days)
    if issued.replaced:
        sys.stderr.write(f"{args.name} had a certificate, which is revoked from now on\n")
    return x509.load_der_x509_certificate(issued.certificate).public_bytes(Encoding.PEM).decode().splitlines()


def revoke(settings: Settings, args: Namespace) -> list[str]:
    """Take back the certificate of a technician; kiosks know it within minutes, or when they have a network again."""
    hall = compose(settings)
    with hall.store.writing() as session:
        register.revoke(session, hall, args.name)
    return [f"{args.name} is revoked"]


def show(settings: Settings, _args: Namespace) -> list[str]:
    """Every certificate that was issued, and to what day it is good."""
    hall = compose(settings)
    with hall.store.reading() as session:
        return [_told(row, settings) for row in register.every(session)]


def _told(row: TechnicianCertificate, settings: Settings) -> str:
    said = f"{row.name or '?'} {row.role or '?'} {row.serial.hex()} until {_day(row.until, settings)}"
    return said if row.revoked is None else f"{said}; revoked {_day(row.revoked, settings)}"


def _day(ms: int, settings: Settings) -> str:
    return datetime.fromtimestamp(ms / 1000, settings.zone).date().isoformat()
