"""Any element leads down to ways forward and their scores, and any way forward back up."""

import pytest

from app.db import transaction
from app.models import Round
from app.policy import Role
from app.registers import service as registers
from app.results.service import publish_round
from tests.maps import mapped
from tests.maps.mapped import path
from tests.results import voting

TO = "\N{EN DASH}"


@pytest.fixture
def rated(make):
    """Mapped, and then rated: 12 ballots on both ways forward."""
    found, _ = mapped.closed(make)
    round_ = make.rating_round(found, options=2)
    for _ in range(12):
        make.expert(found)
    ballots = [{"W01": {"OV": 8, "C1": 8, "C2": 7}, "W02": {"OV": 4, "C1": 4, "C2": 4}}] * 12
    voting.cast(make.engine, round_, ballots)
    return found, round_


def reader_of(make, as_person, found):
    return as_person(make.member(found, Role.OBSERVER))


def test_the_overview_counts_what_is_tied_to_each_element(make, as_person, rated):
    html = reader_of(make, as_person, rated[0]).get(path(rated[0], "traces")).text
    row = html.partition("Element 1</span>")[2].partition("</tr>")[0]
    numbers = [part.partition("</td>")[0].partition(" <")[0] for part in row.split('<td class="num">')[1:]]
    assert numbers == ["1", "1", "1", "1", "2"]
    assert "Gap" in html.partition("Element 2</span>")[2].partition("</tr>")[0]


def test_an_element_leads_down_step_by_step(make, as_person, rated):
    html = reader_of(make, as_person, rated[0]).get(path(rated[0], "traces/E01")).text
    steps = ["Threat 1", "Framework 1", "Gap 1", "Option 1", "Opportunity 1", "Option 2"]
    places = [html.find(step) for step in steps]
    assert -1 not in places
    assert places == sorted(places)
    assert "Both “Likelihood” and “Impact” are rated high." in html


def test_a_way_forward_leads_back_up(make, as_person, rated):
    html = reader_of(make, as_person, rated[0]).get(path(rated[0], "traces/W01")).text
    for step in ("Gap 1", "Framework 1", "Threat 1", "Opportunity 1", "Stakeholder 1"):
        assert step in html
    assert f'/seminars/{rated[0].slug}/maps/traces/E01"' in html
    alone = reader_of(make, as_person, rated[0]).get(path(rated[0], "traces/W02")).text
    assert "It addresses no gap." in alone
    assert "No stakeholder is named." in alone


def test_scores_stand_beside_ways_forward_once_they_are_published(make, as_person, rated):
    found, round_ = rated
    reader = reader_of(make, as_person, found)
    assert "Rank 1" not in reader.get(path(found, "traces/E01")).text
    voting.close(make.engine, round_)
    assert "Rank 1" not in reader.get(path(found, "traces/E01")).text
    with transaction(make.engine) as session:
        publish_round(session, round_=session.get_one(Round, round_.id), by=None)
    html = reader.get(path(found, "traces/E01")).text
    assert f"Rank 1 (1{TO}1)" in html
    assert "Ranks, their intervals and the words beside them are those of round R1." in html
    assert f"Rank 2 (2{TO}2)" in reader.get(path(found, "traces/W02")).text


def test_what_is_merged_has_no_trace_and_is_on_none(make, as_person, rated):
    found, _ = rated
    make.options(found, 3)
    with transaction(make.engine) as session:
        one, other = (session.merge(mapped.item(make, found, code)) for code in ("G02", "G01"))
        registers.merge(session, item=one, into=other, reason="The same.", by=None)
        third = session.merge(mapped.item(make, found, "W03"))
        registers.retire(session, item=third, reason="Off.", by=None)
    reader = reader_of(make, as_person, found)
    assert "G02" not in reader.get(path(found, "traces/E02")).text
    assert "Gap 1" in reader.get(path(found, "traces/E02")).text  # its links go on with it
    assert reader.get(path(found, "traces/W03")).status_code == 404


@pytest.mark.parametrize("code", ["T01", "FW-01", "G01", "STK-01", "E99", "%00", "..%2Fthreats"])
def test_only_elements_and_ways_forward_have_traces(make, as_person, code):
    found, _ = mapped.seminar(make)
    answer = reader_of(make, as_person, found).get(path(found, f"traces/{code}"))
    assert answer.status_code in {400, 404}


def test_a_score_given_to_another_meaning_says_so(make, as_person, rated):
    found, round_ = rated
    voting.close(make.engine, round_, publish=True)
    reader, earlier = reader_of(make, as_person, found), "Given to an earlier wording"
    for code in ("W01", "T01"):
        mapped.reword(make, found, code, minor=True, title="Said better")
    assert earlier not in reader.get(path(found, "traces/E01")).text
    for code in ("W01", "T01"):
        mapped.reword(make, found, code, minor=False)
    html = reader.get(path(found, "traces/E01")).text
    assert (
        html.count(earlier) == 4
    )  # the threat; the way forward below its gap, its opportunity, and by itself
    assert earlier in reader.get(path(found, "traces/W01")).text
    assert earlier not in reader.get(path(found, "traces/W02")).text
