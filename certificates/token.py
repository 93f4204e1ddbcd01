"""Keys in a PKCS#11 token: made in there, signing in there, never outside.

A module is a stranger's code: it may hang, crash or take its time. It runs in
a process of its own that is replaced (``token_worker``), and every call here
has one deadline from beginning to end, however much of it goes by in waiting
for another's call. Calls wait all the same: they belong on a lane, never on
the thread that draws.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from certificates.cbor import Malformed
from certificates.cose import PublicKey
from certificates.key_store import NAME
from certificates.keys import KeysGone, SigningKey, from_point
from certificates.token_faults import NoModule, PinLocked, PinWrong, TokenGone, TokenUnfit

_spawn = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that a whole call takes at most, before the token is taken for gone.

    ``look`` is for opening the token and listing its keys. ``sign`` is the
    shortest: somebody waits at the machine, and the store's transaction is open.
    """

    look: float = 15.0
    sign: float = 3.0
    other: float = 10.0


class TokenKey:
    """A P-256 key in a token. Its signatures are not deterministic."""

    def __init__(self, token: TokenKeys, key_id: bytes, public: PublicKey) -> None:
        self._token, self._id, self._public = token, key_id, public

    def __repr__(self) -> str:
        return "TokenKey(...)"

    @property
    def id(self) -> bytes:
        """CKA_ID, by which the token knows it under any name."""
        return self._id

    def public(self) -> PublicKey:
        return self._public

    def sign(self, data: bytes) -> tuple[int, int]:
        """Within ``Patience.sign``. Raises ``TokenGone``."""
        signature = self._token.signature(self._id, hashlib.sha256(data).digest())
        return int.from_bytes(signature[:32]), int.from_bytes(signature[32:])


class TokenKeys:
    """The keys of one token, by their labels; a ``KeyStore``. The token is this machine's alone.

    ``module`` is the vendor's library, ``label`` the token's name, ``pin_file`` a file that
    only its owner may read. A PIN that was refused is not tried again until its file
    changes: a token locks itself after a few wrong ones.
    """

    def __init__(self, module: Path, label: str, pin_file: Path, patience: Patience | None = None) -> None:
        self._place = (module, label, pin_file)
        self._patience = patience or Patience()
        self._lock = threading.Lock()
        self._worker: tuple[SpawnProcess, Connection] | None = None
        self._held: dict[str, TokenKey] = {}
        self._refused: tuple[type[KeysGone], tuple[int, ...]] | None = None

    def held(self) -> Mapping[str, SigningKey]:
        return dict(self._held)

    def look(self) -> None:
        """Open the token where it is not open, and list its keys. Raises one of ``token_faults``."""
        with self._turn(self._patience.look) as deadline:
            if self._worker is None:
                self._open(deadline)
            found: dict[str, TokenKey] = {}
            for name, key_id, point in self._ask(deadline, "keys"):
                if NAME.fullmatch(name) and name not in found:
                    found[name] = self._key(key_id, point)
            self._held = found

    def make(self, name: str) -> TokenKey:
        with self._turn(self._patience.other) as deadline:
            key_id, point = self._ask(deadline, "make", name)
            key = self._held[name] = self._key(key_id, point)
            return key

    def rename(self, name: str, new: str) -> None:
        with self._turn(self._patience.other) as deadline:
            self._ask(deadline, "rename", self._known(name).id, new)
            self._held[new] = self._held.pop(name)

    def forget(self, name: str) -> None:
        with self._turn(self._patience.other) as deadline:
            self._ask(deadline, "forget", self._known(name).id)
            del self._held[name]

    def signature(self, key_id: bytes, digest: bytes) -> bytes:
        """r ‖ s, 64 bytes, of the key ``key_id`` over a SHA-256. Raises ``TokenGone``."""
        with self._turn(self._patience.sign) as deadline:
            signature = self._ask(deadline, "sign", key_id, digest)
            if not isinstance(signature, bytes) or len(signature) != 64:
                self._end()
                raise TokenUnfit("its signatures are not 64 bytes")
            return signature

    def close(self) -> None:
        with suppress(TokenGone), self._turn(1.0):  # a worker that keeps others waiting ends with this process
            self._end()

    def _key(self, key_id: bytes, point: bytes) -> TokenKey:
        try:
            return TokenKey(self, key_id, from_point(point))
        except Malformed:
            self._end()
            raise TokenUnfit("it names a key that is no point of P-256") from None

    def _known(self, name: str) -> TokenKey:
        if name not in self._held:
            raise TokenGone(f"no key {name} is held")
        return self._held[name]

    @contextmanager
    def _turn(self, seconds: float) -> Iterator[float]:
        """One call at a time. Gives its deadline, on the monotonic clock.

        Waiting takes half of the time at most: a token that answers the next
        call late, because the one before was slow, would be taken for gone.
        """
        deadline = time.monotonic() + seconds
        if not self._lock.acquire(timeout=seconds / 2):
            raise TokenGone("the token is busy")
        try:
            yield deadline
        finally:
            self._lock.release()

    def _open(self, deadline: float) -> None:
        file = _state(self._place[2])
        if self._refused and self._refused[1] == file:
            raise self._refused[0]("refused before, and the PIN's file is the same")
        try:
            words, theirs = _spawn.Pipe()
            process = _spawn.Process(target=_work, args=(theirs, *self._place), name="token", daemon=True)
            with theirs:
                process.start()
        except OSError as error:
            raise TokenGone(f"no process can be started for it ({error.strerror})") from None
        self._worker = process, words
        try:
            self._answer(deadline)
        except (PinWrong, PinLocked) as refused:
            self._refused = type(refused), file
            raise

    def _ask(self, deadline: float, *words: object) -> Any:
        if self._worker is None:
            raise TokenGone("the token is not open")
        with suppress(OSError):  # who does not listen does not answer either
            self._worker[1].send(words)
        return self._answer(deadline)

    def _answer(self, deadline: float) -> Any:
        """What the worker says; one that says nothing, or nothing good, is ended."""
        assert self._worker is not None
        try:
            heard = self._worker[1].poll(max(0.0, deadline - time.monotonic()))
            answer = self._worker[1].recv() if heard else TokenGone("silent until its deadline")
        except (EOFError, OSError):
            answer = TokenGone("the module crashed")
        if isinstance(answer, KeysGone):
            self._end()
            raise answer
        return answer

    def _end(self) -> None:
        self._held = {}
        if self._worker is not None:
            process, words = self._worker
            self._worker = None
            words.close()
            process.kill()  # it may hang in a call that nothing else ends
            process.join(1)
            if process.exitcode is not None:
                process.close()


def _work(words: Connection, module: Path, label: str, pin_file: Path) -> None:
    try:
        from certificates import token_worker  # here, so that the owner's process never loads PKCS#11
    except ImportError:
        words.send(NoModule("python-pkcs11 is not installed"))
    else:
        token_worker.main(words, module, label, pin_file)


def _state(file: Path) -> tuple[int, ...]:
    """Another one when the file was written or replaced."""
    try:
        now = file.stat()
    except OSError:
        return ()
    return now.st_ino, now.st_mtime_ns, now.st_size
