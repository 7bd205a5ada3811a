"""The running program, as a program at its API and as people at its pages see it."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = TOKEN = "tijdig-demo"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Running:
    """The program on its port, and what a program at its API does to it."""

    def __init__(self, port: int, data: Path) -> None:
        self.port, self.data = port, data
        self.address = f"http://127.0.0.1:{port}"
        self.api = httpx.Client(
            base_url=f"{self.address}/api/v1", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=20
        )

    def tenancy(self, contract: str, surname: str) -> None:
        body = {
            "key": contract,
            "begin_on": "2020-01-01",
            "home": {
                "key": f"E-{contract}",
                "street": "Verzonnenlaan",
                "house_number": "1",
                "postcode": "3511AB",
                "city": "Utrecht",
                "region": "Zuid",
            },
            "tenants": [{"key": f"R-{contract}", "surname": surname, "initials": "A."}],
            "rents": [{"amount_cents": 70000, "begin_on": "2020-01-01"}],
        }
        self.api.put(f"/tenancies/{contract}", json=body).raise_for_status()

    def post(self, contract: str, kind: str, cents: int, day: str, reference: str) -> None:
        entry = {
            "contract_number": contract,
            "kind": kind,
            "amount_cents": cents,
            "effective_on": day,
            "reference": reference,
        }
        if kind == "rent":
            entry["due_on"] = day
        answer = self.api.post("/entries", json={"entries": [entry]}, headers={"Idempotency-Key": reference})
        assert answer.json()["posted"] == 1, answer.text

    def session(self, who: str) -> httpx.Client:
        """Somebody signed in without a browser."""
        client = httpx.Client(base_url=self.address, follow_redirects=True, timeout=20)
        token = client.get("/aanmelden").text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        form = {"username": f"{who}@demo.tijdig", "password": PASSWORD, "csrfmiddlewaretoken": token}
        answer = client.post("/aanmelden", data=form)
        assert answer.status_code == 200, answer.text[:3000]
        return client


def sign_in(page: Page, address: str, who: str) -> None:
    page.goto(f"{address}/aanmelden")
    page.fill("#username", f"{who}@demo.tijdig")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("header.bar")
    page.wait_for_load_state("load")  # its script listens by then: a key that comes sooner is lost
