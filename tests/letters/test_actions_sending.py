"""Messages go once: also when the process dies between handing over and writing down."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.letters import offices

from tijdig.carriers.channel import Arrival, Asked, Channel, Handed, Known, Message, Outcome, Report
from tijdig.carriers.chosen import Carriers
from tijdig.history.models import Event
from tijdig.letters import models
from tijdig.letters.actions import write
from tijdig.letters.actions_arrived import take_report
from tijdig.letters.actions_mailbox import Mailbox
from tijdig.letters.actions_queue import (
    deal_with,
    hold_back,
    release,
    say_came_back,
    say_sent,
    send_another_way,
    take_back,
)
from tijdig.letters.actions_sending import Round, recover, send_next
from tijdig.letters.letter import Kind
from tijdig.letters.queries_box import Tray, box
from tijdig.letters.values import NotRight
from tijdig.letters.wish import Wish
from tijdig.steps.models import Step


class Scripted:
    """A carrier that answers as it was told, and keeps what it was given."""

    name = "proef"

    def __init__(self, *answers: Handed, known: Known = Known.CANNOT_SAY) -> None:
        self.answers, self.known, self.got = list(answers), known, list[Message]()

    def hand_over(self, message: Message) -> Handed:
        self.got.append(message)
        return self.answers.pop(0) if self.answers else Handed(Outcome.SENT, f"p{len(self.got)}")

    def ask(self, key: str, to: str) -> Asked:
        return Asked(self.known, "p-known" if self.known is Known.YES else "")

    def arrival(self, provider_id: str) -> Report | None:
        return None


@pytest.fixture
def written(organisation: int) -> tuple[int, int]:
    """A corporation and a friendly reminder that waits to go by e-mail."""
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation)
    wish = Wish(tenancy_id=tenancy, kind=Kind.FRIENDLY_REMINDER, on=offices.TODAY)
    write(organisation_id=organisation, actor="user:1", by="Sanne Kuiper", wish=wish, now=offices.NOON)
    return organisation, models.Sending.objects.get().pk


def _send(organisation: int, carrier: Scripted | None, now: datetime = offices.NOON) -> bool:
    carriers = Carriers(email=carrier, sms=carrier)
    return send_next(organisation_id=organisation, carriers=carriers, now=now) is not Round.NOTHING


def _row() -> models.Sending:
    return models.Sending.objects.get()


def test_a_message_goes_once_and_is_a_fact(written: tuple[int, int]) -> None:
    organisation, sending = written
    carrier = Scripted()
    assert _send(organisation, carrier) is True
    assert _send(organisation, carrier) is False
    (message,) = carrier.got
    assert (message.to, message.sender, message.reply_to) == (
        "m1@voorbeeld.example", "huur@debrug.example", "huur@debrug.example",
    )  # fmt: skip
    assert message.attachments[0].content == bytes(models.LetterPaper.objects.get().pdf)
    row = _row()
    assert (row.state, row.sent_on, row.provider_id, row.tries) == ("sent", offices.TODAY, "p1", 1)
    step = Step.objects.get()
    assert (step.kind, step.effective_on, step.subject) == (
        "letter_sent",
        offices.TODAY,
        f"sending:{sending}",
    )
    assert step.facts["proof"] == "proef p1"
    assert [one.what for one in models.Try.objects.order_by("id")] == ["begun", "sent"]
    assert Event.objects.filter(verb="letter_sent").count() == 1


def test_a_mail_says_the_whole_letter(written: tuple[int, int]) -> None:
    organisation, _ = written
    carrier = Scripted()
    _send(organisation, carrier)
    assert carrier.got[0].body == models.LetterPaper.objects.get().text
    assert models.SendingText.objects.get().body == carrier.got[0].body


def test_what_may_be_tried_again_waits_longer_each_time(written: tuple[int, int]) -> None:
    organisation, _ = written
    carrier = Scripted(*[Handed(Outcome.LATER, detail="451 druk")] * 6)
    now, waits = offices.NOON, []
    while _send(organisation, carrier, now):
        row = _row()
        waits.append(round((row.go_at - now).total_seconds() / 60) if row.state == "queued" else -1)
        now = row.go_at
    # One, five and thirty minutes and two hours; twelve hours later it is night, so the morning; then a person.
    assert waits[:4] == [1, 5, 30, 120]
    assert (len(carrier.got), waits[-1]) == (6, -1)
    assert (_row().state, _row().why) == ("held", "carrier_down")
    assert models.SendingText.objects.get().detail == "451 druk"


def test_an_address_that_does_not_exist_waits_for_a_person_and_the_letter_can_go_on_paper(
    written: tuple[int, int],
) -> None:
    organisation, _ = written
    _send(organisation, Scripted(Handed(Outcome.REFUSED, detail="550 onbekend")))
    assert (_row().state, _row().why) == ("refused", "address_refused")
    assert Step.objects.count() == 0
    send_another_way(
        organisation_id=organisation,
        actor="user:1",
        letter_id=_row().letter_id,
        channel=Channel.PRINT,
        on=offices.TODAY,
        now=offices.NOON,
    )
    states = dict(models.Sending.objects.values_list("channel", "state"))
    assert states == {"email": "cancelled", "print": "queued"}


@pytest.mark.parametrize(
    ("known", "state", "why", "given"),
    [
        (Known.YES, "sent", "", 1),
        (Known.NO, "queued", "", 1),
        (Known.CANNOT_SAY, "unsure", "stopped", 1),
    ],
)
def test_an_answer_that_was_lost_is_asked_for(
    written: tuple[int, int], known: Known, state: str, why: str, given: int
) -> None:
    organisation, _ = written
    carrier = Scripted(Handed(Outcome.UNSURE), known=known)
    _send(organisation, carrier)
    assert (_row().state, _row().why, len(carrier.got)) == (state, why, given)


def _left(organisation: int) -> None:
    """As a process leaves a message behind that died while its carrier had it."""
    models.Sending.objects.update(state="handing", tries=1, handed_at=offices.NOON, carrier="proef")


@pytest.mark.parametrize(
    ("known", "state"), [(Known.YES, "sent"), (Known.NO, "queued"), (Known.CANNOT_SAY, "unsure")]
)
def test_what_was_left_behind_is_asked_for_after_a_while(
    written: tuple[int, int], known: Known, state: str
) -> None:
    organisation, _ = written
    _left(organisation)
    carriers = Carriers(email=Scripted(known=known))
    soon, later = (offices.NOON + timedelta(minutes=minutes) for minutes in (4, 6))
    assert recover(organisation_id=organisation, carriers=carriers, now=soon) == 0
    assert recover(organisation_id=organisation, carriers=carriers, now=later) == 1
    assert _row().state == state


def test_a_person_says_how_it_ended(written: tuple[int, int]) -> None:
    organisation, sending = written
    _send(organisation, Scripted(Handed(Outcome.UNSURE)))
    say_sent(
        organisation_id=organisation,
        actor="user:1",
        sending_id=sending,
        on=offices.TODAY,
        sent_on=offices.TODAY,
    )
    assert (_row().state, Step.objects.get().actor) == ("sent", "user:1")
    with pytest.raises(NotRight):
        say_sent(
            organisation_id=organisation,
            actor="user:1",
            sending_id=sending,
            on=offices.TODAY,
            sent_on=offices.TODAY,
        )


@pytest.mark.parametrize(
    ("arrival", "state", "step"),
    [
        (Arrival.DELIVERED, "delivered", "letter_delivered"),
        (Arrival.BOUNCED, "bounced", "letter_bounced"),
    ],
)
def test_what_becomes_of_a_message_is_a_fact_once(
    written: tuple[int, int], arrival: Arrival, state: str, step: str
) -> None:
    organisation, _ = written
    _send(organisation, Scripted())
    report = Report(arrival, key=_row().key.hex, detail="550 5.1.1")
    told = [
        take_report(
            organisation_id=organisation, report=report, actor="x", now=offices.LATER, on=offices.TODAY
        )
        for _ in range(2)
    ]
    assert told == [True, False]
    assert _row().state == state
    assert Step.objects.filter(kind=step).count() == 1


def test_a_report_of_somebody_elses_message_changes_nothing(written: tuple[int, int]) -> None:
    organisation, _ = written
    _send(organisation, Scripted())
    for report in (Report(Arrival.BOUNCED, key="0" * 32), Report(Arrival.BOUNCED, key="geen sleutel")):
        assert not take_report(
            organisation_id=organisation, report=report, actor="x", now=offices.LATER, on=offices.TODAY
        )
    assert _row().state == "sent"


def test_a_payment_holds_the_letter_back(written: tuple[int, int]) -> None:
    organisation, _ = written
    offices.learned_later(organisation, 1, 70_000)
    carrier = Scripted()
    _send(organisation, carrier)
    assert (carrier.got, _row().state, _row().why) == ([], "held", "paid_since")


def test_a_payment_that_was_taken_back_holds_nothing(written: tuple[int, int]) -> None:
    organisation, _ = written
    offices.learned_later(organisation, 1, 70_000)
    offices.learned_later(organisation, 1, -70_000)
    _send(organisation, Scripted())
    assert _row().state == "sent"


def test_money_in_the_queue_holds_the_letter_back(written: tuple[int, int]) -> None:
    from tijdig.ledger.actions_marks import add_waiting

    organisation, _ = written
    tenancy = models.Letter.objects.get().tenancy_id
    add_waiting(organisation_id=organisation, source="test", rows=[("r1", tenancy, 1)], on=offices.TODAY)
    _send(organisation, Scripted())
    assert (_row().state, _row().why) == ("held", "money_waiting")


def test_who_releases_it_takes_it_upon_himself(written: tuple[int, int]) -> None:
    organisation, sending = written
    hold_back(organisation_id=organisation, actor="user:1", sending_id=sending, on=offices.TODAY)
    assert _send(organisation, Scripted()) is False
    release(
        organisation_id=organisation, actor="user:2", sending_id=sending, on=offices.TODAY, now=offices.NOON
    )
    assert _send(organisation, Scripted()) is True
    assert _row().state == "sent"


def test_what_was_taken_back_never_goes(written: tuple[int, int]) -> None:
    organisation, sending = written
    take_back(organisation_id=organisation, actor="user:1", sending_id=sending, on=offices.TODAY)
    assert _send(organisation, Scripted()) is False
    with pytest.raises(NotRight):
        release(
            organisation_id=organisation,
            actor="user:1",
            sending_id=sending,
            on=offices.TODAY,
            now=offices.NOON,
        )


def test_without_a_carrier_a_person_is_asked(written: tuple[int, int]) -> None:
    organisation, _ = written
    _send(organisation, None)
    assert (_row().state, _row().why) == ("held", "no_carrier")


def test_at_night_and_on_sundays_nothing_goes(organisation: int) -> None:
    """Written on Saturday 31 October 2026 at 21:00 in Amsterdam: it goes on Monday at 07:00."""
    from tijdig.base.days import AMSTERDAM
    from tijdig.letters.actions_queue import allowed_from

    evening = datetime(2026, 10, 31, 21, 0, tzinfo=AMSTERDAM)
    assert allowed_from(evening) == datetime(2026, 11, 2, 7, 0, tzinfo=AMSTERDAM)


def test_the_mailbox_takes_a_message_once(written: tuple[int, int]) -> None:
    organisation, _ = written
    box = Mailbox(organisation)
    send_next(organisation_id=organisation, carriers=Carriers(email=box), now=offices.NOON)
    mail = models.Mail.objects.get()
    assert (mail.address, mail.key) == ("m1@voorbeeld.example", _row().key)
    models.Sending.objects.update(state="handing", handed_at=offices.NOON)
    recover(organisation_id=organisation, carriers=Carriers(email=box), now=offices.LATER)
    assert (_row().state, models.Mail.objects.count()) == ("sent", 1)


@pytest.mark.slow
@pytest.mark.parametrize("carrier", ["Mailbox(organisation)", "SilentAfterwards(organisation)"])
def test_a_process_killed_between_sending_and_recording_sends_nothing_twice(
    fresh_database: str, tmp_path: Path, carrier: str
) -> None:
    """Kill -9 right after the carrier took the message. One carrier can say that it has it, the other cannot."""
    from tijdig.access.actions import create_organisation
    from tijdig.access.scope import organisation_scope

    organisation = create_organisation(name="Proef", slug="proef")
    with organisation_scope(organisation):
        offices.letterhead(organisation)
        tenancy = offices.tenant(organisation)
    wish = Wish(tenancy_id=tenancy, kind=Kind.FRIENDLY_REMINDER, on=offices.TODAY)
    write(organisation_id=organisation, actor="user:1", by="S", wish=wish, now=offices.NOON)
    program = f"""
        import os, signal, django
        django.setup()
        from tests.letters.killed import SilentAfterwards
        from tijdig.letters.actions_mailbox import Mailbox
        from tijdig.letters.actions_sending import send_next
        from tijdig.carriers.chosen import Carriers
        from tests.letters import offices
        organisation = {organisation}
        carrier = {carrier}
        take = carrier.hand_over
        def hand_over(message):
            take(message)
            os.kill(os.getpid(), signal.SIGKILL)
        carrier.hand_over = hand_over
        send_next(organisation_id=organisation, carriers=Carriers(email=carrier), now=offices.NOON)
    """
    script = tmp_path / "killed.py"
    script.write_text(textwrap.dedent(program))
    env = os.environ | {"TIJDIG_APP_DSN": fresh_database, "PYTHONPATH": os.pathsep.join([".", "tests"])}
    ended = subprocess.run([sys.executable, str(script)], env=env, timeout=60, capture_output=True, text=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    from tests.letters.killed import SilentAfterwards

    carriers = Carriers(email=eval(carrier, {"Mailbox": Mailbox, "SilentAfterwards": SilentAfterwards,
                                             "organisation": organisation}))  # fmt: skip
    for _ in range(2):
        recover(organisation_id=organisation, carriers=carriers, now=offices.LATER)
        send_next(organisation_id=organisation, carriers=carriers, now=offices.LATER)
    with organisation_scope(organisation):
        assert models.Mail.objects.count() == 1
        expected = "sent" if carrier.startswith("Mailbox") else "unsure"
        assert models.Sending.objects.get().state == expected


def test_a_message_that_cannot_be_made_waits_and_the_next_one_goes(written: tuple[int, int]) -> None:
    organisation, first = written
    models.LetterPaper.objects.all().delete()  # as after erasing a person
    tenancy = offices.tenant(organisation, 2)
    wish = Wish(tenancy_id=tenancy, kind=Kind.FRIENDLY_REMINDER, on=offices.TODAY)
    write(organisation_id=organisation, actor="user:1", wish=wish, now=offices.LATER)
    carrier = Scripted()
    assert [_send(organisation, carrier, offices.LATER) for _ in range(3)] == [True, True, False]
    states = dict(models.Sending.objects.values_list("pk", "state"))
    assert (states.pop(first), list(states.values()), len(carrier.got)) == ("held", ["sent"], 1)
    assert models.Sending.objects.get(pk=first).why == "broken"


def test_post_that_came_back_is_a_fact_and_can_be_dealt_with(written: tuple[int, int]) -> None:
    organisation, sending = written
    _send(organisation, Scripted())
    who = {"organisation_id": organisation, "actor": "user:1", "sending_id": sending, "on": offices.TODAY}
    say_came_back(**who, now=offices.LATER)  # type: ignore[arg-type]
    assert _row().state == "bounced"
    assert Step.objects.get(kind="letter_bounced").actor == "user:1"
    assert [row.id for row in box(Tray.WAITS)] == [sending]
    with pytest.raises(NotRight):
        say_came_back(**who, now=offices.LATER)  # type: ignore[arg-type]
    deal_with(**who)  # type: ignore[arg-type]
    assert box(Tray.WAITS) == []
    assert Event.objects.filter(verb="message_dealt_with").count() == 1


def test_letters_of_another_corporation_are_not_seen(written: tuple[int, int]) -> None:
    from tijdig.access.actions import create_organisation
    from tijdig.access.scope import organisation_scope

    other = create_organisation(name="Andere", slug="andere")
    with organisation_scope(other):
        counts = [
            model.objects.count()
            for model in (models.Letter, models.LetterPaper, models.Sending, models.SendingText)
        ]
    assert counts == [0, 0, 0, 0]


def _states() -> tuple[str, str]:
    return _row().state, _row().why


def test_what_is_with_the_carrier_cannot_be_held_or_let_go(written: tuple[int, int]) -> None:
    organisation, sending = written
    _left(organisation)
    who = {"organisation_id": organisation, "actor": "user:1", "sending_id": sending, "on": offices.TODAY}
    for deed in (hold_back, take_back):
        with pytest.raises(NotRight):
            deed(**who)  # type: ignore[arg-type]
    with pytest.raises(NotRight):
        release(**who, now=offices.NOON)  # type: ignore[arg-type]
    assert _row().state == "handing"


def test_letting_go_overrules_one_reason_at_one_amount(written: tuple[int, int]) -> None:
    """Held by hand and let go, then money comes in: it is held. Let go all the same, then more comes in: held again."""
    organisation, sending = written
    who = {"organisation_id": organisation, "actor": "user:1", "sending_id": sending, "on": offices.TODAY}
    hold_back(**who)  # type: ignore[arg-type]
    release(**who, now=offices.NOON)  # type: ignore[arg-type]
    offices.learned_later(organisation, 1, 1_000)
    carrier = Scripted()
    _send(organisation, carrier)
    assert _states() == ("held", "paid_since")
    release(**who, now=offices.NOON)  # type: ignore[arg-type]
    offices.learned_later(organisation, 1, 2_000)
    _send(organisation, carrier)
    assert (_states(), carrier.got) == (("held", "paid_since"), [])
    release(**who, now=offices.NOON)  # type: ignore[arg-type]
    _send(organisation, carrier)
    assert _row().state == "sent"


def test_another_carrier_cannot_say_that_a_message_is_not_there(written: tuple[int, int]) -> None:
    organisation, _ = written
    _left(organisation)
    models.Sending.objects.update(carrier="een andere")
    carriers = Carriers(email=Scripted(known=Known.NO))
    recover(organisation_id=organisation, carriers=carriers, now=offices.LATER)
    assert _row().state == "unsure"


def test_a_backlog_waits_for_the_morning(written: tuple[int, int]) -> None:
    """Queued on Monday at noon, and the program comes up at eleven at night: Tuesday at seven."""
    from tijdig.base.days import AMSTERDAM

    organisation, _ = written
    carrier = Scripted()
    _send(organisation, carrier, datetime(2026, 11, 2, 23, 0, tzinfo=AMSTERDAM))
    assert (carrier.got, _row().go_at) == ([], datetime(2026, 11, 3, 7, 0, tzinfo=AMSTERDAM))


def test_a_report_that_comes_before_we_wrote_it_down_is_kept(written: tuple[int, int]) -> None:
    organisation, _ = written
    _left(organisation)
    report = Report(Arrival.BOUNCED, key=_row().key.hex)
    take_report(organisation_id=organisation, report=report, actor="x", now=offices.LATER, on=offices.TODAY)
    assert _row().state == "bounced"
    assert set(Step.objects.values_list("kind", flat=True)) == {"letter_sent", "letter_bounced"}


def test_a_day_in_the_letter_that_is_over_holds_it(organisation: int) -> None:
    from datetime import date

    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation)
    given = {"pay_before_on": date(2026, 11, 9)}
    wish = Wish(tenancy_id=tenancy, kind=Kind.REMINDER, on=offices.TODAY, given=given)
    write(organisation_id=organisation, actor="user:1", wish=wish, now=offices.NOON)
    _send(organisation, Scripted(), offices.NOON + timedelta(days=7))
    assert _states() == ("held", "too_late")


def test_a_trial_goes_to_the_mailbox_also_when_it_is_over(organisation: int) -> None:
    offices.letterhead(organisation, trial=True)
    tenancy = offices.tenant(organisation)
    wish = Wish(tenancy_id=tenancy, kind=Kind.FRIENDLY_REMINDER, on=offices.TODAY)
    write(organisation_id=organisation, actor="user:1", wish=wish, now=offices.NOON)
    offices.letterhead(organisation)
    carrier = Scripted()
    _send(organisation, carrier)
    assert (carrier.got, models.Mail.objects.count(), _row().state) == ([], 1, "sent")
    assert Step.objects.count() == 0  # it reached nobody


def test_the_same_way_twice_is_refused(written: tuple[int, int]) -> None:
    organisation, _ = written
    _send(organisation, Scripted())
    letter = _row().letter_id
    asked = {"organisation_id": organisation, "actor": "user:1", "letter_id": letter, "on": offices.TODAY}
    with pytest.raises(NotRight):
        send_another_way(**asked, channel=Channel.EMAIL, now=offices.NOON)  # type: ignore[arg-type]
    send_another_way(**asked, channel=Channel.PRINT, now=offices.NOON)  # type: ignore[arg-type]
    with pytest.raises(NotRight):
        send_another_way(**asked, channel=Channel.PRINT, now=offices.NOON)  # type: ignore[arg-type]
