from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from hall.app import compose, create_app
from hall.catalogue import Catalogue
from hall.channels.asking import trusting
from hall.channels.sim import WeChatSide
from hall.channels.sim_phones import Phones
from hall.models import Trail
from hall.settings import Settings
from hall.state import Hall
from tests.hall.binding.stage import Stage, address
from tests.hall.conftest import GENEROUS, Clock, InProcess


@pytest.fixture(scope="session")
def wechat_side(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WeChatSide]:
    with WeChatSide(tmp_path_factory.mktemp("wechat")) as side:
        yield side


@pytest.fixture
def wechat(wechat_side: WeChatSide) -> WeChatSide:
    """WeChat's side, without phones and messages of an earlier test."""
    wechat_side.side.phones = Phones()
    wechat_side.side.said.clear()
    wechat_side.side.asked.clear()
    return wechat_side


@dataclass
class House:
    """A hall that is open for all tests of a module; each has people, kiosks and phones of its own."""

    hall: Hall
    app: FastAPI
    clock: Clock


@pytest.fixture(scope="module")
def house(
    tmp_path_factory: pytest.TempPathFactory, founded: Path, catalogue: Catalogue, wechat_side: WeChatSide
) -> Iterator[House]:
    folder, clock = tmp_path_factory.mktemp("house") / "data", Clock()
    shutil.copytree(founded, folder)
    channels = {"wechat": wechat_side.settings()}
    hall = compose(Settings(data=folder, channels=channels, **GENEROUS), catalogue, clock)
    yield House(hall, create_app(hall), clock)
    hall.store.close()


@pytest.fixture
def stage(house: House, wechat: WeChatSide) -> Iterator[Stage]:
    with (
        httpx.Client(verify=trusting(str(wechat.ca)), trust_env=False) as beyond,
        InProcess(house.app, address=address()) as client,
    ):
        stage = Stage(house.hall, house.app, house.clock, wechat, client, beyond)
        with house.hall.store.reading() as session:
            stage.since = session.scalar(select(func.max(Trail.id))) or 0
        try:
            yield stage
        finally:
            stage.close()
