"""A real hall over TLS: the ceremony beside it, its lists as anybody gets them, a key cut off while it runs."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from certificates import holding
from certificates.keys import FileKey, point
from certificates.lists import Lists
from certificates.root import first
from certificates.shelf import FolderShelf
from tests.hall.certificates.machine import proof
from tests.hall.terminal import Terminal, cbor, enrolment
from tests.stand.hall import RunningHall

OF_ANOTHER_SORT = {"seal.key", "people.key", "oidc-subjects.key"}


class Site:
    """A running hall, and a verifier with a folder who knows its root."""

    def __init__(self, hall: RunningHall, client: httpx.Client, folder: Path) -> None:
        self.hall, self._client = hall, client
        self._shelf = FolderShelf(folder)

    def lists(self) -> Lists:
        pinned = first(self.hall.root.read_bytes(), self.hall.host)
        return holding.refresh(self._shelf, pinned, self.fetch, int(time.time()))

    def fetch(self, path: str) -> bytes | None:
        answer = self._client.get(path)
        return answer.content if answer.status_code == 200 else None

    def enrol(self) -> Terminal:
        key = ec.generate_private_key(ec.SECP256R1())
        answer = self._client.post("/v1/enrol", json=enrolment(self.hall.code(), key))
        return Terminal(key, answer.json(), self.hall.host)

    def ask(self, terminal: Terminal, path: str, value: object) -> httpx.Response:
        body = cbor(value)
        return self._client.post(path, content=body, headers=terminal.headers("POST", path, body))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with RunningHall(tmp_path / "hall") as hall:
        trust = ssl.create_default_context(cafile=str(hall.ca))
        with httpx.Client(base_url=hall.url, verify=trust, trust_env=False) as client:
            yield Site(hall, client, tmp_path / "shelf")


def test_a_key_is_listed_and_cut_off_while_the_hall_runs_and_its_root_is_followed(site: Site) -> None:
    lists = site.lists()
    assert (lists.host, lists.index.version, lists.root.version) == (site.hall.host, 1, 1)
    terminal, key = site.enrol(), FileKey.fresh()
    answer = site.ask(terminal, "/v1/certificate-key", {"key": point(key.public()), "proof": proof(terminal, key)})
    kid = terminal.reply("certificate-key", answer.content)["kid"]
    listed = site.lists()
    assert listed.key(kid) is not None
    assert listed.cut(kid) is None
    assert site.hall.cut(terminal.id) == 1
    cut = site.lists().cut(kid)
    assert cut is not None
    assert cut.known == frozenset()
    site.hall.hold_ceremony(new_key=True)
    rolled = site.lists()
    assert (rolled.root.version, rolled.index.root) == (2, 2)
    site.hall.restart()
    assert site.lists().index.version >= rolled.index.version


def test_the_root_key_is_never_at_the_hall(site: Site) -> None:
    root = site.hall.root.with_name("root.key").read_text().splitlines()[1].encode()
    private = FileKey.load(site.hall.root.with_name("root.key"))
    seen = [path for path in site.hall.settings.data.rglob("*") if path.is_file()]
    assert len(seen) > 10
    for path in seen:
        assert root not in path.read_bytes(), path.name
        if path.suffix == ".key" and path.name not in OF_ANOTHER_SORT:
            assert point(FileKey.load(path).public()) != point(private.public()), path.name
