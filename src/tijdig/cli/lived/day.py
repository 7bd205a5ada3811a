"""One day of a made-up year, in the order in which a corporation lives it."""

from __future__ import annotations

from django.db import connection

from tijdig.access.scope import organisation_scope
from tijdig.cases.actions import evaluate_dirty
from tijdig.cases.actions_assign import assign_open
from tijdig.cases.actions_night import run_night
from tijdig.cli.lived import office as beside
from tijdig.cli.lived import outbox
from tijdig.cli.lived.desk import Desk
from tijdig.cli.lived.list import is_workday, work
from tijdig.cli.lived.plans import end_paid_off
from tijdig.cli.lived.referring import ask_how, municipality_answers
from tijdig.cli.lived.tenants import entries, match_old
from tijdig.cli.lived.watch import Watch

ACTOR = "system:year"


def live(desk: Desk, watch: Watch, held: int | None = None) -> None:
    """`held` is the bank account of which the statement does not tie today."""
    with desk.timed("entries"):
        entries(desk, held)
    evaluate(desk)
    with desk.timed("night"):
        run_night(organisation_id=desk.organisation, on=desk.on, actor=ACTOR)
        assign_open(organisation_id=desk.organisation, on=desk.on, actor=ACTOR)
    with desk.timed("post"):
        outbox.automatic(desk, desk.moment(8))
    watch.after_sending()
    if is_workday(desk):
        office(desk)
        evaluate(desk)
        with desk.timed("lists"):
            work(desk)
        with desk.timed("post"):
            outbox.send(desk, desk.moment(19, 30))
        watch.after_sending()
    evaluate(desk)
    with desk.timed("watch"):
        watch.look(desk.on)
    desk.books.close()


def office(desk: Desk) -> None:
    """What is done beside the lists."""
    lead = desk.people[0]
    by, now = f"user:{lead.id}", desk.moment(8, 30)
    with desk.timed("office"):
        behind, with_bailiff = _standing(desk)
        match_old(desk)
        outbox.look_at_held(desk, by, now)
        outbox.come_back(desk, now)
        beside.letters_of_objection(desk, behind)
        beside.answer_objections(desk, lead)
        beside.confer(desk, now)
        beside.files_back(desk, lead, with_bailiff, now)
        end_paid_off(desk, lead)
        beside.answer_missed(desk, lead)
        ask_how(desk, lead, now)
        municipality_answers(desk, lead)
    with desk.timed("paper"):
        outbox.paper(desk, by)


def _standing(desk: Desk) -> tuple[list[int], list[int]]:
    """Who is behind, and whose file is with the bailiff."""
    with organisation_scope(desk.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT tenancy_id FROM cases_standing WHERE alert ORDER BY tenancy_id")
        behind = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT tenancy_id FROM cases_standing WHERE bucket = 'bailiff' ORDER BY tenancy_id")
        return behind, [row[0] for row in cursor.fetchall()]


def evaluate(desk: Desk) -> None:
    """Whatever changed is looked at anew."""
    with desk.timed("evaluate"):
        while evaluate_dirty(organisation_id=desk.organisation, on=desk.on):
            pass
