"""The two secrets of the sign-in service: one key signs who signed in, the other makes their names for departments.

Neither is used for anything else. Both are made when they are missing: a new signing key makes departments
fetch the key set again, a new salt makes everybody a stranger at every department.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jwt
from joserfc.jwk import ECKey

from hall import authority

ALGORITHM: Final = "ES256"
_SALT: Final = 32


@dataclass(frozen=True, slots=True)
class SignInKeys:
    """Shows nothing of itself."""

    signing: ECKey = field(repr=False)
    salt: bytes = field(repr=False)

    @property
    def public(self) -> dict[str, Any]:
        """The key set that departments fetch (RFC 7517, section 5)."""
        return {"keys": [dict(self.signing.as_dict(private=False))]}

    def sign(self, claims: dict[str, Any]) -> str:
        """``claims`` as a signed token (RFC 7519)."""
        return jwt.encode(
            {"alg": ALGORITHM, "kid": self.signing.thumbprint()}, claims, self.signing, algorithms=[ALGORITHM]
        )


def load(folder: Path) -> SignInKeys:
    """The keys in ``folder``, ``oidc.key`` and ``oidc-subjects.key``. Raises ``ValueError`` where a file is no key."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key, salt = folder / "oidc.key", folder / "oidc-subjects.key"
    if not key.exists():
        authority.write(key, authority.pem(ec.generate_private_key(ec.SECP256R1())))
    if not salt.exists():
        authority.write(salt, secrets.token_bytes(_SALT))
    private = authority.signing(key)
    if not isinstance(private.curve, ec.SECP256R1):
        raise ValueError(f"{key.name} is not a P-256 key")
    secret = salt.read_bytes()
    if len(secret) != _SALT:
        raise ValueError(f"{salt.name} is not {_SALT} bytes")
    plain = ECKey.import_key(authority.pem(private))
    signing = ECKey.import_key(authority.pem(private), {"use": "sig", "alg": ALGORITHM, "kid": plain.thumbprint()})
    return SignInKeys(signing, secret)
