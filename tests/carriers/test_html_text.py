"""HTML of a stranger becomes words: nothing of it is run, shown or fetched, and it takes no longer than it should."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.hangs import no_square

from tijdig.carriers.html_text import html_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Ik betaal<br>morgen</p>", "Ik betaal\nmorgen"),
        ("<div>een</div><div>twee</div>", "een\ntwee"),
        ("<p>een</p><p>twee</p>", "een\n\ntwee"),
        ("<div>een</div><div><br></div><div>twee</div>", "een\n\ntwee"),
        ("<ul><li>een<li>twee</ul>", "- een\n- twee"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("Hoi<blockquote>Oud<blockquote>ouder</blockquote></blockquote>na", "Hoi\n\n> Oud\n>\n> > ouder\n> >\nna"),
        ("a &lt;b&gt; &euro;&nbsp;5 &amp;amp; &#8364; &#x20AC; &niets;", "a <b> € 5 &amp; € € &niets;"),
        ("<script>alert('x')</script>ja<style>p{}</style>", "ja"),
        ("<SCRIPT >x</SCRIPT\n>ja", "ja"),
        ("<head><title>weg</title></head><body>ja", "ja"),
        ("<!-- a > b -->ja<!-- nooit dicht", "ja<!-- nooit dicht"),
        ("<script>nooit dicht", "nooit dicht"),
        ("<![if !mso]>ja<![endif]><?xml x?><!DOCTYPE html>", "ja"),
        ('<a href="https://bank.example" title="a > b">klik</a>', "klik"),
        ('<img src="http://volgt.example/1" alt="een huis"> en <img src="x">', "[een huis] en"),
        ("3 < 4 en 5 > 2", "3 < 4 en 5 > 2"),
        ("ik betaal <3", "ik betaal <3"),
        ("<p onclick='x'>ja</p", "ja</p"),
        ("veel\n   witruimte\t hier", "veel witruimte hier"),
        ("", ""),
    ],
)  # fmt: skip
def test_html_is_read_aloud(html: str, text: str) -> None:
    assert html_text(html) == text


@pytest.mark.parametrize(
    "unit",
    ["<!--", "<a ", "<", "<![", "&#", "<a b='", '<a "', "<?", "</", "<div>", "<blockquote>x", "<script>", "<script></s",
     "<title>", "&", "&#9999999", '<a "<a \'', "<a b=", '<img alt="x">', "<a\n", "<li>", "<!"],
)  # fmt: skip
def test_what_never_ends_takes_no_time_by_the_square(unit: str) -> None:
    with no_square():
        html_text(unit * (400_000 // len(unit)))


@given(st.text(alphabet="<>/!-=\"' &#;abprscitqlo\n", max_size=200))
def test_no_html_makes_it_stumble(html: str) -> None:
    html_text(html)


@given(st.text(alphabet="abc é€\n", max_size=80))
def test_plain_words_stay(text: str) -> None:
    assert html_text(f"<p>{text}</p>") == " ".join(text.split())
