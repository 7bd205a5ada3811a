"""The guard over all browser tests sees a request to another host and a breach of the policy, and lets none pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize(
    "act",
    [
        "fetch('https://elders.example/x').catch(() => 0)",
        "new Image().src = 'https://elders.example/x.png'",
        "new Image().src = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='",
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')",
        "document.body.appendChild(Object.assign(document.createElement('script'), {textContent: 'window.run = 1'}))",
        "document.body.appendChild(Object.assign(document.createElement('iframe'), {src: '/account'}))",
        "setTimeout('window.run = 1', 0)",
    ],
)
def test_what_a_page_may_not_do_is_stopped_and_seen(page: Page, stays_at_home: list[str], act: str) -> None:
    assert stays_at_home == []
    page.evaluate(f"() => {{ try {{ {act} }} catch (refused) {{}} }}")
    page.wait_for_timeout(300)
    assert stays_at_home != []
    assert page.evaluate("() => window.run") is None
    stays_at_home.clear()


def test_no_other_program_may_show_our_pages(page: Page) -> None:
    answer = page.goto(page.url)
    assert answer is not None
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
