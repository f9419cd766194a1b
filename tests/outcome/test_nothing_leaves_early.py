"""Of an open round nobody learns a number by any way, and of too small a panel neither."""

import pytest

from app.db import transaction
from app.models.rounds import RoundState
from app.outcome import exporting
from app.policy import Role
from tests.outcome import judged
from tests.outcome.judged import path
from tests.results import voting

WAYS = (
    "",
    "?label=broad_agreement",
    "/W01",
    "/figures/rank-intervals.svg",
    "/figures/rank-intervals.csv",
    "/figures/overall-support.png",
    "/export.csv",
    "/export.json",
    "/export.xlsx",
    "/export.sav",
    "/export.bundle",
)
MARK = "Reason 03 for W01"


def is_silent(answer, *, way):
    assert answer.status_code == (200 if not way or way.startswith("?") else answer.status_code)
    assert answer.status_code in {200, 403, 409}
    text = answer.text
    assert MARK not in text
    assert "Broad agreement" not in text
    assert '<svg class="strip"' not in text
    assert 'class="rank-strip"' not in text


@pytest.mark.parametrize("role", list(Role))
def test_an_open_round_is_silent_to_every_role(make, as_person, engine, role):
    seminar, round_ = judged.seminar(make)
    voting.cast(engine, round_, judged.opinions())
    browser = as_person(make.member(seminar, role))
    for way in WAYS:
        is_silent(browser.get(path(seminar, way)), way=way)
    assert "Nothing has been published yet" in browser.get(path(seminar)).text
    assert browser.get(f"/seminars/{seminar.slug}/method").status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_a_panel_below_the_minimum_group_is_silent_even_when_published(make, as_person, engine, role):
    seminar, round_ = judged.seminar(make)
    judged.close(engine, round_, judged.opinions(experts=4))
    browser = as_person(make.member(seminar, role))
    for way in WAYS:
        is_silent(browser.get(path(seminar, way)), way=way)


def test_an_open_round_after_a_published_one_adds_nothing(make, as_person, engine):
    seminar, first = judged.published(make, engine)
    browser = as_person(make.member(seminar, Role.ORGANISER))
    before = {way: browser.get(path(seminar, way)).content for way in WAYS}
    second = make.rating_round(seminar, 4, previous=first, state=RoundState.OPEN)
    voting.cast(engine, second, judged.opinions(kinder=12))
    after = {way: browser.get(path(seminar, way)).content for way in WAYS[2:]}
    assert {way: before[way] for way in after} == after


@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "sav", "bundle"])
def test_a_closed_round_leaves_in_no_file_before_it_is_published(make, as_person, engine, form):
    seminar, round_ = judged.seminar(make)
    judged.close(engine, round_, judged.opinions(), publish=False)
    organiser = as_person(make.member(seminar, Role.ORGANISER))
    assert organiser.get(path(seminar, f"/export.{form}")).status_code == 409
    assert organiser.get(path(seminar, "/figures/overall-support.csv")).status_code == 409
    assert "Not yet published." in organiser.get(path(seminar, "/figures/overall-support.svg")).text
    with transaction(engine, write=False) as session, pytest.raises(exporting.NothingPublished):
        exporting.build(
            session, judged.SETTINGS, seminar=seminar, form=form, roles={Role.ORGANISER, Role.FACILITATOR}
        )
