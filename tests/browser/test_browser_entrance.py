"""A passkey in a real browser, with a device that chromium plays; a second step with the picture on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from running import PASSWORD, Running

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_a_passkey_is_made_and_signs_in(chromium: Browser, program: Running) -> None:
    """At `localhost`: a browser keeps passkeys for names, not for numbers."""
    address = program.address.replace("127.0.0.1", "localhost")
    context = chromium.new_context(locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(15_000)
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto(f"{address}/aanmelden")
    page.fill("#username", "klantenservice@demo.tijdig")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("header.bar")
    page.goto(f"{address}/account")
    page.click("section[aria-labelledby=keys-title] summary")
    page.fill("#sleutel-naam", "laptop van het werk")
    page.fill("#sleutel-wachtwoord", PASSWORD)
    page.click("section[aria-labelledby=keys-title] details button")
    page.click("form[data-passkey] button")
    page.wait_for_url("**/account")
    assert page.locator("input[value='laptop van het werk']").count() == 1
    page.click("header .me:last-of-type summary")
    page.click("form[action='/afmelden'] button")
    page.wait_for_url("**/aanmelden")
    page.goto(f"{address}/aanmelden/sleutel?next=/account")
    page.click("form[data-passkey] button")
    page.wait_for_url("**/account")
    assert "met een toegangssleutel" in page.locator("main").inner_text()
    page.locator("button[value=weg]").click()
    page.locator("main .notes").wait_for()
    context.close()
