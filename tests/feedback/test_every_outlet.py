"""Of a round that is open, closed or not looked at, no address tells anybody a thing before it may."""

import re
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest

from app.db import transaction
from app.models import Round, Seminar
from app.models.rounds import FeedbackPolicy, Reveal
from app.policy import Permission, Role, allows
from app.results import glimpses, service
from tests.conftest import HTMX
from tests.feedback.panel import address, saves
from tests.results import voting

# What every answer bears that nobody else could write, and what only a figure of it could say.
MARK = "qxq-nobody-else-writes-this"
FIGURE = re.compile(r"median 7\b|\b(?:7|12) ratings(?:; median|:)")
SCORES = (6, *[7] * 10, 9)
STATES = ("open", "real_time", "sealed", "looked_at", "published")
LINK = re.compile(r'(?:href|hx-get|src|srcset)="(/[^"#? ]+[^"# ]*)"')
# pages of every member that hold no answer of a round: one register and one item stand for all of them
ELSEWHERE = re.compile(
    r"/sign-out|/registers/(?!option$)|/items/(?!W01$)|/proposals/new|/plans|/criteria|/glossary|/mandate"
    r"|/privacy|/network|figures/.*\?|course\.|\.png"
)
# the staff of a closed round that was looked at, and everybody of a published one
READERS = {
    "looked_at": frozenset(role for role in Role if allows(role, Permission.READ_CLOSED)),
    "published": frozenset(Role),
}


@pytest.fixture
def held(engine, make, request):
    """A round in that state, in which each of twelve experts gave the marked reason."""
    state = request.param
    seminar = make.seminar(min_group=5)
    fields = {"feedback": FeedbackPolicy.RATIONALES}
    round_ = make.rating_round(
        seminar, 2, **fields | ({"reveal": Reveal.OWN_ANSWER} if state == "real_time" else {})
    )
    experts = [make.expert(seminar) for _ in SCORES]
    for expert, score in zip(experts, SCORES, strict=True):
        saves(make, seminar, round_, expert, "Q1", {"W01": {"OV": score, "C1": 5, "why": f"{MARK} {score}"}})
    with transaction(engine) as session:
        glimpses.renew(session, make.settings, session.get_one(Round, round_.id))
    if state in {"sealed", "looked_at", "published"}:
        voting.close(engine, round_, look=state != "sealed", publish=state == "published")
    return state, seminar, round_, experts


def every_address(seminar: Seminar, round_: Round) -> Iterator[str]:
    """Addresses that show results somewhere, whether or not a page leads to them."""
    base = f"/seminars/{seminar.slug}"
    one = f"{base}/rounds/{round_.number}"
    yield from (base, f"{base}/rounds", one, address(seminar, round_))
    for more in ("", "/live", "?show=all", "?show=outside", "?show=open", "?show=reasons"):
        yield address(seminar, round_, "Q1", more)
    yield from (f"{base}/outcome", f"{base}/outcome/W01", f"{base}/method", f"{one}/agenda", f"{one}/bridge")
    for form in ("csv", "json", "xlsx", "svg"):
        yield f"{base}/outcome/export.{form}"
        yield f"{one}/questions/Q1/export.{form}"
        yield f"{one}/questions/Q1/figure.{form}"
    yield from (f"{one}/publish", f"{one}/close", f"{base}/moderation/texts/{round_.number}/Q1")


def crawl(browser, seminar, start):
    """Every page of the seminar that can be reached by links, and the addresses that were given."""
    waiting, seen = list(start), {}
    while waiting:
        path = waiting.pop()
        if path in seen or ELSEWHERE.search(path):
            continue
        response = browser.get(path)
        seen[path] = response
        if "text/html" in response.headers.get("content-type", ""):
            links = (found.replace("&amp;", "&") for found in LINK.findall(response.text))
            waiting += [one for one in links if urlsplit(one).path.startswith(f"/seminars/{seminar.slug}")]
    return seen


@pytest.mark.parametrize("held", STATES, indirect=True)
@pytest.mark.parametrize("role", list(Role))
def test_nothing_of_a_round_leaves_before_it_may(make, as_person, held, role):
    state, seminar, round_, _experts = held
    browser = as_person(make.expert(seminar) if role is Role.EXPERT else make.member(seminar, role))
    seen = crawl(browser, seminar, every_address(seminar, round_))
    assert len(seen) > 20
    assert not [path for path, response in seen.items() if response.status_code >= 500]
    telling = {path for path, response in seen.items() if tells(response)}
    if role in READERS.get(state, frozenset()):
        assert address(seminar, round_, "Q1") in telling
    else:
        assert telling == set()


def tells(response) -> bool:
    """Whether it holds a reason or a figure of the round; of a workbook or a document, any of its parts."""
    if response.status_code != 200:
        return False
    text = response.text
    if response.content.startswith(b"PK"):
        with ZipFile(BytesIO(response.content)) as file:
            text = "".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
    return MARK in text or FIGURE.search(text) is not None


@pytest.mark.parametrize("held", STATES, indirect=True)
def test_an_expert_finds_her_own_words_and_nobody_elses_until_it_is_published(as_person, held):
    state, seminar, round_, experts = held
    browser = as_person(experts[0])
    others = [f"{MARK} {score}" for score in SCORES[1:]]
    found = {
        path
        for path, response in crawl(browser, seminar, every_address(seminar, round_)).items()
        if any(other in response.text for other in others)
    }
    if state == "published":
        assert address(seminar, round_, "Q1") in found
    elif state == "real_time":
        assert found == {address(seminar, round_, "Q1", "/live")}
    else:
        assert found == set()


@pytest.mark.parametrize("held", ["open", "real_time", "sealed"], indirect=True)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_who_has_not_answered_gets_no_part_of_it_for_a_ballot_either(make, as_person, held, headers):
    _state, seminar, round_, _experts = held
    answer = as_person(make.expert(seminar)).get(address(seminar, round_, "Q1", "/live"), headers=headers)
    assert answer.status_code == 409
    assert not tells(answer)


def test_a_published_round_that_few_answered_is_told_to_nobody(engine, make, as_person):
    seminar = make.seminar()
    round_ = make.rating_round(seminar, 1)
    for score in (7, 8):
        saves(make, seminar, round_, make.expert(seminar), "Q1", {"W01": {"OV": score, "C1": 5, "why": MARK}})
    with transaction(engine) as session:
        there = session.get_one(Round, round_.id)
        service.close_round(session, make.settings, round_=there, by=None)
        service.publish_round(session, round_=there, by=None)
    for role in Role:
        person = make.expert(seminar) if role is Role.EXPERT else make.member(seminar, role)
        for path in (address(seminar, round_), address(seminar, round_, "Q1")):
            answer = as_person(person).get(path)
            assert answer.status_code == 409
            assert MARK not in answer.text
