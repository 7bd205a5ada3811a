"""What runs by itself: evaluate what changed, read files and answers, send letters, assign what came, tell other systems,
run the night. Seven threads, no rules.

Each wakes on what the database says and looks by itself now and then, so that nothing waits for a message that was
lost. A row that is taken is locked; a process that dies gives it back.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import close_old_connections, connection
from django.utils import timezone

from tijdig.access.listen import hub
from tijdig.access.queries import organisation_ids
from tijdig.access.scope import organisation_scope
from tijdig.access.sign_in import forget_failed_sign_ins
from tijdig.cases.actions import evaluate_dirty, prune_outbox
from tijdig.cases.actions_assign import assign_open
from tijdig.cases.actions_night import night_done, run_night
from tijdig.cases.queries_team import waits
from tijdig.entrance.actions_seal import seal_acts
from tijdig.entrance.queries_acts import partner_ids
from tijdig.history.actions import seal
from tijdig.hooks.actions_tell import gather, note_breaks, owners, prune, send
from tijdig.imports.actions import process_next, take_back_stale
from tijdig.letters.actions_automatic import carry_out
from tijdig.letters.actions_print import take_back_overtaken
from tijdig.letters.actions_replies import read_replies
from tijdig.letters.actions_run import run_letters, take_mails
from tijdig.privacy.actions_erase import done_today, run_retention
from tijdig.vera.actions_log import prune_texts

log = logging.getLogger(__name__)
NIGHT_HOUR = 4
REFUSED_KEPT_DAYS = 60  # the text of a message of another system that was refused
SEAL_LOOKS = 60  # for whoever writes history at that moment, half a second apart


class Worker:
    """Start it once a process. `stop` lets each thread finish what it has in hand."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        for name, work, channel, pause in (
            ("evaluate", _evaluate, "tijdig_dirty", 5.0),
            ("import", _import, "tijdig_file", 5.0),
            ("letters", lambda: _letters(lambda: not self._stop.is_set()), "tijdig_letter", 5.0),
            ("replies", lambda: _replies(lambda: not self._stop.is_set()), "", 120.0),
            ("assign", _assign, "", 10.0),
            ("hooks", _hooks, "tijdig_outbox", 3.0),
            ("night", lambda: _night(lambda: not self._stop.is_set()), "", 60.0),
        ):
            thread = threading.Thread(
                target=self._loop, args=(name, work, channel, pause), name=f"tijdig-{name}"
            )
            thread.daemon = True
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=10)

    def _loop(self, name: str, work: Callable[[], bool], channel: str, pause: float) -> None:
        woken = threading.Event()
        if channel:
            hub().subscribe(channel, lambda _payload: woken.set())
        while not self._stop.is_set():
            woken.clear()
            try:
                more = work()
            except Exception:
                log.exception("the %s thread failed and goes on", name)
                more = False
            finally:
                close_old_connections()
                connection.close()
            if not more and not self._stop.is_set():
                self._wait(woken, pause)

    def _wait(self, woken: threading.Event, pause: float) -> None:
        end = timezone.now() + timedelta(seconds=pause)
        while not self._stop.is_set() and timezone.now() < end:
            if woken.wait(timeout=min(1.0, pause)):
                return


def _each(work: Callable[[int], bool]) -> bool:
    """Do this for every corporation; what goes wrong for one does not keep the others waiting."""
    more = False
    for one in organisation_ids():
        try:
            more = work(one) or more
        except Exception:
            log.exception("failed for organisation %s and goes on with the next", one)
    return more


def _evaluate() -> bool:
    today = timezone.localdate()
    return _each(lambda one: evaluate_dirty(organisation_id=one, on=today) > 0)


_taken_back = False


def _import() -> bool:
    global _taken_back
    if not _taken_back:
        for one in organisation_ids():
            take_back_stale(organisation_id=one)
        _taken_back = True
    today = timezone.localdate()
    return _each(lambda one: process_next(organisation_id=one, on=today) is not None)


def _letters(go_on: Callable[[], bool]) -> bool:
    try:
        take_mails(organisation_ids=organisation_ids(), now=timezone.now())
    except Exception:
        log.exception("mail that came back cannot be read; sending goes on")
    return _each(lambda one: _letters_of(one, go_on))


def _letters_of(organisation_id: int, go_on: Callable[[], bool]) -> bool:
    """First what was overtaken and what the way of working lets the program write, then send what waits."""
    now = timezone.localtime()
    take_back_overtaken(organisation_id=organisation_id, on=now.date())
    written = 0
    try:
        written = carry_out(organisation_id=organisation_id, on=now.date(), now=now, go_on=go_on).written
    except Exception:
        log.exception("what organisation %s should write waits; sending goes on", organisation_id)
    more = run_letters(organisation_id=organisation_id, clock=timezone.now, go_on=go_on)
    return more or written > 0


def _replies(go_on: Callable[[], bool]) -> bool:
    return _each(lambda one: _replies_of(one, go_on))


def _replies_of(organisation_id: int, go_on: Callable[[], bool]) -> bool:
    """Read the folder of answers; true when there is more of it and the last look found something new."""
    found = read_replies(organisation_id=organisation_id, clock=timezone.now, go_on=go_on)
    return found is not None and found.more and found.new > 0


_pruned_on: date | None = None
_breaks_looked_at: datetime | None = None
_BREAKS_EVERY = timedelta(minutes=15)


def _hooks() -> bool:
    """Tell other systems what happened; once a day forget what was told long ago."""
    global _pruned_on, _breaks_looked_at
    today, now = timezone.localdate(), timezone.now()
    if _breaks_looked_at is None or now - _breaks_looked_at >= _BREAKS_EVERY:
        _breaks_looked_at = now
        _each(lambda one: note_breaks(one, now) > 0)
    more = _each(lambda one: gather(one) > 0)
    tried = send(organisation_ids(), timezone.now)
    if _pruned_on != today:
        for whose in owners(organisation_ids()):
            prune(whose, timezone.now())
            with whose.scope():
                prune_texts(REFUSED_KEPT_DAYS)
        _pruned_on = today
    return more or tried > 0


def _assign() -> bool:
    today = timezone.localdate()
    return _each(lambda one: _assign_of(one, today))


def _assign_of(organisation_id: int, today: date) -> bool:
    """What asks for a person today lies in somebody's list today, however it came to ask: an alert that was renewed keeps
    its number, and one with a lower number may be stored later."""
    with organisation_scope(organisation_id):
        asked = waits(today)
    if asked:
        assign_open(organisation_id=organisation_id, on=today, actor="system:evaluator")
    return False


def _night(go_on: Callable[[], bool] = lambda: True) -> bool:
    now: datetime = timezone.localtime()
    if now.hour >= NIGHT_HOUR:
        _each(lambda one: _one_night(one, now))
        _each(lambda one: _erase(one, now.date(), go_on))
        _seal_partners(now.date())
    return False


_partners_sealed_on: date | None = None


def _seal_partners(today: date) -> None:
    """Once a day, what partners' people did about their own people."""
    global _partners_sealed_on
    if _partners_sealed_on != today:
        for one in partner_ids():
            seal_acts(partner_id=one, looks=SEAL_LOOKS)
        _partners_sealed_on = today


def _erase(organisation_id: int, today: date, go_on: Callable[[], bool]) -> bool:
    """What the rules of keeping say, after the night: a run that was stopped goes on, one that ended is not done again."""
    if not done_today(organisation_id=organisation_id, on=today):
        run_retention(organisation_id=organisation_id, actor="system:night", on=today, go_on=go_on)
    return False


def _one_night(organisation_id: int, now: datetime) -> bool:
    if not night_done(organisation_id=organisation_id, day=now.date()):
        run_night(organisation_id=organisation_id, on=now.date(), actor="system:night")
        assign_open(organisation_id=organisation_id, on=now.date(), actor="system:night")
        with organisation_scope(organisation_id):
            seal(organisation_id=organisation_id, looks=SEAL_LOOKS)
            prune_outbox(before=now - timedelta(days=7))
        forget_failed_sign_ins()
    return False
