"""A shelf changes all at once or not at all, whatever ends the process in the middle."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from certificates import shelf as module
from certificates.cbor import encoded
from certificates.shelf import Busy, FolderShelf

OLD = {"index": b"old index", "keys/23": b"old keys", "templates": b"both"}
ITEMS = {"index": b"new index", "keys/23": b"new keys", "status/0": b"new"}
NEW = ITEMS | {"templates": b"both"}
NAMES = sorted(OLD | NEW)


def on(shelf: FolderShelf) -> dict[str, bytes]:
    return {name: data for name in NAMES if (data := shelf.get(name)) is not None}


def test_what_was_put_is_there_after_a_restart(tmp_path: Path) -> None:
    FolderShelf(tmp_path / "lists").put(OLD, ())
    shelf = FolderShelf(tmp_path / "lists")
    assert on(shelf) == OLD
    shelf.put(ITEMS, ())
    assert on(shelf) == on(FolderShelf(tmp_path / "lists")) == NEW
    shelf.put({}, {"templates", "keys/23", "never"})
    assert on(shelf) == {"index": b"new index", "status/0": b"new"}


def test_an_empty_folder_is_an_empty_shelf(tmp_path: Path) -> None:
    assert on(FolderShelf(tmp_path)) == {}
    assert on(FolderShelf(tmp_path / "nowhere")) == {}


def test_another_who_reads_sees_what_was_put(tmp_path: Path) -> None:
    reader, writer = FolderShelf(tmp_path), FolderShelf(tmp_path)
    assert reader.get("index") is None
    writer.put(OLD, ())
    assert reader.get("index") == b"old index"
    writer.put(ITEMS, ())
    assert reader.get("index") == b"new index"


def test_nothing_is_left_of_what_was_dropped(tmp_path: Path) -> None:
    (tmp_path / "not ours").write_text("stays")
    shelf = FolderShelf(tmp_path)
    shelf.put(OLD, ())
    shelf.put(ITEMS, {"templates"})
    assert len([path for path in tmp_path.iterdir() if path.name not in ("contents", "not ours")]) == len(ITEMS)
    assert (tmp_path / "not ours").exists()


def put_new(folder: Path) -> None:
    FolderShelf(folder).put(ITEMS, ())


def killed_at(line: int, work: Callable[[], None]) -> bool:
    """Does ``work`` in a process that ends before its ``line``-th line in the shelf. False: it got through."""
    child = os.fork()
    if child == 0:
        left = line

        def trace(frame: FrameType, event: str, argument: Any) -> Any:
            nonlocal left
            if frame.f_code.co_filename != module.__file__:
                return None
            if event == "line":
                left -= 1
                if left == 0:
                    os._exit(9)
            return trace

        try:
            sys.settrace(trace)
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def test_a_process_killed_at_any_line_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    outcomes = []
    line, ended = 0, False
    while not ended:
        line += 1
        folder = tmp_path / str(line)
        FolderShelf(folder).put(OLD, ())
        ended = not killed_at(line, partial(put_new, folder))
        found = on(FolderShelf(folder))
        assert found in (OLD, NEW)
        outcomes.append(found)
        FolderShelf(folder).put(ITEMS, ())
        assert on(FolderShelf(folder)) == NEW
        assert len(list(folder.iterdir())) == len(NEW) + 1
    turn = outcomes.index(NEW)
    assert line > 50
    assert all(each == NEW for each in outcomes[turn:])


def test_a_disk_that_fails_at_any_call_leaves_the_old_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0
    fail_at = 0

    def failing(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == fail_at:
                raise OSError(28, "No space left on device")
            return real(*arguments, **named)

        return call

    for name in ("fsync", "replace", "open", "fdopen"):
        monkeypatch.setattr(os, name, failing(getattr(os, name)))
    monkeypatch.setattr(tempfile, "mkstemp", failing(tempfile.mkstemp))
    for fail_at in range(1, 40):
        folder = tmp_path / str(fail_at)
        calls = -1_000
        FolderShelf(folder).put(OLD, ())
        shelf = FolderShelf(folder)
        calls = 0
        try:
            shelf.put(ITEMS, ())
        except OSError:
            assert on(shelf) in (OLD, NEW)
            assert on(shelf) == on(FolderShelf(folder))
        else:
            assert calls < fail_at
            return
    pytest.fail("never got through")


def test_everything_is_on_the_disk_before_the_contents_name_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    real_sync, real_replace = os.fsync, os.replace

    def fsync(handle: int) -> None:
        real_sync(handle)
        done.append("folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "file")

    def replace(old: str, new: Path) -> None:
        real_replace(old, new)
        done.append("contents" if new.name == "contents" else "document")

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    FolderShelf(tmp_path).put({"index": b"1", "templates": b"2"}, ())
    assert done == ["file", "document", "file", "document", "folder", "file", "contents", "folder"]


@pytest.mark.parametrize("rest", [b"", b"new ind", b"new indeX", b"new index and more"])
def test_a_damaged_document_is_empty_and_can_be_put_again(tmp_path: Path, rest: bytes) -> None:
    shelf = FolderShelf(tmp_path)
    shelf.put(NEW, ())
    path = next(path for path in tmp_path.iterdir() if path.read_bytes() == b"new index")
    path.write_bytes(rest)
    assert shelf.get("index") == b""
    assert shelf.get("keys/23") == b"new keys"
    assert shelf.get("keys/24") is None
    shelf.put({"index": b"new index"}, ())
    assert on(shelf) == NEW


@given(st.binary(max_size=100))
def test_damaged_contents_are_no_documents_but_no_empty_shelf_either(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    assume(data != encoded({}))
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "contents").write_bytes(data)
    assert on(FolderShelf(folder)) == dict.fromkeys(NAMES, b"")
    FolderShelf(folder).put(OLD, ())
    assert on(FolderShelf(folder)) == OLD


@pytest.mark.parametrize(
    "name", ["", "..", "../index", "/index", "index/", "keys/../x", "Index", "keys/1\n", "a" * 17, "cut/" + "0" * 17]
)
def test_a_name_that_leads_elsewhere_is_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no place"):
        FolderShelf(tmp_path / "lists").put({name: b"x"}, ())
    assert FolderShelf(tmp_path / "lists").get(name) is None
    assert not (tmp_path / "lists").exists()


def test_a_shelf_has_an_end(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path)
    with pytest.raises(ValueError, match="too many"):
        shelf.put({f"keys/{number:x}": b"same" for number in range(2_001)}, ())
    assert on(shelf) == {}


def test_only_its_owner_reads_a_new_shelf(tmp_path: Path) -> None:
    FolderShelf(tmp_path / "lists").put(OLD, ())
    assert (tmp_path / "lists").stat().st_mode & 0o077 == 0


def test_one_at_a_time_has_the_shelf_and_the_other_waits_no_longer_than_it_said(tmp_path: Path) -> None:
    with FolderShelf(tmp_path / "lists").alone(0):
        began = time.monotonic()
        with pytest.raises(Busy), FolderShelf(tmp_path / "lists").alone(0.2):
            pytest.fail("two at once")
        assert 0.2 <= time.monotonic() - began < 5
        with pytest.raises(OSError, match="another process"), FolderShelf(tmp_path / "lists").alone(0):
            pytest.fail("two at once")
    with FolderShelf(tmp_path / "lists").alone(0):
        FolderShelf(tmp_path / "lists").put(OLD, ())
    assert on(FolderShelf(tmp_path / "lists")) == OLD


def test_who_was_killed_keeps_nobody_from_the_shelf(tmp_path: Path) -> None:
    taken, kept = os.pipe()
    child = os.fork()
    if child == 0:
        with FolderShelf(tmp_path).alone(0):
            os.write(kept, b"x")
            signal.pause()
    try:
        assert os.read(taken, 1) == b"x"
        with pytest.raises(Busy), FolderShelf(tmp_path).alone(0):
            pytest.fail("two at once")
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with FolderShelf(tmp_path).alone(0):
        FolderShelf(tmp_path).put(OLD, ())
    os.close(taken)
    os.close(kept)
