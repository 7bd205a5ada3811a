"""Leases as VERA overeenkomsten, with their roles, price components and payment methods nested inside."""

from __future__ import annotations

from collections.abc import Iterator

from tijdig.lab.names import full_name
from tijdig.lab.numbers import contract_number
from tijdig.lab.population import Corporation
from tijdig.lab.write_vera import code, decimal, home_key, iso, moment, text


class LeaseWriter:
    """Holds the columns as lists, because taking one value at a time from an array is slow."""

    def __init__(self, corporation: Corporation) -> None:
        leases = corporation.leases
        self._corporation = corporation
        self._begin, self._end = leases.begin.tolist(), leases.end.tolist()
        self._home, self._parking_of = leases.home.tolist(), leases.parking_of.tolist()
        self._debit_day = corporation.debit_day.tolist()
        self._mandate_end = corporation.mandate_end.tolist()
        self._running = leases.running.tolist()
        self._levels = corporation.rents.levels_of(leases, corporation.window)

    def elements(self) -> Iterator[str]:
        return (self._lease(i) for i in range(len(self._begin)))

    def _lease(self, i: int) -> str:
        contract, begin = contract_number(i), iso(self._begin[i])
        running, parent = self._running[i], self._parking_of[i]
        status = code("LOP", "Lopend") if running else code("BEE", "Beëindigd")
        end = "null" if running else f'"{iso(self._end[i])}"'
        reason = "" if running else f'"eindeReden":{code("OPZ", "Opzegging")},'
        above = f'"bovenliggendeOvereenkomst":{{"id":"O{contract_number(parent)}"}},' if parent >= 0 else ""
        return (
            f'{{"id":"O{contract}","code":"{contract}","soort":{code("HUU", "Huurovereenkomst")},'
            f'"status":{status},"begindatum":"{begin}","einddatum":{end},{reason}{above}'
            f'"bewakingsstatus":{code("NOR", "Normaal")},"prolongatieInterval":"P1M",'
            f'"eenheden":[{{"id":"{home_key(self._home[i])}"}}],"relaties":[{self._parties(i, begin)}],'
            f'"prijscomponenten":[{self._rent(i)}],"betaalwijzen":[{self._methods(i, contract, begin)}]}}'
        )

    def _parties(self, i: int, begin: str) -> str:
        corporation = self._corporation
        people = corporation.people
        parties = [_party(people.key(i), "HUU", "Huurder", begin)]
        if people.two[people.lease[i]]:
            parties.append(_party(people.key(i, second=True), "MDH", "Medehuurder", begin))
        if corporation.is_helped(i):
            first = corporation.window.month_first(int(corporation.helped_from[i])).isoformat()
            key = f"B{int(corporation.body[i]) + 1:02d}"
            parties.append(_party(key, "BUD", "Budgetcoach", max(first, begin)))
        return ",".join(parties)

    def _rent(self, i: int) -> str:
        """Each component from each day on which it changed, to the day before the next change."""
        contract = contract_number(i)
        parts = []
        for kind, name, detail, changes in self._levels[i]:
            for n, (day, cents, last) in enumerate(changes):
                reason = "MUT" if n == 0 else "JAA"
                end = f'"einddatum":"{moment(last)}",' if last else ""
                parts.append(
                    f'{{"id":"{kind}{contract}{n:02d}","naam":"{name}","soort":{{"code":"{kind}"}},'
                    f'"detailSoort":{{"code":"{detail}"}},"begindatum":"{moment(day)}",{end}'
                    f'"bedrag":{decimal(cents)},"wijzigingsreden":{{"code":"{reason}"}}}}'
                )
        return ",".join(parts)

    def _methods(self, i: int, contract: str, begin: str) -> str:
        """Direct debit with mandate, and a transfer from the day after the mandate ended."""
        people, day = self._corporation.people, self._debit_day[i]
        holder = text(full_name(*people.name_parts(i)))
        account = (
            f'"betaalgegeven":{{"soort":{code("BAN", "Bankrekening")},'
            f'"iban":"{people.account(i)}","rekeninghouder":{holder}}}'
        )
        if not day:
            return f'{{"soort":{code("OVB", "Overboeking")},"begindatum":"{begin}",{account}}}'
        stop = self._mandate_end[i]
        ended = f'"einddatum":"{iso(stop)}",' if stop else ""
        debit = (
            f'{{"soort":{code("INC", "Incasso")},"begindatum":"{begin}",{ended}{account},'
            f'"incassomachtiging":{{"kenmerkMachtiging":"M-{contract}-1","afgiftedatum":"{begin}",'
            f'"soort":{code("DOO", "Doorlopend")}}},"incassomoment":{{"code":"{day:03d}"}}}}'
        )
        after = f',{{"soort":{code("OVB", "Overboeking")},"begindatum":"{iso(stop + 1)}"}}' if stop else ""
        return debit + after


def _party(key: str, role: str, name: str, begin: str) -> str:
    kind = code("REC", "Rechtspersoon") if key.startswith("B") else code("NAT", "Natuurlijk persoon")
    return f'{{"id":"{key}","soort":{kind},"rollen":[{{"soort":{code(role, name)},"begindatum":"{begin}"}}]}}'
