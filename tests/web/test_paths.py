"""A browser is only ever sent on to a page of ours."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.paths import local_path

HOSTILE = [
    "",
    "evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/%2e%2e",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example",
    "/\x00/evil.example",
    "/\x0b/evil.example",
    "/\x85/evil.example",
    "/\u2028/evil.example",
    "/\ufeff/evil.example",
    "/a//evil.example",
    "/..//evil.example",
    "http://evil.example",
    "https:evil.example",
    "HTTP://evil.example",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "/path\r\nSet-Cookie: a=b",
    "?next=//evil.example",
    "#/evil",
    "./evil",
    "@evil.example",
    "/" + "a" * 2000,
]
LOCAL = ["/", "/seminars", "/seminars/a-b/rounds/3/ballot", "/a?b=c&d=//e", "/a#b", "/a/@b", "/%2F%2Fx", "/é"]


@pytest.mark.parametrize("wish", HOSTILE)
def test_another_site_is_not_gone_to(wish):
    assert local_path(wish) == "/"


@pytest.mark.parametrize("wish", LOCAL)
def test_a_page_of_ours_is(wish):
    assert local_path(wish) == wish


def test_no_wish_leads_to_the_start():
    assert local_path(None) == "/"


@given(st.text(alphabet=st.sampled_from("/\\:.@#?evil \t\n\r\x00%2F"), max_size=20))
def test_whatever_comes_out_stays_on_this_host(wish):
    for base in ("http://127.0.0.1:8000/sign-in", "https://seminar.example.org/a/b"):
        assert urlsplit(urljoin(base, local_path(wish))).netloc == urlsplit(base).netloc


@pytest.mark.parametrize("wish", HOSTILE)
def test_the_language_form_goes_nowhere_else(browser, wish):
    response = browser.post("/language", data={"language": "fr", "next": wish})
    assert (response.status_code, response.headers["location"]) == (303, "/")
