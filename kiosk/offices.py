"""The part of the composition root by which a kiosk serves people in the name of its hall: front and paper office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from certificates.root import Root
from kiosk.desk import Desk
from kiosk.equipment import Equipment
from kiosk.front_office import FrontOffice
from kiosk.hall_news import HallNews
from kiosk.lanes import Lane
from kiosk.machine import Machine
from kiosk.maintenance.card_list import CardList
from kiosk.paper_office import PaperOffice
from kiosk.papers import Papers
from kiosk.watch import Watch
from offline_cache.board import Board
from offline_cache.cache import Cache
from offline_cache.enrolment import Enrolment
from offline_cache.hall_client import HallClient
from offline_cache.sync import Sender
from offline_cache.view import Pace


class Offices:
    """``front`` is None without a hall, ``paper`` also without a root to go by. ``cards`` is for technicians."""

    def __init__(
        self,
        cache: Cache,
        papers: Papers | None,
        equipment: Equipment,
        watch: Watch,
        now: Callable[[], datetime],
        note: Callable[..., None],
        language: Callable[[], str],
        heartbeat: float,
    ) -> None:
        """``papers`` are issued and checked where there are any; ``heartbeat`` is in seconds."""
        self._cache, self._equipment, self._watch = cache, equipment, watch
        self._now, self._language = now, language
        self._news = HallNews(cache)
        self.cards = CardList(cache.published, self.root, note)
        enrolment = cache.enrolment
        self.paper = self._make_paper(papers, enrolment) if papers and enrolment else None
        self.front = self._make_front(enrolment, heartbeat) if enrolment else None

    def root(self) -> Root | None:
        return self.paper.papers.root if self.paper else None

    def desk(self, machine: Machine) -> Desk:
        """For one citizen's visit."""
        assert self.front is not None
        return self.front.desk(machine)

    def recall(self) -> None:
        """Before the first page: what the hall said in earlier runs."""
        if self.front:
            self._news.recall()
        if self.paper:
            self.paper.papers.tell = self._watch.told.emit
            self.paper.papers.recall()

    def begin(self, lanes: Mapping[str, Lane]) -> None:
        """Make keys and fonts ready, and speak with the hall from now on."""
        if self.paper:
            self.paper.begin(lanes)
        if self.front:
            self.front.sender.start()

    def forget(self, lanes: Mapping[str, Lane]) -> None:
        """After each visit."""
        if self.paper:
            self.paper.forget(lanes)

    def look_round(self, lanes: Mapping[str, Lane]) -> None:
        """For keys that are gone, or back."""
        if self.paper:
            self.paper.look_round(lanes, self._watch.machine)

    def stop(self) -> None:
        """Speak with the hall no more."""
        if self.front:
            self.front.sender.stop()

    def close(self) -> None:
        """When no lane does anything any more."""
        if self.paper:
            self.paper.papers.close()

    def _tend(self, client: HallClient, board: Board) -> None:
        """What is to be done with the hall after each round that reached it. On the sender's thread."""
        if self.paper:
            self.paper.papers.tend(client, board)
        self.cards.tend(client)

    def _make_front(self, enrolment: Enrolment, beat: float) -> FrontOffice:
        self._news.tell = self._watch.told.emit
        pace = Pace(beat, beat / 6, longest=beat * 10)
        return FrontOffice(
            cache=self._cache,
            enrolment=enrolment,
            news=self._news,
            sender=Sender(self._cache, self._watch.report, self._news.heard, pace, chore=self._tend),
            watch=self._watch,
            papers=self.paper,
            readers=self._equipment.readers,
            printer=self._equipment.printer,
            width=self._equipment.width,
            now=self._now,
            language=self._language,
        )

    def _make_paper(self, papers: Papers, enrolment: Enrolment) -> PaperOffice:
        return PaperOffice(
            papers=papers,
            cache=self._cache,
            enrolment=enrolment,
            printer=self._equipment.printer,
            sheets=self._equipment.sheets,
            now=self._now,
            person=self._news.person,
            language=self._language,
            watch=self._watch,
        )
