"""WeChat's side of the line, for tests and demonstrations: a server of its own over TLS, and its phones.

It shares no code with ``wechat.py``. A browser becomes one of its phones by the cookie ``wechat`` (or a request by the
header ``x-wechat``); a browser without it is asked which phone it is. Its people are nobody: only numbers of the
unassigned region 99 are taken.

    python -m hall.channels.sim --port 9443 --folder out/wechat

writes ``ca.pem``, ``secret`` and, once it listens, one line of JSON: ``{"url", "ca", "secret"}``.
"""

from __future__ import annotations

import argparse
import json
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Final

import uvicorn

from hall.channels.sim_certificate import certified
from hall.channels.sim_phones import DEMO, Message, Phone, Phones, phones_of
from hall.channels.sim_side import APP_ID, TEMPLATE, Side, application

__all__ = ["APP_ID", "TEMPLATE", "Message", "Phone", "WeChatSide"]

START_S: Final = 10.0


class WeChatSide:
    """The server in this process, on a port of its own: ``with WeChatSide(folder) as wechat:``."""

    def __init__(self, folder: Path, port: int = 0, phones: Sequence[Phone] = ()) -> None:
        """Makes its CA, its certificate and its app secret in ``folder``, where they are not there yet."""
        folder.mkdir(parents=True, exist_ok=True)
        self.ca = folder / "ca.pem"
        self.secret_file = folder / "secret"
        certificate, key = certified(folder)
        self.side = Side(self.secret_file, Phones(phones))
        self._listening = socket.create_server(("127.0.0.1", port))
        self.port: int = self._listening.getsockname()[1]
        self.side.url = self.url
        config = uvicorn.Config(
            application(self.side),
            log_level="critical",
            access_log=False,
            lifespan="off",
            ws="none",
            http="h11",
            ssl_certfile=certificate,
            ssl_keyfile=key,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._server.run, args=([self._listening],), name="wechat")

    def __enter__(self) -> WeChatSide:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join(START_S)
        self._listening.close()

    def wait(self) -> None:
        """Until it is interrupted."""
        with suppress(KeyboardInterrupt):
            self._thread.join()

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    @property
    def phones(self) -> Phones:
        return self.side.phones

    def messages(self, openid: str) -> list[Message]:
        """What was delivered to a phone, the oldest first."""
        return self.phones.messages(openid)

    def settings(self) -> dict[str, str | int | float | bool]:
        """``[channels.wechat]`` of a hall that uses this side."""
        return {
            "app_id": APP_ID,
            "secret_file": str(self.secret_file.absolute()),
            "template": TEMPLATE,
            "open": self.url,
            "api": self.url,
            "ca": str(self.ca.absolute()),
        }


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m hall.channels.sim", description="WeChat's side, for demonstrations"
    )
    parser.add_argument("--port", type=int, default=0, help="0 lets the system choose one")
    parser.add_argument("--folder", type=Path, required=True, help="where its CA and its secret are kept")
    parser.add_argument("--phones", type=Path, default=DEMO, help="the people who have one (TOML)")
    given = parser.parse_args(arguments)
    with WeChatSide(given.folder, given.port, phones_of(given.phones)) as side:
        told = {"url": side.url, "ca": str(side.ca), "secret": str(side.secret_file)}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        side.wait()


if __name__ == "__main__":
    main()
