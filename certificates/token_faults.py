"""What can go wrong with a token; each is one ``KeysGone``."""

from __future__ import annotations

from certificates.keys import KeysGone


class TokenGone(KeysGone):
    """No token of this name is in any slot, it was pulled, or it did not answer in time."""

    why = "token"


class NoModule(KeysGone):
    """The PKCS#11 library is not there, or is none."""

    why = "module"


class NoPin(KeysGone):
    """The PIN's file is not there, is empty, or can be read by others. The token was not asked."""

    why = "pin-file"


class PinWrong(KeysGone):
    """The token refused the PIN, or allows one last try, which is left to people."""

    why = "pin"


class PinLocked(KeysGone):
    """Too many wrong PINs: the token's security officer must set a new one."""

    why = "pin-locked"


class TokenUnfit(KeysGone):
    """The token does not do ECDSA on P-256, or makes keys that can be read out."""

    why = "unfit"
