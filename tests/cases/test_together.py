"""Several people at one tenancy: of a colleague one must see everything, of oneself only the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.caseload.people import consultant, tenants
from tests.one_after_the_other import one_after_the_other

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.caseload.queries_pickup import pickups
from tijdig.cases.actions_pickup import pick_up
from tijdig.cases.actions_together import NotSeen, Saved, save
from tijdig.cases.actions_undo import undo
from tijdig.cases.together import CONTACT, RULING, WRITTEN, unseen
from tijdig.cases.undo import NotUndone
from tijdig.contacts.actions import NotLogged, log
from tijdig.contacts.kinds import Channel, Direction, Outcome, Reached, Who
from tijdig.contacts.queries import contacts_of
from tijdig.contacts.values import ContactDraft
from tijdig.history.queries import Happening, seen
from tijdig.history.seen import Seen, of_ids
from tijdig.rulings.actions import NotRuled, rule
from tijdig.rulings.kinds import Kind
from tijdig.rulings.values import Draft

Write = Callable[[], int]


class Desk:
    """A tenancy at which two people write."""

    def __init__(self, organisation: int) -> None:
        self.organisation, self.now = organisation, timezone.now()
        self.on = timezone.localdate()
        self.sanne, self.bram = consultant(organisation, "Sanne Kuiper"), consultant(organisation, "Bram Bos")
        with organisation_scope(organisation):
            (self.tenancy,) = tenants(organisation, "")

    def had(self) -> Seen:
        with organisation_scope(self.organisation):
            return seen(f"tenancy:{self.tenancy}", list(WRITTEN))

    def contact(self, user: int, note: str = "", form: Any = None) -> Write:
        draft = ContactDraft(
            tenancy_id=self.tenancy,
            channel=Channel.PHONE,
            direction=Direction.OUT,
            reached=Reached.NONE,
            who=Who.TENANT,
            outcome=Outcome.NOT_HOME,
            at=self.now - timedelta(minutes=1),
            note=note,
        )
        asked_as = form or uuid4()
        return lambda: log(
            organisation_id=self.organisation,
            actor=f"user:{user}",
            draft=draft,
            asked_as=asked_as,
            now=self.now,
            on=self.on,
        )

    def ruling(self, user: int, reason: str = "Belt zelf terug.") -> Write:
        draft = Draft(kind=Kind.PAUSE, until_on=self.on + timedelta(days=7), reason=reason)
        return lambda: rule(
            organisation_id=self.organisation,
            actor=f"user:{user}",
            name="Proef",
            tenancy_id=self.tenancy,
            draft=draft,
            codes=(),
            asked_as=uuid4(),
            now=self.now,
            on=self.on,
        )

    def save(self, user: int, write: Write, had: Seen | None, same: frozenset[str] = CONTACT) -> Saved[int]:
        return save(
            organisation_id=self.organisation,
            actor=f"user:{user}",
            user_id=user,
            tenancy_id=self.tenancy,
            had=had,
            same=same,
            write=write,
            refusals=(NotLogged, NotRuled),
            words=lambda events: [(one.verb, one.text) for one in events],
            now=self.now,
            on=self.on,
        )

    def contacts(self) -> list[str]:
        with organisation_scope(self.organisation):
            return [one.note for one in contacts_of([self.tenancy], as_of=self.on)]

    def undo(self, user: int, events: list[int], now: datetime | None = None) -> None:
        undo(
            organisation_id=self.organisation,
            actor=f"user:{user}",
            name="Sanne Kuiper",
            tenancy_id=self.tenancy,
            event_ids=events,
            now=now or timezone.now(),
            on=self.on,
        )


@pytest.fixture
def desk(organisation: int) -> Desk:
    return Desk(organisation)


def _told(verb: str, actor: str) -> Happening:
    today = timezone.localdate()
    return Happening(1, actor, verb, "tenancy:1", today, timezone.now(), {}, "")


def test_of_a_colleague_everything_and_of_oneself_the_same() -> None:
    events = [_told(verb, actor) for actor in ("user:1", "user:2", "system:night") for verb in WRITTEN]
    found = {(one.actor, one.verb) for one in unseen(events, "user:1", CONTACT)}
    assert {verb for actor, verb in found if actor == "user:1"} == set(CONTACT)
    assert len(found) == 2 * len(WRITTEN) + 1


def test_what_nobody_crossed_is_saved_and_its_writer_is_busy_no_more(desk: Desk) -> None:
    pick_up(
        organisation_id=desk.organisation,
        actor=f"user:{desk.sanne}",
        tenancy_id=desk.tenancy,
        user_id=desk.sanne,
        now=desk.now,
        on=desk.on,
    )
    saved = desk.save(desk.sanne, desk.contact(desk.sanne, "eerste"), desk.had())
    assert [one.verb for one in saved.events] == ["contact_logged"]
    assert desk.contacts() == ["eerste"]
    with organisation_scope(desk.organisation):
        assert pickups([desk.tenancy], desk.now) == {}


def test_a_stale_save_is_refused_with_both_versions_and_goes_through_with_the_new_mark(desk: Desk) -> None:
    had = desk.had()
    desk.contact(desk.bram, "van Bram")()
    with pytest.raises(NotSeen) as refused:
        desk.save(desk.sanne, desk.contact(desk.sanne, "van Sanne"), had)
    late = refused.value
    assert (late.theirs, late.mine) == ([("contact_logged", "van Bram")], [("contact_logged", "van Sanne")])
    assert desk.contacts() == ["van Bram"]
    desk.save(desk.sanne, desk.contact(desk.sanne, "van Sanne"), late.now)
    assert desk.contacts() == ["van Bram", "van Sanne"]


def test_another_window_of_oneself_counts_for_the_same_only(desk: Desk) -> None:
    had = desk.had()
    desk.ruling(desk.sanne)()
    desk.save(desk.sanne, desk.contact(desk.sanne, "na het besluit"), had)
    with pytest.raises(NotSeen):
        desk.save(desk.sanne, desk.contact(desk.sanne, "dubbel"), had)
    assert desk.contacts() == ["na het besluit"]


def test_the_same_form_twice_is_one_and_not_stale(desk: Desk) -> None:
    had, form = desk.had(), uuid4()
    write = desk.contact(desk.sanne, "eens", form)
    first = desk.save(desk.sanne, write, had)
    again = desk.save(desk.sanne, write, had)
    assert (again.made, again.events) == (first.made, ())
    assert desk.contacts() == ["eens"]


def test_what_is_wrong_is_told_as_it_is_unless_a_colleague_was_first(desk: Desk) -> None:
    had, wrong = desk.had(), desk.ruling(desk.sanne, reason="")
    with pytest.raises(NotRuled):
        desk.save(desk.sanne, wrong, had, RULING)
    desk.contact(desk.bram, "van Bram")()
    with pytest.raises(NotSeen) as refused:
        desk.save(desk.sanne, wrong, had, RULING)
    assert refused.value.mine == ()


def test_without_a_mark_nothing_is_looked_at(desk: Desk) -> None:
    desk.contact(desk.bram, "van Bram")()
    desk.save(desk.sanne, desk.contact(desk.sanne, "van Sanne"), None)
    assert len(desk.contacts()) == 2


def test_of_two_who_save_at_once_one_is_refused(fresh_database: str) -> None:
    desk = Desk(create_organisation(name="Woonstichting Proef", slug="proef"))
    had = desk.had()

    def saves(user: int, note: str) -> object:
        try:
            desk.save(user, desk.contact(user, note), had)
        except NotSeen as late:
            return late.theirs
        return "saved"

    ended = one_after_the_other(
        desk.organisation,
        fresh_database,
        lambda: saves(desk.sanne, "van Sanne"),
        lambda: saves(desk.bram, "van Bram"),
    )
    assert ended == ["saved", [("contact_logged", "van Sanne")]]
    assert desk.contacts() == ["van Sanne"]


def test_what_was_done_is_undone_by_its_writer_and_stays_to_be_read(desk: Desk) -> None:
    saved = desk.save(desk.sanne, desk.contact(desk.sanne, "vergist"), desk.had())
    events = [one.id for one in saved.events]
    with pytest.raises(NotUndone, match="Een collega legde dit vast"):
        desk.undo(desk.bram, events)
    desk.undo(desk.sanne, events)
    with organisation_scope(desk.organisation):
        (kept,) = contacts_of([desk.tenancy], as_of=desk.on, withdrawn=True)
    assert kept.withdrawn is not None
    assert kept.withdrawn.reason == "vergissing"
    with pytest.raises(NotUndone):
        desk.undo(desk.sanne, events)


def test_after_a_colleague_wrote_on_it_is_not_undone_any_more(desk: Desk) -> None:
    saved = desk.save(desk.sanne, desk.ruling(desk.sanne), desk.had(), RULING)
    desk.contact(desk.bram, "verder")()
    with pytest.raises(NotUndone, match=r"al iets anders vastgelegd\. Beëindig het besluit"):
        desk.undo(desk.sanne, [one.id for one in saved.events])


def test_an_event_of_another_tenancy_is_undone_nowhere(desk: Desk) -> None:
    saved = desk.save(desk.sanne, desk.contact(desk.sanne), desk.had())
    with organisation_scope(desk.organisation):
        (other,) = tenants(desk.organisation, "")
    desk.tenancy = other
    with pytest.raises(NotUndone, match="niet meer met één toets"):
        desk.undo(desk.sanne, [one.id for one in saved.events])
    assert of_ids([]) == desk.had()
