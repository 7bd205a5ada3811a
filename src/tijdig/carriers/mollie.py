"""Payment links of Mollie, with Mollie's own client.

Decides what the provider's words mean for a link. A link is paid when its payments with status `paid`, less what was
refunded and what was charged back, make the whole amount; Mollie itself keeps saying `paid` after a chargeback. A link
that was archived cannot be paid any more: `EXPIRED`.

Sources: the payment links API v2 (docs.mollie.com/reference: `POST /v2/payment-links` with amount, description,
expiresAt, redirectUrl, webhookUrl, reusable, allowedMethods; `GET /v2/payment-links/{id}` and `/payments` below it) and
the source of mollie-api-python 4.0.0 (`payment_links.create(data, idempotency_key)`). The examples still say `ideal` for
what is now called iDEAL | Wero. A hint is a POST with `id=...` and no more, so the status is always fetched; whether that
is the id of the link or of its payment the documentation leaves open, so `hint_url` should itself say which link it is
about. Nothing was tried against the live service. Mollie remembers an idempotency key for a limited time: a link that is
asked for again much later is a second one, which does no harm as long as one of them is given to the tenant.

`deadline_s` bounds one question with all its requests. Units: whole cents to and from `"12.34"` EUR, never
through a float. A key that begins with `test_` moves no money.
Errors: `LinkError`; never with the key in it. Left out: refunds, other currencies, access tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from mollie.api.client import Client
from mollie.api.error import Error, RequestError, RequestSetupError, ResponseError
from requests import Session

from tijdig.base.days import AMSTERDAM, amsterdam_day
from tijdig.base.money import cents_from_dot
from tijdig.carriers.deadline import Deadline
from tijdig.carriers.http_session import session_within
from tijdig.carriers.payment_link import Link, LinkError, LinkState, LinkStatus
from tijdig.carriers.smtp import one_line

_LONGEST_DESCRIPTION = 255
_PAGE, _MOST_PAGES = 250, 20
_SETTING = (401, 403)
_OWN_FAULT = (400, 404, 410, 422)


class Mollie:
    """`endpoint` is Mollie's own unless a test says otherwise; `methods` are ways to pay that the account has on."""

    name = "mollie"

    def __init__(
        self,
        key: str,
        now: Callable[[], datetime],
        *,
        endpoint: str = "",
        methods: tuple[str, ...] = ("ideal",),
        timeout_s: float = 10,
        deadline_s: float = 60,
    ) -> None:
        try:
            self._key = Client.validate_api_key(key)
        except RequestSetupError:
            raise LinkError("De sleutel van Mollie moet met live_ of test_ beginnen.", again=False) from None
        self._endpoint, self._timeout_s, self._deadline_s = endpoint, timeout_s, deadline_s
        self._live = key.strip().startswith("live_")
        self._now = now
        self._methods = methods

    @property
    def live(self) -> bool:
        return self._live

    def create(
        self,
        *,
        amount_cents: int,
        description: str,
        key: str,
        expires_on: date,
        return_url: str,
        hint_url: str,
    ) -> Link:
        if amount_cents <= 0:
            raise LinkError("Een betaallink vraagt een bedrag boven nul.", again=False)
        end = datetime.combine(expires_on + timedelta(days=1), time(), AMSTERDAM) - timedelta(seconds=1)
        data = {
            "amount": {"currency": "EUR", "value": f"{amount_cents // 100}.{amount_cents % 100:02d}"},
            "description": one_line(description, _LONGEST_DESCRIPTION),
            "expiresAt": end.isoformat(),
            "reusable": False,
            "allowedMethods": list(self._methods),
        }
        data |= {"redirectUrl": return_url} if return_url else {}
        data |= {"webhookUrl": hint_url} if hint_url else {}
        made = self._told(lambda client: client.payment_links.create(data, idempotency_key=key))
        url = made.payment_link
        if not isinstance(made.id, str) or not isinstance(url, str):
            raise LinkError("Mollie gaf geen betaallink terug.", again=True)
        return Link(made.id, url)

    def status(self, provider_id: str) -> LinkStatus:
        found: LinkStatus = self._told(lambda client: self._status(client, provider_id))
        return found

    def _status(self, client: Client, provider_id: str) -> LinkStatus:
        link = client.payment_links.get(provider_id)
        asked_cents = _cents(link["amount"])
        paid = [one for one in self._payments(link) if one.get("status") == "paid"]
        left_cents = sum(map(_left_cents, paid))
        if left_cents >= asked_cents > 0:
            return LinkStatus(LinkState.PAID, left_cents, _last_day(paid))
        if paid:
            return LinkStatus(LinkState.FAILED, left_cents, _last_day(paid) if left_cents else None)
        ends = link.get("expiresAt")
        over = bool(link.get("archived")) or (ends and datetime.fromisoformat(ends) <= self._now())
        return LinkStatus(LinkState.EXPIRED if over else LinkState.OPEN)

    def _payments(self, link: Any) -> Iterator[Mapping[str, Any]]:
        page = link.payments.list(limit=_PAGE)
        for _ in range(_MOST_PAGES):
            yield from page
            if not page.has_next():
                return
            page = page.get_next()

    def _told(self, ask: Callable[[Client], Any]) -> Any:
        """What the client says, or one `LinkError` for all that can go wrong in it, the deadline included."""
        try:
            with Deadline(self._deadline_s) as deadline, session_within(deadline) as session:
                return ask(self._client(session))
        except ResponseError as error:
            raise _refused(error) from error
        except RequestSetupError as error:
            raise LinkError("Dit is geen betaallink van Mollie.", again=False) from error
        except RequestError as error:
            raise LinkError("Mollie is nu niet bereikbaar.", again=True) from error
        except (Error, ValueError, TypeError, KeyError, AttributeError) as error:
            raise LinkError("Mollie gaf een antwoord dat niet te lezen is.", again=True) from error

    def _client(self, session: Session) -> Client:
        client = Client(api_endpoint=self._endpoint, timeout=self._timeout_s, retry=0)  # type: ignore[arg-type]  # wants int
        client.UNAME = ""  # the client would tell the name of this machine
        client.set_api_key(self._key)
        client._client = session
        return client


def _refused(error: ResponseError) -> LinkError:
    status = error.status if isinstance(error.status, int) else 0
    if status in _SETTING:
        return LinkError(f"Mollie weigert onze sleutel ({status}). Kijk de instelling na.", again=True)
    said = one_line(f"Mollie maakt of vindt deze betaallink niet ({status}): {error}")
    if status in _OWN_FAULT:
        return LinkError(said, again=False)
    return LinkError(f"Mollie kan nu niet antwoorden ({status}).", again=True)


def _cents(amount: Any) -> int:
    if amount["currency"] != "EUR":
        raise ValueError("another currency")
    return cents_from_dot(amount["value"])


def _left_cents(payment: Mapping[str, Any]) -> int:
    gone = (payment.get("amountRefunded"), payment.get("amountChargedBack"))
    return _cents(payment["amount"]) - sum(_cents(one) for one in gone if one)


def _last_day(payments: list[Mapping[str, Any]]) -> date:
    return max(amsterdam_day(datetime.fromisoformat(one["paidAt"])) for one in payments)
