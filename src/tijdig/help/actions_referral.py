"""The only writers of referrals: refer a household by name, and write down how it goes. The pause goes with it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid5

from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.cases.queries_policy import policy_on
from tijdig.help.actions_pause import By, for_referral, over, rest
from tijdig.help.models import Referral, ReferralAnswer, ReferralAnswerText, ReferralText
from tijdig.help.queries_referral import helper, referral
from tijdig.help.referral import GOES_ON, AnswerDraft, ReferralDraft, Result, answer_faults, faults
from tijdig.history.actions import record
from tijdig.tenancies.actions_lock import lock_tenancy


def refer(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    draft: ReferralDraft,
    asked_as: UUID,
    now: datetime,
    on: date,
) -> int:
    """Refer a household to a helper by name, and let the collection rest until a day where that was chosen.

    Returns the id; the same form twice is one referral. A decision to help that already lasts longer stays. Raises `NotDone`
    with all that is wrong.
    """
    with organisation_scope(organisation_id):
        if not name.strip() or not lock_tenancy(draft.tenancy_id):
            raise NotDone(("Deze huurder is er niet.",))
        known = Referral.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first()
        if known is not None:
            return int(known)
        to = helper(draft.helper_id)
        wrong = tuple(faults(draft, to, on, policy_on(on).help.longest_pause_days))
        if wrong or to is None or draft.follow_up_on is None:
            raise NotDone(wrong)
        row = Referral.objects.create(
            organisation_id=organisation_id,
            tenancy_id=draft.tenancy_id,
            helper_id=to.id,
            causes=list(dict.fromkeys(draft.causes)),
            consent=draft.consent,
            shared=list(dict.fromkeys(draft.shared)),
            follow_up_on=draft.follow_up_on,
            pause_until=draft.pause_until,
            referred_on=on,
            actor=actor,
            name=name.strip(),
            asked_as=asked_as,
        )
        words = draft.words.strip()
        if words:
            ReferralText.objects.create(organisation_id=organisation_id, referral=row, text=words)
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="referred",
            subject=f"tenancy:{draft.tenancy_id}",
            effective_on=on,
            facts=_facts(row),
            text=words,
        )
        if draft.pause_until is not None:
            by = By(organisation_id=organisation_id, actor=actor, name=name, now=now, on=on)
            rest(by, draft.tenancy_id, for_referral(row.pk, to, draft.pause_until), uuid5(asked_as, "pause"))
        return int(row.pk)


def _facts(row: Referral) -> dict[str, object]:
    """Codes, ids and days, no personal text; to whom and why stand at the referral alone, where they can be erased."""
    return {
        "referral": row.pk,
        "consent": row.consent,
        "shared": row.shared,
        "follow_up_on": row.follow_up_on.isoformat(),
        "pause_until": row.pause_until.isoformat() if row.pause_until else None,
    }


def hear(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    draft: AnswerDraft,
    asked_as: UUID,
    now: datetime,
    on: date,
) -> None:
    """Write down how it goes; what ends a referral ends its pause. Raises `NotDone` with all that is wrong."""
    with organisation_scope(organisation_id):
        known = referral(draft.referral_id)
        if known is None or not name.strip() or not lock_tenancy(known.tenancy_id):
            raise NotDone(("Deze verwijzing is er niet.",))
        known = referral(draft.referral_id) or known  # as whoever held the tenancy left it
        if ReferralAnswer.objects.filter(asked_as=asked_as, referral_id=known.id).exists():
            return
        wrong = tuple(answer_faults(draft, known, on, policy_on(on).help.longest_pause_days))
        if wrong or draft.answered_on is None:
            raise NotDone(wrong)
        result = Result(draft.result)
        row = ReferralAnswer.objects.create(
            organisation_id=organisation_id,
            referral_id=known.id,
            result=result.value,
            answered_on=draft.answered_on,
            follow_up_on=draft.follow_up_on if result in GOES_ON else None,
            pause_until=draft.pause_until if result in GOES_ON else None,
            actor=actor,
            name=name.strip(),
            asked_as=asked_as,
        )
        words = draft.words.strip()
        if words:
            ReferralAnswerText.objects.create(organisation_id=organisation_id, answer=row, text=words)
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="referral_heard",
            subject=f"tenancy:{known.tenancy_id}",
            effective_on=draft.answered_on,
            facts={
                "referral": known.id,
                "follow_up_on": row.follow_up_on.isoformat() if row.follow_up_on else None,
            },
            text=words,
        )
        by = By(organisation_id=organisation_id, actor=actor, name=name, now=now, on=on)
        form = uuid5(asked_as, "pause")
        if result not in GOES_ON:
            over(
                by, known.tenancy_id, f"referral:{known.id}", f"{_ENDED[result]} ({known.helper.name})", form
            )
        elif draft.pause_until is not None:
            rest(by, known.tenancy_id, for_referral(known.id, known.helper, draft.pause_until), form)


_ENDED = {
    Result.DONE: "De hulp is klaar.",
    Result.REFUSED: "De huurder wil geen hulp.",
    Result.NOT_SHOWN: "De huurder is niet gekomen.",
    Result.NO_PLACE: "Deze helper kan niet helpen.",
    Result.WITHDRAWN: "De huurder trok de toestemming in.",
}
