"""How far the costs of letters apart may add up: never to more than one letter would have cost.

Decides the most that a letter may still ask after earlier ones. An instalment that was late and open when an earlier letter
went, and was left out of it, is added up with what that letter made due (article 6:96 paragraph 7 BW). Small instalments
within six months of earlier costs add nothing (article 2a of the decree, whose text was not obtained: the lower reading).

Units: whole cents. Example: two rents of € 100 that were both late, each with a letter of its own: the first costs € 40, the
second nothing, because one letter over € 200 costs € 40 too.

Left out: letters to one debtor about two leases.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tijdig.arrears.notice_costs import NoticeCosts, Owed
from tijdig.arrears.notices import Notice
from tijdig.arrears.open_then import OpenThen
from tijdig.base.days import add_months
from tijdig.law.answer import short_day
from tijdig.law.collection_costs import collection_costs, small_instalments


def limits(
    then: OpenThen, notice: Notice, owed: Sequence[Owed], earlier: Sequence[NoticeCosts]
) -> Iterator[tuple[int, str]]:
    """The most that the fee of a letter may be after those before it, and the sentence that says why."""
    if _small_again(notice, owed, earlier):
        yield 0, "Kleine termijnen binnen zes maanden na eerdere kosten tellen niet apart mee (artikel 2a)."
    same = [one for one in earlier if any(_left_out(then, one, two) for two in owed)]
    if same:
        together = [two.cents for one in same for two in one.owed] + [one.cents for one in owed]
        joint = collection_costs(together, notice.sent_on, None, notice.conventions).fee_cents
        most = max(0, joint - sum(one.fee_cents for one in same))
        sent = short_day(same[0].notice.sent_on)
        yield most, f"Een deel kon al in de brief van {sent} staan: samen opgeteld (artikel 6:96 lid 7 BW)."


def _left_out(then: OpenThen, earlier: NoticeCosts, one: Owed) -> bool:
    """Could an instalment have stood in an earlier letter, and did it not?"""
    sent_on = earlier.notice.sent_on
    fitted = then.was_due(one.row, sent_on) and then.open_before(one.row, sent_on) > 0
    return fitted and one.entry not in earlier.notice.facts.entries


def _small_again(notice: Notice, owed: Sequence[Owed], earlier: Sequence[NoticeCosts]) -> bool:
    """Are these all small instalments, with costs of another letter in the months that article 2a looks back?"""
    rule = small_instalments()
    if notice.sent_on < rule.first_on:
        return False
    value = rule.at(notice.sent_on).value
    if any(one.cents > int(value["threshold_cents"]) for one in owed):
        return False
    since = add_months(notice.sent_on, -int(value["look_back_months"]))
    return any(one.notice.sent_on >= since for one in earlier)
