"""The only writers of questions, answers and costs of a file. By name, with a line of history; each for one side."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from tijdig.access.scope import again, organisation_scope
from tijdig.bailiff.actions_made import write_history
from tijdig.bailiff.costs import (
    AWARDED,
    Act,
    CostDraft,
    Grounds,
    Payer,
    asks_agreement,
    compared,
    faults,
    waits_for_corporation,
)
from tijdig.bailiff.costs import Cost as BookedCost
from tijdig.bailiff.kinds import May, Side
from tijdig.bailiff.models import (
    Answer,
    AnswerText,
    Cost,
    CostAgreement,
    CostText,
    CostWithdrawal,
    Question,
    QuestionText,
)
from tijdig.bailiff.queries import file, in_force
from tijdig.bailiff.queries_earlier import of_files
from tijdig.bailiff.queries_in_file import costs_of, question
from tijdig.bailiff.queries_owed import items_of
from tijdig.bailiff.values import Agreement, File
from tijdig.base.not_done import NotDone
from tijdig.tenancies.actions_lock import lock_tenancy

LONGEST = 800
_NOT_OWED = "De huurder is dit nog niet schuldig: het tarief is niet te toetsen."
_GONE = "Dit dossier is er niet, of niet meer bij u."


def held(file_id: int) -> File:
    """The file, open, with its tenancy held until the end of this transaction. Raises `NotDone` where it is not."""
    known = _held(file_id)
    if known.ended_on is not None:
        raise NotDone((f"Dit dossier is al gesloten door {known.end_name}.",))
    return known


def _held(file_id: int) -> File:
    """The same, open or closed."""
    known = file(file_id)
    if known is None or not lock_tenancy(known.tenancy_id) or (known := file(file_id)) is None:
        raise NotDone((_GONE,))
    return known


def agreed_with(partner_id: int, side: Side, may: May | None, on: date) -> Agreement:
    """What holds with the partner. Raises `NotDone` where nothing does, and where the partner may not do this."""
    found = next((one for one in in_force(on) if one.partner_id == partner_id), None)
    if found is None:
        raise NotDone(("Met deze deurwaarder zijn nu geen afspraken.",))
    if side is Side.PARTNER and may is not None and may not in found.terms.may:
        raise NotDone(("Dit is niet afgesproken met deze corporatie.",))
    return found


@again
def ask_question(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    file_id: int,
    side: Side,
    text: str,
    asked_as: UUID,
    on: date,
) -> int:
    """Ask the other side something. The same form twice is one question. Raises `NotDone`."""
    words = _words(text, "Schrijf uw vraag op.")
    with organisation_scope(organisation_id):
        known = held(file_id)
        agreed_with(known.partner_id, side, None, on)
        if same := Question.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first():
            return int(same)
        row = Question.objects.create(
            organisation_id=organisation_id, file_id=file_id, tenancy_id=known.tenancy_id, side=side.value, on=on,
            actor=actor, name=_named(name), asked_as=asked_as,
        )  # fmt: skip
        QuestionText.objects.create(organisation_id=organisation_id, question=row, text=words)
        write_history(
            organisation_id,
            actor,
            "file_question",
            known.tenancy_id,
            on,
            {"question": row.pk, "side": side.value},
            words,
        )
        return int(row.pk)


@again
def answer(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    file_id: int,
    question_id: int,
    side: Side,
    text: str,
    on: date,
) -> None:
    """Answer what the other side asked. Raises `NotDone`, also where somebody answered it already."""
    words = _words(text, "Schrijf uw antwoord op.")
    with organisation_scope(organisation_id):
        known, asked = held(file_id), question(question_id)
        if asked is None or asked.file_id != file_id:
            raise NotDone((_GONE,))
        if asked.side is side:
            raise NotDone(("Deze vraag is van uw eigen kant. De ander antwoordt.",))
        try:
            with transaction.atomic():
                row = Answer.objects.create(
                    organisation_id=organisation_id,
                    question_id=question_id,
                    on=on,
                    actor=actor,
                    name=_named(name),
                )
        except IntegrityError as error:
            raise NotDone(("Hier is al op geantwoord. Stel een nieuwe vraag.",)) from error
        AnswerText.objects.create(organisation_id=organisation_id, answer=row, text=words)
        write_history(
            organisation_id, actor, "file_answer", known.tenancy_id, on, {"question": question_id}, words
        )


@again
def book(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    file_id: int,
    side: Side,
    draft: CostDraft,
    asked_as: UUID,
    on: date,
) -> int:
    """Book what an act cost, held against the tariff of its day. The same form twice is one cost. What a partner books for
    the tenant without a tariff to hold it against waits for the corporation.

    Raises `NotDone` with all that is wrong.
    """
    with organisation_scope(organisation_id):
        known = held(file_id)
        if same := Cost.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first():
            return int(same)
        grounds = grounds_of(known, agreed_with(known.partner_id, side, May.COSTS, on), draft.on)
        if wrong := faults(draft, grounds, on):
            raise NotDone(wrong)
        test, label = compared(draft, grounds), draft.label if draft.act is Act.AGREED else ""
        row = Cost.objects.create(
            organisation_id=organisation_id, file_id=file_id, tenancy_id=known.tenancy_id, act=draft.act.value,
            label=label, payer=draft.payer.value, on=draft.on, cents=draft.cents, vat_cents=draft.vat_cents,
            against=test.against.value, tariff_cents=test.tariff_cents, side=side.value, actor=actor, name=_named(name),
            asked_as=asked_as, asks_agreement=asks_agreement(draft, test.against, side),
        )  # fmt: skip
        if draft.reason.strip():
            CostText.objects.create(
                organisation_id=organisation_id, cost=row, reason=draft.reason.strip()[:LONGEST]
            )
        facts: dict[str, object] = {
            "cost": row.pk, "act": row.act, "payer": row.payer, "cents": row.cents, "vat_cents": row.vat_cents,
            "against": row.against, "tariff_cents": row.tariff_cents, "asks_agreement": row.asks_agreement,
        }  # fmt: skip
        write_history(organisation_id, actor, "file_cost", known.tenancy_id, on, facts, draft.reason.strip())
        return int(row.pk)


@again
def withdraw_cost(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    file_id: int,
    cost_id: int,
    side: Side,
    on: date,
    reason: str = "",
) -> None:
    """Take a booking back: it counts for nothing and is still shown. Raises `NotDone`, also for what a court awarded and
    for what the other side booked. In a file that is closed the corporation does it, also of what a court awarded, and
    says why."""
    with organisation_scope(organisation_id):
        known, stands = _of_cost(file_id, cost_id, side, on)
        words = _why(known, reason)
        if stands.act in AWARDED and known.ended_on is None:
            raise NotDone(("Dit volgt uit het vonnis. Verbeter het vonnis als het bedrag niet klopt.",))
        if side is Side.PARTNER and stands.side is not side:
            raise NotDone(("De corporatie boekte dit. Vraag haar om het in te trekken.",))
        try:
            with transaction.atomic():
                CostWithdrawal.objects.create(
                    organisation_id=organisation_id, cost_id=cost_id, on=on, actor=actor, name=_named(name)
                )
        except IntegrityError as error:
            raise NotDone(("Dit is al ingetrokken.",)) from error
        facts: dict[str, object] = {"file": file_id, "cost": cost_id, "name": _named(name)}
        write_history(organisation_id, actor, "file_cost_withdrawn", known.tenancy_id, on, facts, words)


@again
def received(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    file_id: int,
    cost_id: int,
    side: Side,
    received_on: date | None,
    on: date,
    reason: str = "",
) -> None:
    """The tenant paid this cost to the bailiff; without a day: it was said by mistake. Raises `NotDone`. In a file that is
    closed the corporation does it, and says why."""
    with organisation_scope(organisation_id):
        known, stands = _of_cost(file_id, cost_id, side, on)
        words = _why(known, reason)
        if stands.payer is not Payer.TENANT:
            raise NotDone(("Dit betaalt de corporatie.",))
        if _waits(known, stands):
            raise NotDone((f"{_NOT_OWED} Laat eerst iemand van de corporatie akkoord gaan.",))
        if received_on is not None and not stands.on <= received_on <= on:
            raise NotDone(("Kies de dag waarop het geld kwam: na de kosten zelf, en vandaag of eerder.",))
        if (stands.received_on is None) is (received_on is None):
            raise NotDone(("Dit stond al zo.",))
        Cost.objects.filter(pk=cost_id).update(received_on=received_on)
        facts: dict[str, object] = {
            "file": file_id,
            "cost": cost_id,
            "received_on": received_on and received_on.isoformat(),
            "name": _named(name),
        }
        write_history(organisation_id, actor, "file_cost_received", known.tenancy_id, on, facts, words)


@again
def agree_cost(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    file_id: int,
    cost_id: int,
    side: Side,
    on: date,
    reason: str = "",
) -> None:
    """Agree, for the corporation, to what a partner booked for the tenant without a tariff to hold it against: from now the
    tenant owes it. Raises `NotDone`. In a file that is closed it says why."""
    if side is not Side.CORPORATION:
        raise NotDone((f"{_NOT_OWED} Iemand van de corporatie gaat akkoord, of niet.",))
    with organisation_scope(organisation_id):
        known, stands = _of_cost(file_id, cost_id, side, on)
        words = _why(known, reason)
        if stands.agreed_by:
            raise NotDone((f"{stands.agreed_by} ging hier al mee akkoord.",))
        if not _waits(known, stands):
            raise NotDone(
                ("Hiervoor is geen akkoord nodig: kijk bij het tarief, of bij wat de rechter toewees.",)
            )
        CostAgreement.objects.create(
            organisation_id=organisation_id, cost_id=cost_id, on=on, actor=actor, name=_named(name)
        )
        facts: dict[str, object] = {"file": file_id, "cost": cost_id, "name": _named(name)}
        write_history(organisation_id, actor, "file_cost_agreed", known.tenancy_id, on, facts, words)


def grounds_of(known: File, agreed: Agreement, on: date) -> Grounds:
    """What a cost of this file is held against, as of the day of the act; the judgment may be of a file before it."""
    judged = of_files([known])[known.id].judgment
    claim_cents = sum(
        one.open_cents for one in items_of(known.tenancy_id, on) if one.overdue and not one.disputed
    )
    return Grounds(
        tariffs=agreed.terms.tariffs,
        vat_declared=agreed.terms.vat_declared,
        claim_cents=max(claim_cents, 0),
        judged_on=judged.on if judged and judged.awarded else None,
    )


def _of_cost(file_id: int, cost_id: int, side: Side, on: date) -> tuple[File, BookedCost]:
    """A cost of this file as it stands; of one that is closed only for the corporation, whatever is agreed now. Raises
    `NotDone`."""
    known = held(file_id) if side is Side.PARTNER else _held(file_id)
    if known.ended_on is None:
        agreed_with(known.partner_id, side, May.COSTS, on)
    stands = next((one for one in costs_of(file_id) if one.id == cost_id), None)
    if stands is None:
        raise NotDone((_GONE,))
    if stands.withdrawn_by:
        raise NotDone(("Dit is al ingetrokken.",))
    return known, stands


def _waits(known: File, stands: BookedCost) -> bool:
    """Does it wait for the corporation, after the last judgment there is?"""
    judged = of_files([known])[known.id].judgment
    return waits_for_corporation(stands, judged.on if judged else None)


def _why(known: File, reason: str) -> str:
    """The words, which a file that is closed asks for."""
    if known.ended_on is None and not reason.strip():
        return ""
    return _words(reason, "Dit dossier is gesloten. Schrijf op waarom u dit verandert.")


def _words(text: str, missing: str) -> str:
    words = text.strip()
    if not words:
        raise NotDone((missing,))
    if len(words) > LONGEST:
        raise NotDone((f"Houd het onder {LONGEST} tekens.",))
    return words


def _named(name: str) -> str:
    if not name.strip():
        raise NotDone(("Alleen iemand met een naam kan dit doen.",))
    return name.strip()
