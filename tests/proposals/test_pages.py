"""An author's pages: written in, compared, submitted and read, with script and without."""

import re
from html import unescape

import pytest

from app.models.proposals import ProposalState
from app.models.registers import Kind
from app.models.rounds import RoundState
from app.policy import Role
from tests.conftest import HTMX
from tests.proposals.writing import gap, option

HOSTILE = '"><script>alert(1)</script>{{ 7*7 }}%(x)s'


@pytest.fixture
def browser(desk, as_person):
    return as_person(desk.author.person)


def text_of(page) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def test_a_proposal_is_written_compared_submitted_and_found_again(desk, make, browser):
    make.items(desk.seminar, Kind.GAP, 1)
    words = {"title": "Gap 1 once more", "text": "What it is.", "then": "review"}

    kept = browser.post(f"{desk.path}/proposals/new/gap", data=words)
    assert kept.status_code == 303
    review = browser.get(kept.headers["location"])
    assert "G01 Gap 1" in text_of(review)

    sent = browser.post(kept.headers["location"])
    mine = browser.get(sent.headers["location"])
    assert "With the facilitators 1 Gap 1 once more" in text_of(mine)


def test_what_is_missing_is_said_before_it_can_be_submitted(desk, browser):
    kept = desk.author.write(option(title=""))
    review = browser.get(f"{desk.path}/proposals/{kept.reference}/submit")
    assert "Before you can submit it: Title: Please fill this in." in text_of(review)
    assert "Submit the proposal" not in text_of(review)
    assert browser.post(f"{desk.path}/proposals/{kept.reference}/submit").status_code == 422


def test_what_is_like_it_is_shown_while_it_is_written_and_nothing_is_kept(desk, make, browser):
    make.items(desk.seminar, Kind.GAP, 2)
    words = {"title": "Gap 2", "text": "What it is."}
    answer = browser.post(f"{desk.path}/proposals/similar/gap", data=words, headers=HTMX)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "G02" in answer.text
    assert "You have proposed nothing yet" in browser.get(f"{desk.path}/proposals").text


def test_others_proposals_are_neither_shown_as_alike_nor_to_be_opened(desk, browser):
    theirs = desk.another()
    sent = theirs.submit(theirs.write(gap("A very particular title", "Of somebody else.")))
    words = {"title": "A very particular title", "text": "Of somebody else."}
    alike = browser.post(f"{desk.path}/proposals/similar/gap", data=words)
    assert sent.reference not in alike.text
    for page in ("", "/submit", "/withdraw"):
        assert browser.get(f"{desk.path}/proposals/{sent.reference}{page}").status_code == 404
    for page in ("", "/submit", "/withdraw", "/answer"):
        posted = browser.post(f"{desk.path}/proposals/{sent.reference}{page}", data={"title": "Mine"})
        assert posted.status_code == 404
    assert theirs.view(sent).title == "A very particular title"


def test_a_question_is_answered_on_the_page_of_the_proposal(desk, browser):
    sent = desk.author.submit()
    desk.decide("ask", sent, text="Where is it missing?")
    page = browser.get(f"{desk.path}/proposals/{sent.reference}")
    assert "Where is it missing?" in page.text

    empty = browser.post(f"{desk.path}/proposals/{sent.reference}/answer", data={"answer": " "})
    assert empty.status_code == 422
    assert "Where is it missing?" in empty.text
    full = browser.post(f"{desk.path}/proposals/{sent.reference}/answer", data={"answer": "In X."})
    assert full.status_code == 303
    assert desk.author.view(sent).remarks[-1].text == "In X."


def test_what_became_of_it_and_why_stands_on_the_page(desk, make, browser):
    make.items(desk.seminar, Kind.GAP, 2)
    sent = desk.author.submit()
    desk.decide("merge", sent, into=desk.item("G01"), reason="Nearly the same.")
    desk.settle("merge_item", desk.item("G01"), into=desk.item("G02"))

    page = text_of(browser.get(f"{desk.path}/proposals/{sent.reference}"))

    assert "Merged" in page
    assert "It became a part of G01 Gap 1" in page
    assert "Since then this goes on in G02 Gap 2" in page
    assert "Nearly the same." in page


def test_it_is_taken_back_after_a_page_that_says_what_that_means(desk, browser):
    sent = desk.author.submit()
    page = browser.get(f"{desk.path}/proposals/{sent.reference}/withdraw")
    assert "nothing will become of it" in page.text
    assert browser.post(f"{desk.path}/proposals/{sent.reference}/withdraw").status_code == 303
    assert desk.author.view(sent).state is ProposalState.WITHDRAWN


def test_a_draft_too_long_for_the_database_is_shown_again(desk, browser):
    words = {"title": "x" * 301, "text": "What I typed."}
    answer = browser.post(f"{desk.path}/proposals/new/gap", data=words)
    assert answer.status_code == 422
    assert "x" * 301 in answer.text
    assert "What I typed." in answer.text


def test_what_is_typed_when_it_is_not_taken_is_shown_back(desk, browser):
    words = {"title": "A threat", "text": "More than forty characters of text that I do not want to lose."}
    answer = browser.post(f"{desk.path}/proposals/new/threat", data=words)
    assert answer.status_code == 409
    assert words["text"] in answer.text


def test_what_is_not_taken_has_no_form(desk, browser):
    assert browser.get(f"{desk.path}/proposals/new/threat").status_code == 409
    assert browser.get(f"{desk.path}/proposals/new/element").status_code == 404
    assert browser.get(f"{desk.path}/proposals/new/nonsense").status_code == 404


def test_an_open_question_goes_before_what_the_seminar_takes_at_any_time(desk, make, browser):
    make.asks(make.round(desk.seminar, state=RoundState.OPEN), "Q1", "propose", {"kinds": ["gap", "threat"]})
    browser.post(f"{desk.path}/proposals/new/gap", data={"title": "In the round", "text": "Yes."})
    browser.post(f"{desk.path}/proposals/new/option", data={"title": "At any time", "text": "Yes."})
    page = text_of(browser.get(f"{desk.path}/proposals"))
    assert re.search(r"In the round Gap P-\w{4} R0", page)
    assert not re.search(r"At any time Way forward P-\w{4} R0", page)


def test_hostile_text_is_text(desk, browser):
    sent = browser.post(
        f"{desk.path}/proposals/new/option",
        data={
            "title": HOSTILE,
            "text": HOSTILE,
            "trade_off": HOSTILE,
            "time_horizon": HOSTILE,
            "cost_class": HOSTILE,
            "link.serves.element": [HOSTILE, "E01"],
        },
    )
    for path in (sent.headers["location"], f"{desk.path}/proposals"):
        page = browser.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "{{ 7*7 }}" in page.text


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ORGANISER, Role.OBSERVER])
def test_only_experts_propose(desk, make, as_person, role):
    other = as_person(make.member(desk.seminar, role))
    assert other.get(f"{desk.path}/proposals").status_code == 403
    assert other.post(f"{desk.path}/proposals/new/gap", data={"title": "A"}).status_code == 403


def test_home_tells_the_author_alone_that_she_is_asked_something(desk, make, browser, as_person):
    other = as_person(desk.another().person)
    sent = desk.author.submit()
    desk.decide("ask", sent, text="Where is it missing?")
    assert "The facilitators ask you something about one of them." in browser.get(desk.path).text
    assert "The facilitators ask you" not in other.get(desk.path).text
