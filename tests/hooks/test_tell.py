"""What happens is told: signed, in order per file, again when it fails, to whom it concerns alone."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.api import vera_ground
from tests.bailiff import partners
from tests.carriers.http_service import SILENT, Answer, Asked, Service, service

from tijdig.access.people import Person
from tijdig.access.roles import Role
from tijdig.access.scope import acting, organisation_scope
from tijdig.bailiff.actions_agreement import end_agreement
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.actions_in_file import ask_question
from tijdig.bailiff.kinds import End, Side
from tijdig.bailiff.queries import in_force
from tijdig.base.days import AMSTERDAM
from tijdig.carriers import signed_hook
from tijdig.carriers.signed_hook import BadAddress, checked, is_public, signature
from tijdig.hooks import actions
from tijdig.hooks.actions_tell import Owner, gather, note_breaks, prune, send
from tijdig.hooks.kinds import MOST_TRIES, Kind, State, next_try
from tijdig.hooks.models import Delivery, Event, Subscription
from tijdig.hooks.queries import deliveries, subscriptions

TODAY = partners.TODAY


@dataclass
class Ground:
    organisation: int
    office: tuple[int, int, str]
    ours: Person
    theirs: Person

    def inside(self) -> None:
        """A test is one transaction: the wall of a partner would stand on after it."""
        with organisation_scope(self.organisation):
            pass

    def tell(self, *, later: timedelta = timedelta(0)) -> int:
        while gather(self.organisation):
            pass
        tried = send([self.organisation], lambda: timezone.now() + timedelta(seconds=1) + later)
        self.inside()
        return tried

    def file(self, number: int = 1) -> tuple[int, int]:
        tenancy = partners.ready(self.organisation, number)
        made = partners.handed(self.organisation, tenancy, self.office[0])
        assert made is not None
        return tenancy, made


@pytest.fixture
def ground(organisation: int) -> Ground:
    from tijdig.access.actions import create_user

    office = partners.partner()
    partners.agreed(organisation, office)
    email = f"ad.{organisation}@proef.test"
    pk = create_user(
        organisation_id=organisation, email=email, name="Ad", role=Role.ADMINISTRATOR, password="x"
    )
    return Ground(
        organisation,
        office,
        vera_ground.person(organisation, pk, Role.ADMINISTRATOR),
        vera_ground.person(organisation, office[1], Role.PARTNER_LEAD, office[0]),
    )


class _ThisMachine(frozenset[str]):
    """Services of a test are here, on any port."""

    def __contains__(self, host: object) -> bool:
        return str(host).startswith("127.0.0.1:")


@pytest.fixture(autouse=True)
def _near(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("tijdig.hooks.actions", "tijdig.hooks.actions_tell"):
        monkeypatch.setattr(f"{module}.local_hosts", _ThisMachine)


def _hook(ground: Ground, who: Person, at: Service, *kinds: Kind) -> tuple[int, str]:
    made = actions.make(
        person=who, name="Systeem", url=f"{at.url}/hier", kinds=kinds or actions.kinds_for(who), on=TODAY
    )
    ground.inside()
    return made


def _asked(ground: Ground, file: int) -> None:
    ask_question(
        organisation_id=ground.organisation, actor="user:1", name="An", file_id=file, side=Side.CORPORATION,
        text="Hoe gaat het?", asked_as=uuid4(), on=TODAY,
    )  # fmt: skip


def _types(here: Service) -> list[str]:
    return [one.json["type"] for one in here.asked]


def test_the_signature_is_that_of_the_standard() -> None:
    """The example that the standard's own libraries are tried on."""
    body = b'{"event_type":"ping","data":{"success":true}}'
    made = signature("whsec_plJ3nmyCDGBKInavdOK15jsl", "msg_loFOjxBNrRLzqYUf", 1731705121, body)
    assert made == "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="


def _is_ours(one: Asked, secret: str) -> bool:
    """As a receiver looks, by the words of the standard."""
    signed = b".".join(
        [one.headers["webhook-id"].encode(), one.headers["webhook-timestamp"].encode(), one.body]
    )
    key = base64.b64decode(secret.removeprefix("whsec_"))
    seal = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return f"v1,{seal}" in one.headers["webhook-signature"].split(" ")


def test_a_file_is_told_to_both_sides_signed_and_without_names(ground: Ground) -> None:
    with service(Answer(204)) as ours, service(Answer(200)) as theirs:
        _, our_secret = _hook(ground, ground.ours, ours)
        _, their_secret = _hook(ground, ground.theirs, theirs)
        tenancy, file = ground.file()
        _asked(ground, file)
        while ground.tell():
            pass
        for here, secret in ((ours, our_secret), (theirs, their_secret)):
            assert _types(here)[:2] == [Kind.FILE_BEGUN, Kind.FILE_CHANGED]
            assert all(_is_ours(one, secret) for one in here.asked)
            first = here.asked[0].json
            assert first["data"] == {
                "organisatie": "Woonstichting Proef",
                "volgnummer": 1,
                "overeenkomst": str(tenancy),
                "externeIncasso": str(file),
            }
            assert datetime.fromisoformat(first["timestamp"]).tzinfo is not None
            numbers = [one.json["data"]["volgnummer"] for one in here.asked]
            assert numbers == list(range(1, len(numbers) + 1))
        assert not _is_ours(ours.asked[0], their_secret)
        assert ground.tell() == 0


def test_an_arrangement_is_told_by_its_number_and_a_break_on_its_day(ground: Ground) -> None:
    from tijdig.arrangements.plan import Ask
    from tijdig.arrangements.queries import arrangements_of
    from tijdig.cases.actions_arrange import arrange
    from tijdig.cases.queries_arrange import ground as open_now

    with service(Answer(200)) as here:
        _hook(
            ground,
            ground.ours,
            here,
            Kind.ARRANGEMENT_MADE,
            Kind.ARRANGEMENT_CHANGED,
            Kind.ARRANGEMENT_BROKEN,
        )
        tenancy, _ = ground.file()
        with organisation_scope(ground.organisation):
            items = open_now(tenancy, TODAY)
            assert items is not None
        made = arrange(
            organisation_id=ground.organisation, actor="user:1", tenancy_id=tenancy,
            ask=Ask(items.overdue_cents, items.overdue_cents, TODAY + timedelta(days=2)),
            entries=[one.entry for one in items.items], reason="Zo afgesproken.", asked_as=uuid4(), on=TODAY,
        )  # fmt: skip
        ground.tell()
        assert _types(here) == [Kind.ARRANGEMENT_MADE]
        assert here.asked[0].json["data"]["betalingsregeling"] == str(made)
        broken = datetime(2026, 11, 8, 9, 0, tzinfo=AMSTERDAM)  # the term of the 4th, and three days of grace
        assert note_breaks(ground.organisation, broken - timedelta(days=1)) == 0
        assert note_breaks(ground.organisation, broken) == 0  # the bank of yesterday may not be in yet
        for moment in (broken + timedelta(hours=1), broken + timedelta(days=1)):
            assert note_breaks(ground.organisation, moment) == int(moment.hour == 10)
            gather(ground.organisation)
            send([ground.organisation], lambda: timezone.now() + timedelta(seconds=1))
            ground.inside()
        assert _types(here) == [Kind.ARRANGEMENT_MADE, Kind.ARRANGEMENT_BROKEN]
        with organisation_scope(ground.organisation):
            assert arrangements_of([tenancy])[0].ended_on is None


def test_who_wants_little_hears_little_and_nobody_else_hears(ground: Ground) -> None:
    stranger = partners.partner()
    other = vera_ground.person(ground.organisation, stranger[1], Role.PARTNER_LEAD, stranger[0])
    with service(Answer(200)) as little, service(Answer(200)) as nothing:
        _hook(ground, ground.ours, little, Kind.FILE_ENDED)
        _hook(ground, other, nothing)
        ground.file()
        while ground.tell():
            pass
        assert little.asked == nothing.asked == []


def test_what_does_not_arrive_keeps_the_order_of_its_file_and_holds_up_no_other(ground: Ground) -> None:
    broken: set[str] = set()

    def answers(one: Asked) -> Answer:
        return Answer(500 if one.json["data"]["externeIncasso"] in broken else 200)

    with service(answers) as here:
        _hook(ground, ground.ours, here, Kind.FILE_BEGUN, Kind.FILE_CHANGED)
        _, first = ground.file(1)
        _, second = ground.file(2)
        broken.add(str(first))
        for file in (first, second):
            _asked(ground, file)
        for _ in range(4):
            ground.tell()
        told = [(one.json["data"]["externeIncasso"], one.json["data"]["volgnummer"]) for one in here.asked]
        assert told.count((str(first), 1)) == 1  # tried once, and waits
        assert (str(first), 2) not in told
        assert [number for file, number in told if file == str(second)] == [1, 2]
        broken.clear()
        for _ in range(3):
            ground.tell(later=timedelta(minutes=1))
        told = [(one.json["data"]["externeIncasso"], one.json["data"]["volgnummer"]) for one in here.asked]
        assert [number for file, number in told if file == str(first)] == [1, 1, 2]
        ids = [
            one.headers["webhook-id"]
            for one in here.asked
            if one.json["data"]["externeIncasso"] == str(first)
        ]
        assert ids[0] == ids[1] != ids[2]


def test_a_system_that_hangs_keeps_no_other_waiting(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_hook, "_TIMEOUT_S", 0.2)
    with service(SILENT) as hangs, service(Answer(200)) as fine:
        slow, _ = _hook(ground, ground.ours, hangs, Kind.FILE_BEGUN)
        _hook(ground, ground.ours, fine, Kind.FILE_BEGUN)
        for number in (1, 2, 3):
            ground.file(number)
        ground.tell()
        assert len(fine.asked) == 3
        assert len(hangs.asked) == 1  # after one that hangs it is left alone until later
        (state, *_rest) = [one for one in subscriptions(ground.ours) if one.id == slow]
        assert (state.waiting, state.failed) == (3, 0)


def test_it_is_tried_ten_times_in_three_days_and_sent_again_by_hand(ground: Ground) -> None:
    moment, tries = timezone.now(), 0
    at = moment
    while True:
        tries += 1
        again = next_try(tries, at)
        if again is None:
            break
        assert again > at
        at = again
    assert tries == MOST_TRIES == 10
    assert timedelta(days=2) < at - moment < timedelta(days=4)
    ok = [False]
    with service(lambda _: Answer(200 if ok[0] else 503)) as here:
        pk, _ = _hook(ground, ground.ours, here, Kind.FILE_BEGUN, Kind.FILE_CHANGED)
        _, file = ground.file()
        for hours in itertools.accumulate([0] + [25] * 12):
            ground.tell(later=timedelta(hours=hours))
        assert len(here.asked) == MOST_TRIES
        (lost,) = deliveries(ground.ours, pk)
        assert (lost.state, lost.status, lost.detail) == (State.FAILED, 503, "Het systeem antwoordde 503.")
        ok[0] = True
        _asked(ground, file)
        ground.tell()
        assert here.asked[-1].json["data"]["volgnummer"] == 2  # what was given up holds nothing up
        at = timezone.now()
        actions.send_again(person=ground.ours, pk=pk, delivery_id=lost.id, at=at, on=TODAY)
        ground.tell()
        assert here.asked[-1].json["data"]["volgnummer"] == 1
        found = actions.send_again_since(
            person=ground.ours, pk=pk, since=at.date() - timedelta(days=1), at=at, on=TODAY
        )
        assert found == 2
        for _ in range(2):
            ground.tell()
        assert [one.json["data"]["volgnummer"] for one in here.asked[-2:]] == [1, 2]


def test_a_system_that_is_gone_is_told_nothing_more_until_somebody_lets_it(ground: Ground) -> None:
    with service(Answer(410)) as here:
        pk, _ = _hook(ground, ground.ours, here, Kind.FILE_BEGUN)
        ground.file()
        ground.tell()
        (one,) = subscriptions(ground.ours)
        assert one.paused_at is not None
        assert "410" in one.paused_because
        assert ground.tell(later=timedelta(days=1)) == 0
        actions.go_on(person=ground.ours, pk=pk, at=timezone.now(), on=TODAY)
        assert ground.tell() == 1


def test_two_secrets_sign_while_one_is_renewed(ground: Ground) -> None:
    with service(Answer(200)) as here:
        pk, old = _hook(ground, ground.ours, here)
        new = actions.renew_secret(person=ground.ours, pk=pk, at=timezone.now(), on=TODAY)
        for wait in (timedelta(0), timedelta(days=8)):
            actions.trial(person=ground.ours, pk=pk, at=timezone.now(), on=TODAY)
            ground.tell(later=wait)
        first, second = here.asked
        assert first.json["type"] == Kind.TRIAL
        assert _is_ours(first, old)
        assert _is_ours(first, new)
        assert _is_ours(second, new)
        assert not _is_ours(second, old)
        with organisation_scope(ground.organisation):
            row = Subscription.objects.get()
            assert new not in (row.secret, row.earlier_secret)


def test_done_twice_nothing_is_told_twice(ground: Ground) -> None:
    with service(Answer(200)) as here:
        _hook(ground, ground.ours, here, Kind.FILE_BEGUN)
        ground.file()
        with organisation_scope(ground.organisation):
            kept = list(Event.objects.filter(kind=Kind.FILE_BEGUN).values())
        gather(ground.organisation)
        with organisation_scope(ground.organisation):
            Event.objects.bulk_create(Event(**one) for one in kept)  # as if it ended in between
        ground.tell()
        assert _types(here) == [Kind.FILE_BEGUN]


def test_what_arrived_long_ago_is_forgotten_and_what_waits_is_not(ground: Ground) -> None:
    with service(Answer(200)) as here:
        pk, _ = _hook(ground, ground.ours, here, Kind.FILE_BEGUN, Kind.FILE_CHANGED)
        _, first = ground.file(1)
        ground.tell()
        actions.pause(person=ground.ours, pk=pk, at=timezone.now(), on=TODAY)
        _, second = ground.file(2)
        ground.tell()
        actions.go_on(person=ground.ours, pk=pk, at=timezone.now(), on=TODAY)
        _asked(ground, first)
        ground.tell()
        assert prune(Owner(ground.organisation, None), timezone.now() + timedelta(days=61)) == 1
        with organisation_scope(ground.organisation):
            kept = Delivery.objects.order_by("id").values_list("file_id", "number")
            assert list(kept) == [(second, 1), (first, 2)]  # the last of each: the next counts on from it


@pytest.mark.parametrize(
    "url",
    [
        "http://systeem.example/x",
        "https://127.0.0.1/x",
        "https://10.0.0.4/x",
        "https://192.168.1.1:8443/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://[::ffff:10.0.0.1]/x",
        "https://[64:ff9b::a00:1]/x",
        "https://[2002:7f00:1::]/x",
        "https://[::10.0.0.1]/x",
        "https://[fec0::1]/x",
        "https://localhost/x",
        "https://db.internal/x",
        "https://naam:woord@systeem.example/x",
        "https://systeem.example:pp/x",
        "ftp://systeem.example/x",
        "https:///x",
        "https://systeem.example/\r\nHost: x",
        "",
    ],
)
def test_an_address_of_our_own_network_is_refused(url: str) -> None:
    with pytest.raises(BadAddress):
        checked(url, frozenset())


def test_an_address_of_everybody_or_one_that_was_named_is_not() -> None:
    assert checked("https://systeem.example/tijdig?x=1", frozenset()).startswith("https")
    assert checked("http://erp:8080/x", frozenset({"erp:8080"}))
    with pytest.raises(BadAddress):
        checked("http://erp:8081/x", frozenset({"erp:8080"}))
    assert is_public("8.8.8.8")


def test_a_name_that_points_into_our_own_network_is_not_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the name said when it was filled in: the line is not opened."""
    with service(Answer(200)) as here:
        port = int(here.url.rsplit(":", 1)[1])
        monkeypatch.setattr(
            "tijdig.carriers.deadline.socket.getaddrinfo",
            lambda *_a, **_k: [(2, 1, 6, "", ("127.0.0.1", port))],
        )
        told = signed_hook.tell(
            f"https://systeem.example:{port}/x",
            message_id="x",
            at=1,
            body=b"{}",
            keys=[signed_hook.new_secret()],
            local=frozenset(),
        )
    assert (told.taken, told.status, here.asked) == (False, None, [])


def _over(ground: Ground) -> None:
    with organisation_scope(ground.organisation):
        (agreed,) = in_force(timezone.localdate())
    on = timezone.localdate()
    end_agreement(
        organisation_id=ground.organisation, agreement_id=agreed.id, side=Side.CORPORATION, end_on=on,
        **(partners.BY | {"on": on}),
    )  # fmt: skip


def test_after_the_agreement_ended_a_partner_hears_nothing_but_that_a_file_ended(ground: Ground) -> None:
    """Nor what waited, nor what is sent again; the corporation's own system goes on hearing."""
    up = [False]
    with service(lambda _: Answer(200 if up[0] else 503)) as theirs, service(Answer(200)) as ours:
        pk, _ = _hook(ground, ground.theirs, theirs)
        _hook(ground, ground.ours, ours, Kind.FILE_CHANGED)
        _, file = ground.file()
        _asked(ground, file)
        ground.tell()
        begun = len(theirs.asked)
        assert begun == 1  # it does not take it: that waits, and what comes after it too
        _over(ground)
        _asked(ground, file)
        up[0] = True
        while ground.tell(later=timedelta(minutes=2)):
            pass
        assert len(theirs.asked) == begun
        assert _types(ours) == [Kind.FILE_CHANGED, Kind.FILE_CHANGED]
        told = deliveries(ground.theirs, pk)
        assert {one.state for one in told} == {State.CLOSED}
        assert {one.detail for one in told} == {
            "Dit dossier is niet meer bij u, of de afspraken gelden niet meer."
        }
        at = timezone.now()
        with pytest.raises(actions.NotDone, match="gelden niet meer"):
            actions.send_again(person=ground.theirs, pk=pk, delivery_id=told[0].id, at=at, on=TODAY)
        since = at.date() - timedelta(days=2)
        assert actions.send_again_since(person=ground.theirs, pk=pk, since=since, at=at, on=TODAY) == 0
        ground.inside()
        end_file(
            organisation_id=ground.organisation,
            file_id=file,
            side=Side.CORPORATION,
            end=End.TAKEN_BACK,
            **partners.BY,
        )
        while ground.tell(later=timedelta(minutes=2)):
            pass
        assert _types(theirs)[begun:] == [Kind.FILE_ENDED]
        assert set(theirs.asked[-1].json["data"]) == {
            "organisatie", "volgnummer", "overeenkomst", "externeIncasso",
        }  # fmt: skip


def test_what_waits_of_a_file_that_went_back_goes_no_more_but_that_it_ended(ground: Ground) -> None:
    up = [False]
    with service(lambda _: Answer(200 if up[0] else 503)) as theirs:
        pk, _ = _hook(ground, ground.theirs, theirs)
        _, file = ground.file()
        ground.tell()
        end_file(
            organisation_id=ground.organisation,
            file_id=file,
            side=Side.CORPORATION,
            end=End.TAKEN_BACK,
            **partners.BY,
        )
        up[0] = True
        while ground.tell(later=timedelta(minutes=2)):
            pass
        assert _types(theirs)[1:] == [Kind.FILE_ENDED]
        actions.trial(person=ground.theirs, pk=pk, at=timezone.now(), on=TODAY)
        ground.tell()
        assert _types(theirs)[-1] == Kind.TRIAL


def test_a_partner_sees_its_own_systems_alone(ground: Ground) -> None:
    with service(Answer(200)) as here:
        pk, _ = _hook(ground, ground.ours, here)
        _hook(ground, ground.theirs, here)
        ground.file()
        while ground.tell():
            pass
        assert len(subscriptions(ground.ours)) == len(subscriptions(ground.theirs)) == 1
        assert deliveries(ground.theirs, pk) == []
        with pytest.raises(actions.NotDone):
            actions.remove(person=ground.theirs, pk=pk, at=timezone.now(), on=TODAY)
        ground.inside()
        with acting(ground.office[0], ground.office[1]), organisation_scope(ground.organisation):
            assert Event.objects.count() == 0
            assert set(Subscription.objects.values_list("partner_id", flat=True)) == {ground.office[0]}
