"""The process in which a PKCS#11 module may hang or crash: it lives until it is killed or its owner is gone.

The module, the session and the PIN are in here and nowhere else. Source:
PKCS #11 Cryptographic Token Interface Base Specification 2.40, OASIS.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

import pkcs11
from pkcs11 import Attribute, KeyType, Mechanism, MechanismFlag, ObjectClass, TokenFlag

from certificates.keys import KeysGone
from certificates.token_faults import NoModule, NoPin, PinLocked, PinWrong, TokenGone, TokenUnfit

P256: Final = bytes.fromhex("06082a8648ce3d030107")
"""The curve's object identifier 1.2.840.10045.3.1.7 in DER, as CKA_EC_PARAMS has it."""

MOST_KEYS: Final = 64
"""Keys of one token that are looked at."""

_PIN_LIMIT: Final = 256
_POINT: Final = {b"\x04\x41\x04": 67, b"\x04": 65}
"""How CKA_EC_POINT begins, and its length: in an OCTET STRING as the standard says, or bare as some tokens do."""


def main(words: Connection, module: Path, label: str, pin_file: Path) -> None:
    """Answer each (verb, *arguments) from ``words`` with what it gives, or with the ``KeysGone`` that it raised."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the owner, which then ends us
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold the PIN
    threading.Thread(target=_end_with_owner, name="end with owner", daemon=True).start()
    try:
        token = _Token(module, label, pin_file)
        words.send(None)
        while True:
            verb, *arguments = words.recv()
            words.send(getattr(token, verb)(*arguments))
    except KeysGone as gone:
        words.send(gone)
    except pkcs11.PKCS11Error as error:
        words.send(TokenGone(type(error).__name__))
    except (EOFError, OSError):
        pass
    os._exit(0)  # a module's own way of ending may hang


def _end_with_owner() -> None:
    """Also while a call hangs: the module's functions run without the interpreter's lock."""
    owner = multiprocessing.parent_process()
    assert owner is not None
    owner.join()
    os._exit(0)


class _Token:
    """A session with the token, logged in. Keys are known by CKA_ID; their names are the labels of the private ones."""

    def __init__(self, module: Path, label: str, pin_file: Path) -> None:
        pin = _pin(pin_file)
        try:
            library = pkcs11.lib(os.fspath(module))
        except pkcs11.PKCS11Error:
            raise NoModule(f"{module.name} is no PKCS#11 module that works") from None
        try:
            token = library.get_token(token_label=label)
        except (pkcs11.NoSuchToken, pkcs11.MultipleTokensReturned) as error:
            raise TokenGone(type(error).__name__) from None
        if not {Mechanism.EC_KEY_PAIR_GEN, Mechanism.ECDSA} <= token.slot.get_mechanisms():
            raise TokenUnfit("no ECDSA")
        self._token = token
        self._session = _logged_in(token, pin)

    def keys(self) -> list[tuple[str, bytes, bytes]]:
        """Name, id and x ‖ y of each key that was made in here and never could be read out."""
        self._still_there()
        found = []
        for private in self._privates({}):
            key_id, name = _identity(private)
            point = self._point(key_id) if key_id else None
            if point is not None and _kept(private):
                found.append((name, key_id, point))
        return sorted(found)

    def make(self, name: str) -> tuple[bytes, bytes]:
        """Id and x ‖ y of a new key."""
        key_id = os.urandom(16)
        curve = self._session.create_domain_parameters(KeyType.EC, {Attribute.EC_PARAMS: P256}, local=True)
        _, private = curve.generate_keypair(
            id=key_id,
            label=name,
            store=True,
            capabilities=MechanismFlag.SIGN | MechanismFlag.VERIFY,
            private_template={Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False, Attribute.PRIVATE: True},
        )
        point = self._point(key_id)
        if point is None or not _kept(private):
            self.forget(key_id)
            raise TokenUnfit("its keys can be read out")
        return key_id, point

    def sign(self, key_id: bytes, digest: bytes) -> bytes:
        """r ‖ s over 32 bytes. CKM_ECDSA, section 2.3.6 of the Current Mechanisms specification."""
        return bytes(self._private(key_id).sign(digest, mechanism=Mechanism.ECDSA))

    def rename(self, key_id: bytes, name: str) -> None:
        """The private key's label is the name; the other's is for who looks into the token."""
        self._private(key_id)[Attribute.LABEL] = name
        for public in self._objects(ObjectClass.PUBLIC_KEY, {Attribute.ID: key_id}):
            public[Attribute.LABEL] = name

    def forget(self, key_id: bytes) -> None:
        for kind in (ObjectClass.PRIVATE_KEY, ObjectClass.PUBLIC_KEY):
            for key in self._objects(kind, {Attribute.ID: key_id}):
                key.destroy()

    def _still_there(self) -> None:
        """A search in a token that was pulled may just find nothing."""
        if self._token.slot.get_token().serial != self._token.serial:
            raise TokenGone("another token is in the slot")

    def _private(self, key_id: bytes) -> Any:
        for key in self._privates({Attribute.ID: key_id}):
            return key
        raise TokenGone("the key is not in the token")

    def _point(self, key_id: bytes) -> bytes | None:
        """x ‖ y of the public key that belongs to a private one."""
        for public in self._objects(ObjectClass.PUBLIC_KEY, {Attribute.ID: key_id, Attribute.KEY_TYPE: KeyType.EC}):
            written = bytes(public[Attribute.EC_POINT])
            for start, length in _POINT.items():
                if written.startswith(start) and len(written) == length and public[Attribute.EC_PARAMS] == P256:
                    return written[-64:]
        return None

    def _privates(self, wanted: dict[Attribute, Any]) -> Iterator[Any]:
        return self._objects(ObjectClass.PRIVATE_KEY, {Attribute.KEY_TYPE: KeyType.EC, **wanted})

    def _objects(self, kind: ObjectClass, wanted: dict[Attribute, Any]) -> Iterator[Any]:
        """All of them at once: a token has one search at a time."""
        found = self._session.get_objects({Attribute.CLASS: kind, **wanted})
        return iter([each for each, _ in zip(found, range(MOST_KEYS), strict=False)])


def _logged_in(token: Any, pin: str) -> Any:
    if TokenFlag.USER_PIN_FINAL_TRY in token.flags:
        raise PinWrong("one last try is left to people")
    try:
        return token.open(rw=True, user_pin=pin)
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange, pkcs11.PinExpired) as error:
        raise PinWrong(type(error).__name__) from None
    except pkcs11.PinLocked:
        raise PinLocked("PinLocked") from None


def _identity(private: Any) -> tuple[bytes, str]:
    """CKA_ID and label; empty for a stranger's key that has none, or none that can be read."""
    try:
        return bytes(private[Attribute.ID]), str(private[Attribute.LABEL])
    except (pkcs11.AttributeTypeInvalid, UnicodeDecodeError):
        return b"", ""


def _kept(private: Any) -> bool:
    """Whether this key was never outside and never could be read."""
    try:
        return bool(private[Attribute.ALWAYS_SENSITIVE] and private[Attribute.NEVER_EXTRACTABLE])
    except pkcs11.AttributeTypeInvalid:
        return False


def _pin(path: Path) -> str:
    try:
        if path.stat().st_mode & 0o077:
            raise NoPin(f"{path.name} can be read by others")
        with path.open("rb") as file:
            pin = file.read(_PIN_LIMIT).decode("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise NoPin(f"{path.name} can't be read") from None
    if not pin:
        raise NoPin(f"{path.name} is empty")
    return pin
