"""Keys in a real PKCS#11 token: SoftHSM, and a module that fails as bad ones do."""

from __future__ import annotations

import _ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from certificates import code
from certificates.cose import ORDER, WrongSignature, parsed
from certificates.keys import KeysGone, SigningKey, point, signed
from certificates.lists import Lists, digest, make_entry, make_index, make_shard
from certificates.token import Patience, TokenKeys
from certificates.token_faults import NoModule, NoPin, PinLocked, PinWrong, TokenGone, TokenUnfit
from certificates.verdict import Result
from certificates.verify import verify
from tests.certificates import office
from tests.certificates.soft_token import LABEL, MODULE, PIN, SHORT, SoftToken, failing_module, soft_token

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SoftToken:
    return soft_token(tmp_path / "token", monkeypatch)


@pytest.fixture
def keys(token: SoftToken) -> Iterator[TokenKeys]:
    opened = token.keys()
    opened.look()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return failing_module(tmp_path_factory.mktemp("module"))


@pytest.fixture
def frail(token: SoftToken, failing: Path) -> Iterator[TokenKeys]:
    """Opened through the module that fails, with one key in it."""
    opened = token.keys(failing, patience=SHORT)
    opened.look()
    opened.make("asked")
    yield opened
    opened.close()


def test_what_a_token_signs_its_public_key_verifies(keys: TokenKeys) -> None:
    key = keys.make("asked")
    for data in (b"", b"said", bytes(100_000)):
        r, s = key.sign(data)
        key.public().verify(encode_dss_signature(r, s), data, ec.ECDSA(hashes.SHA256()))


def test_a_token_s_s_is_low_once_it_is_signed(keys: TokenKeys) -> None:
    key = keys.make("asked")
    raw = [key.sign(b"%d" % at)[1] for at in range(40)]
    assert any(s > ORDER // 2 for s in raw)  # the token itself takes either, so what follows says something
    for at in range(40):
        message = parsed(signed(key, b"kid1", "GC1", b"%d" % at), 1_000)
        assert int.from_bytes(message.signature[32:]) <= ORDER // 2


def test_a_certificate_signed_in_a_token_is_valid(keys: TokenKeys) -> None:
    key = keys.make("asked")
    message = code.sign(office.CLAIMS, key, office.KIOSK)
    scanned = office.text(message)
    assert verify(scanned, _lists_with(key), office.HOST, office.NOW, None).result is Result.VALID
    assert office.judged(scanned).result is Result.FORGED  # by the key that stood there before


def _lists_with(key: SigningKey) -> Lists:
    """The hall's lists, with ``key`` in the place of the kiosk's."""
    documents = dict(office.documents())
    host, kid, lists = office.HOST, office.KIOSK, office.key("lists")
    nbf, exp = office.TIMES[kid]
    shard = make_shard(
        host, kid[0], {kid: make_entry(host, kid, key.public(), "K-0203", nbf, exp, office.key("kiosks"))}, lists
    )
    documents[f"keys/{kid[0]}"] = shard
    index = office.lists().index
    documents["index"] = make_index(index.model_copy(update={"shards": {**index.shards, kid[0]: digest(shard)}}), lists)
    return Lists.read(office.root(), documents)


def test_a_forgotten_key_is_gone_from_the_token(token: SoftToken, keys: TokenKeys) -> None:
    key = keys.make("asked")
    coordinates = point(key.public())
    assert coordinates in token.everything()
    keys.forget("asked")
    assert coordinates not in token.everything()
    with pytest.raises(TokenGone):
        key.sign(b"said")
    keys.look()
    assert keys.held() == {}


_READ_OUT = """
import sys
import pkcs11
from pkcs11 import Attribute, ObjectClass
session = pkcs11.lib(sys.argv[1]).get_token(token_label=sys.argv[2]).open(rw=True, user_pin=sys.argv[3])
(key,) = session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})
try:
    key[Attribute.VALUE]
except pkcs11.AttributeSensitive:
    print("sensitive")
try:
    key[Attribute.EXTRACTABLE] = True
except pkcs11.PKCS11Error as refused:
    print("stays")
for what in (Attribute.SENSITIVE, Attribute.EXTRACTABLE, Attribute.LOCAL, Attribute.SIGN, Attribute.DERIVE):
    print(key[what])
"""


def test_the_private_key_cannot_be_read_out_even_with_the_pin(keys: TokenKeys) -> None:
    keys.make("asked")
    command = (sys.executable, "-c", _READ_OUT, str(MODULE), LABEL, PIN)
    read = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert read.stdout.split() == ["sensitive", "stays", "True", "False", "True", "True", "False"], read.stderr


_BRING_IN = """
import sys
import pkcs11
from pkcs11 import Attribute, KeyType, ObjectClass
session = pkcs11.lib(sys.argv[1]).get_token(token_label=sys.argv[2]).open(rw=True, user_pin=sys.argv[3])
p256 = bytes.fromhex("06082a8648ce3d030107")
curve = {Attribute.KEY_TYPE: KeyType.EC, Attribute.EC_PARAMS: p256, Attribute.TOKEN: True}
named = {Attribute.ID: b"brought", Attribute.LABEL: "0badcafe"}
session.create_object({**curve, **named, Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.SIGN: True,
    Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False, Attribute.VALUE: bytes(31) + bytes([1])})
session.create_object({**curve, **named, Attribute.CLASS: ObjectClass.PUBLIC_KEY,
    Attribute.EC_POINT: bytes.fromhex("0441") + bytes.fromhex(sys.argv[4])})
session.create_object({**curve, Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.VALUE: bytes(31) + bytes([2])})
"""


def test_a_key_that_was_ever_outside_is_not_held(token: SoftToken) -> None:
    outside = ec.derive_private_key(1, ec.SECP256R1())
    command = (sys.executable, "-c", _BRING_IN, str(MODULE), LABEL, PIN, "04" + point(outside.public_key()).hex())
    subprocess.run(command, check=True, timeout=30)
    keys = token.keys()
    keys.look()
    assert keys.held() == {}
    keys.close()


def test_a_token_that_makes_readable_keys_is_unfit_and_the_key_is_destroyed(token: SoftToken, frail: TokenKeys) -> None:
    token.suffer("readable-keys")
    with pytest.raises(TokenUnfit):
        frail.make("next")
    token.suffer("")
    frail.look()
    assert list(frail.held()) == ["asked"]


def test_the_owner_s_process_knows_neither_pin_nor_module(token: SoftToken, keys: TokenKeys) -> None:
    keys.make("asked")
    assert "softhsm" not in Path("/proc/self/maps").read_text()
    assert PIN not in repr(vars(keys))


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda token: token.pin_file.write_text("000000"), PinWrong),
        (lambda token: token.pin_file.write_text("1"), PinWrong),
        (lambda token: token.pin_file.write_text(""), NoPin),
        (lambda token: token.pin_file.write_bytes(b"\xff\xfe"), NoPin),
        (lambda token: token.pin_file.chmod(0o640), NoPin),
        (lambda token: token.pin_file.unlink(), NoPin),
        (lambda token: token.pull(), TokenGone),
        (lambda token: token.suffer("pin-locked"), PinLocked),
        (lambda token: token.suffer("final-try"), PinWrong),
    ],
)
def test_what_stops_the_opening_has_a_name(
    token: SoftToken, failing: Path, spoil: Callable[[SoftToken], object], fault: type[KeysGone]
) -> None:
    spoil(token)
    keys = token.keys(failing)
    with pytest.raises(fault) as stopped:
        keys.look()
    assert type(stopped.value) is fault
    assert PIN not in str(stopped.value)
    assert keys.held() == {}


def test_a_module_that_is_missing_or_is_none_is_named(token: SoftToken, tmp_path: Path) -> None:
    (tmp_path / "text.so").write_text("not a library")
    for module in (tmp_path / "none.so", tmp_path / "text.so", Path(_ctypes.__file__), tmp_path):
        with pytest.raises(NoModule, match=module.name):
            token.keys(module).look()


def test_another_token_s_label_is_no_token(token: SoftToken) -> None:
    with pytest.raises(TokenGone):
        token.keys(label="other").look()


def test_a_wrong_pin_is_tried_once_until_its_file_changes(token: SoftToken, failing: Path) -> None:
    token.pin_file.write_text("000000")
    keys = token.keys(failing)
    with pytest.raises(PinWrong):
        keys.look()
    token.suffer("pin-locked")  # what the token would say if it were asked
    for _ in range(3):
        with pytest.raises(PinWrong):
            keys.look()
    token.suffer("")
    token.pin_file.write_text(PIN)
    keys.look()
    keys.close()


def test_a_token_that_was_pulled_is_gone_and_comes_back(token: SoftToken, keys: TokenKeys) -> None:
    public = point(keys.make("asked").public())
    token.pull()
    with pytest.raises(TokenGone):
        keys.look()  # and does not find that there is no key, for which another would be asked
    assert keys.held() == {}
    for _ in range(2):
        with pytest.raises(TokenGone):
            keys.look()
    token.put_back()
    keys.look()
    assert point(keys.held()["asked"].public()) == public
    assert signed(keys.held()["asked"], b"kid1", "GC1", b"said")


@pytest.mark.parametrize("trouble", ["removed", "crash", "hang", "short-signature"])
def test_a_token_that_fails_while_it_signs_is_gone_in_time_and_opened_anew(
    token: SoftToken, frail: TokenKeys, trouble: str
) -> None:
    key = frail.held()["asked"]
    token.suffer(trouble)
    began = time.monotonic()
    with pytest.raises(KeysGone):
        key.sign(b"said")
    assert time.monotonic() - began < SHORT.sign + 1.5
    assert frail.held() == {}
    with pytest.raises(KeysGone):
        key.sign(b"said")  # at once: nobody opens a token while a citizen waits
    token.suffer("")
    frail.look()
    assert signed(frail.held()["asked"], b"kid1", "GC1", b"said")


def test_a_call_that_waited_for_another_ends_by_its_own_deadline(token: SoftToken, failing: Path) -> None:
    keys = token.keys(failing, patience=Patience(sign=2.0))
    keys.look()
    key = keys.make("asked")
    token.suffer("hang")
    keys._lock.acquire()  # another's call, for 0.8 s
    other = threading.Timer(0.8, keys._lock.release)
    began = time.monotonic()
    other.start()
    with pytest.raises(TokenGone, match="silent"):
        key.sign(b"said")
    assert 1.9 < time.monotonic() - began < 2.6
    other.join()


def test_a_call_that_found_no_time_does_not_end_a_token_that_is_only_busy(frail: TokenKeys) -> None:
    key = frail.held()["asked"]
    with frail._lock:
        began = time.monotonic()
        with pytest.raises(TokenGone, match="busy"):
            key.sign(b"said")
        assert time.monotonic() - began < SHORT.sign
    assert signed(frail.held()["asked"], b"kid1", "GC1", b"said")


def test_opening_and_listing_have_one_deadline_together(token: SoftToken, frail: TokenKeys, failing: Path) -> None:
    token.suffer("slower-and-slower")
    keys = token.keys(failing, patience=Patience(look=2.0, other=2.0))
    began = time.monotonic()
    with pytest.raises(TokenGone, match="silent"):
        keys.look()
    assert time.monotonic() - began < 2.6
    assert keys.held() == {}


def test_a_token_pulled_between_two_signatures_is_gone(token: SoftToken, keys: TokenKeys) -> None:
    key = keys.make("asked")
    assert signed(key, b"kid1", "GC1", b"said")
    token.pull()
    with pytest.raises(TokenGone):
        key.sign(b"said")
    assert keys.held() == {}


def test_a_wrong_signature_never_leaves_the_house(token: SoftToken, frail: TokenKeys) -> None:
    token.suffer("wrong-signature")
    with pytest.raises(WrongSignature):
        signed(frail.held()["asked"], b"kid1", "GC1", b"said")


_OWNER = """
import sys
from pathlib import Path
from certificates.token import TokenKeys
if __name__ == "__main__":
    keys = TokenKeys(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
    keys.look()
    key = keys.make("asked")
    print("open", flush=True)
    sys.stdin.readline()
    key.sign(b"said")
"""


def test_a_module_that_hangs_does_not_outlive_its_killed_owner(token: SoftToken, failing: Path, tmp_path: Path) -> None:
    script = tmp_path / "owner.py"
    script.write_text(_OWNER)
    command = (sys.executable, str(script), str(failing), LABEL, str(token.pin_file))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as owner:
        assert owner.stdin is not None
        assert owner.stdout is not None
        assert owner.stdout.readline() == b"open\n"
        workers = psutil.Process(owner.pid).children(recursive=True)
        token.suffer("hang")
        owner.stdin.write(b"sign\n")
        owner.stdin.flush()
        owner.send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs(workers, timeout=10)
    assert alive == []


def test_what_is_closed_leaves_no_process(token: SoftToken) -> None:
    before = set(psutil.Process().children(recursive=True))
    keys = token.keys()
    keys.look()
    (worker,) = {
        one for one in psutil.Process().children(recursive=True) if "spawn_main" in str(one.cmdline())
    } - before
    keys.close()
    assert not worker.is_running()
    assert keys.held() == {}


def test_a_token_key_does_not_show_itself(keys: TokenKeys) -> None:
    assert repr(keys.make("asked")) == "TokenKey(...)"
