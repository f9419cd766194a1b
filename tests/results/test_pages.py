"""The facilitator reads what closing and publishing do, does it, and is told what was done."""

import re

import pytest
from sqlmodel import select

from app.db import transaction
from app.models import AuditEntry, Round
from app.models.rounds import RoundState
from app.policy import Role
from tests.results import mapping, voting


@pytest.fixture
def running(make):
    return voting.running(make, options=2, experts=8)


@pytest.fixture
def seminar(running):
    return running[0]


@pytest.fixture
def round_(engine, running):
    voting.cast(engine, running[1], [voting.alike(2, OV=7, C1=6, C2=5, why="A telling reason.")] * 6)
    voting.took_part(engine, running[1], submitted=6, started=1)
    return running[1]


@pytest.fixture
def facilitator(make, as_person, seminar):
    return as_person(make.member(seminar, Role.FACILITATOR))


@pytest.fixture
def at(seminar, round_):
    return f"/seminars/{seminar.slug}/rounds/{round_.number}"


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def state(engine, round_):
    with transaction(engine, write=False) as session:
        return session.get_one(Round, round_.id).state


def test_the_page_before_closing_says_what_counts_and_what_cannot_be_undone(facilitator, at):
    page = words(facilitator.get(f"{at}/close"))
    assert "6 of 8 experts have submitted" in page
    assert "The 6 submitted ballots are counted" in page
    assert "One expert has started and not submitted. That ballot is not counted." in page
    assert "Quorum reached" in page
    assert "can be opened again only as long as nobody has looked at its result" in page
    assert "The panel was told another closing time" in page


def test_reading_the_pages_changes_nothing(engine, facilitator, at, round_):
    facilitator.get(f"{at}/close")
    facilitator.get(f"{at}/publish")
    assert state(engine, round_) is RoundState.OPEN


def test_a_round_is_closed_and_published_from_page_to_page(engine, facilitator, at, round_, seminar):
    closed = facilitator.post(f"{at}/close")
    assert (closed.status_code, closed.headers["location"]) == (303, at)
    assert state(engine, round_) is RoundState.CLOSED

    before = words(facilitator.get(f"{at}/publish"))
    assert "6 of 8 experts had submitted" in before
    assert "Quorum reached The round needed 5 submitted ballots." in before
    assert "cannot be taken back" in before

    published = facilitator.post(f"{at}/publish")
    assert (published.status_code, published.headers["location"]) == (303, f"{at}/publish")
    after = facilitator.get(f"{at}/publish")
    assert f"Round R{round_.number} is published" in words(after)
    assert f"/seminars/{seminar.slug}/outcome" in after.text
    with transaction(engine, write=False) as session:
        query = select(AuditEntry).where(AuditEntry.action == "result:tally:release")
        assert session.exec(query).one().details == {"quorum_reached": True}


def test_no_page_here_shows_an_answer(facilitator, at):
    pages = [facilitator.get(f"{at}/close")]
    facilitator.post(f"{at}/close")
    pages.append(facilitator.get(f"{at}/publish"))
    facilitator.post(f"{at}/publish")
    pages.append(facilitator.get(f"{at}/publish"))
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert not any("telling reason" in page.text for page in pages)


def test_closing_or_publishing_at_the_wrong_time_is_a_conflict_said_in_words(facilitator, at):
    assert facilitator.post(f"{at}/publish").status_code == 409
    assert facilitator.get(f"{at}/publish").status_code == 409
    facilitator.post(f"{at}/close")
    for again in (facilitator.post(f"{at}/close"), facilitator.get(f"{at}/close")):
        assert again.status_code == 409
        assert "is already closed" in again.text
    facilitator.post(f"{at}/publish")
    again = facilitator.post(f"{at}/publish")
    assert again.status_code == 409
    assert "has already been published" in again.text
    assert facilitator.post(f"{at}/close").status_code == 409


@pytest.mark.parametrize("role", [Role.EXPERT, Role.ORGANISER, Role.OBSERVER])
@pytest.mark.parametrize("word", ["close", "publish"])
def test_only_a_facilitator_closes_and_publishes(engine, make, as_person, seminar, round_, at, role, word):
    browser = as_person(make.member(seminar, role))
    assert browser.get(f"{at}/{word}").status_code == 403
    assert browser.post(f"{at}/{word}").status_code == 403
    assert state(engine, round_) is RoundState.OPEN


def test_strangers_and_the_signed_out_reach_nothing(engine, make, as_person, browser, round_, at):
    stranger = as_person(make.member(make.seminar(), Role.FACILITATOR))
    assert stranger.post(f"{at}/close").status_code == 404
    assert browser.post(f"{at}/close").status_code == 401
    assert stranger.post(f"{at.replace('rounds/', 'rounds/9')}/close").status_code == 404
    assert state(engine, round_) is RoundState.OPEN


def test_too_few_ballots_and_a_missed_quorum_are_said_before_and_after(engine, make, as_person):
    seminar, round_ = voting.running(make, options=1, experts=8)
    voting.cast(engine, round_, [voting.alike(1, OV=7)] * 2)
    voting.took_part(engine, round_, submitted=2)
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))
    at = f"/seminars/{seminar.slug}/rounds/{round_.number}"

    page = words(facilitator.get(f"{at}/close"))
    assert "Quorum not reached" in page
    assert "Fewer than 5 experts have submitted." in page
    facilitator.post(f"{at}/close")
    page = words(facilitator.get(f"{at}/publish"))
    assert "The result says that there were fewer." in page
    assert "The result is withheld from everybody" in page
    facilitator.post(f"{at}/publish")
    assert "Read the result" not in words(facilitator.get(f"{at}/publish"))


def test_a_mapping_is_closed_read_and_published_from_page_to_page(engine, make, as_person):
    seminar, round_ = mapping.held(make, sectors=["A"])
    for number in range(6):
        mapping.vote(
            make, round_, {"Q1": mapping.plane(1 + number % 5, 2, why="A telling reason.")}, sector="A"
        )
    voting.took_part(engine, round_, submitted=6)
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))
    at = f"/seminars/{seminar.slug}/rounds/{round_.number}"
    assert "The 6 submitted ballots are counted" in words(facilitator.get(f"{at}/close"))
    assert facilitator.post(f"{at}/close").status_code == 303
    assert "Nobody has looked at this result yet" in words(facilitator.get(f"{at}/publish"))
    assert facilitator.post(f"{at}/look").status_code == 303

    page = facilitator.get(f"{at}/publish")
    said = words(page)
    assert "The texts of Q1" in said
    assert "The texts of Q5" not in said
    assert "Q1 by sector too, where 5 experts or more of a sector answered" in said
    assert "what was said for and against each item" in said
    assert "wherever fewer than 5 experts rated" in said
    assert [f"{at}/texts" in page.text, "telling reason" in page.text] == [False, False]
    assert facilitator.get(re.findall(r'href="([^"]*/texts/[^"]*)"', page.text)[0]).status_code == 200

    assert facilitator.post(f"{at}/publish").status_code == 303
    after = facilitator.get(f"{at}/publish")
    links = re.findall(r'href="([^"]*export[^"]*)"', after.text)
    assert len(links) == 15
    assert {facilitator.get(link).status_code for link in links} == {200}
    read = re.findall(r'href="([^"]*/(?:maps|registers|moderation)/[^"]*)"', after.text)
    assert read
    assert {facilitator.get(link).status_code for link in read} == {200}


def test_a_round_without_questions_closes_and_is_published_without_a_result(make, as_person, seminar):
    round_ = make.round(seminar, state=RoundState.OPEN)
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))
    at = f"/seminars/{seminar.slug}/rounds/{round_.number}"
    assert "ballots" not in words(facilitator.get(f"{at}/close"))
    assert facilitator.post(f"{at}/close").status_code == 303
    assert "sees that the round is concluded" in words(facilitator.get(f"{at}/publish"))
    assert facilitator.post(f"{at}/publish").status_code == 303
    assert facilitator.get(f"{at}/publish").status_code == 200
