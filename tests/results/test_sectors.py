"""How sectors rated is told of sectors that are large enough, and of no other by any reckoning."""

import json

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from app.db import transaction
from app.models import Membership, Result, Seminar
from app.policy import Role
from app.results import disclosure, sectors, service, small_groups, snapshot
from app.results.disclosure import Withheld
from app.results.panel import Panel
from app.results.recount import recompute
from app.results.tally import PLANE, RateTally
from app.results.turnout import Entry
from app.rounds import queries as rounds
from app.seminars import pseudonyms
from tests.results import mapping, voting
from tests.results.panels import scale

SCALES = (scale("LIK", low=1, high=5), scale("IMP", low=1, high=5))
ITEMS = ("T01", "T02")
SECTORS = ("CUSTOMS", "INDUSTRY", "POLICE", "RESEARCH", "")
MINIMUM = 5

cells = st.one_of(st.integers(1, 5), st.sampled_from(["cannot_say"]), st.none())
ballots = st.tuples(*[st.tuples(cells, cells)] * len(ITEMS))
panels = st.fixed_dictionaries({code: st.lists(ballots, max_size=9) for code in SECTORS})


def counted(by_sector, minimum=MINIMUM):
    groups = sectors.groups(by_sector, {code: code for code in by_sector}, ITEMS, SCALES, minimum)
    panel = Panel.of(
        round_number=0,
        question="Q1",
        options=tuple(Entry(code=code, title=code, version=1) for code in ITEMS),
        scales=SCALES,
        wording={},
        method=PLANE,
        ballots=[ballot for some in by_sector.values() for ballot in some],
        rationales=(),
        pairs=None,
    )
    return snapshot.tally(panel, invited=50, enrolled=50, quorum_share=0.0, groups=groups)


def shown(tally, item, criterion):
    return {group.code: cell for group in tally.groups if (cell := group.cell(item, criterion))}


def rated(by_sector, item, criterion):
    """How many of each sector truly rated there."""
    row, place = ITEMS.index(item), [one.code for one in SCALES].index(criterion)
    return {
        code: sum(isinstance(ballot[row][place], int) for ballot in some) for code, some in by_sector.items()
    }


def is_determined(unknown, known, hidden):
    """Whether one hidden group follows from linear equations: the sum of all groups, and each shown one."""
    names = [*known, *hidden]
    equations = [[1.0] * len(names), *(np.eye(len(names))[names.index(code)] for code in known)]
    wanted = np.eye(len(names))[names.index(unknown)]
    rank = np.linalg.matrix_rank
    return rank(np.vstack([*equations, wanted])) == rank(np.vstack(equations))


@settings(max_examples=150, deadline=None)
@given(panels, st.integers(2, 7), st.integers(0, 4))
def test_no_withheld_group_is_small_and_shown_or_follows_by_subtraction(by_sector, minimum, stricter):
    tally = small_groups.guarded(counted(by_sector, minimum), minimum + stricter)
    assert isinstance(tally, RateTally)
    least = minimum + stricter
    for item in ITEMS:
        for criterion in ("LIK", "IMP"):
            cells, sizes = shown(tally, item, criterion), rated(by_sector, item, criterion)
            hidden = [code for code in by_sector if code not in cells]
            assert {code: cell.n for code, cell in cells.items()}.items() <= sizes.items()
            assert all(cell.n >= least for cell in cells.values())
            rest = sum(sizes.values()) - sum(cell.n for cell in cells.values())
            if cells and hidden:
                # what follows by subtraction is a sum of at least two sectors and no small group
                assert rest >= least
                assert len(hidden) > 1
                assert not any(is_determined(code, list(cells), hidden) for code in hidden)


@settings(max_examples=60, deadline=None)
@given(panels)
def test_a_shown_sector_has_the_figures_of_its_own_ballots(by_sector):
    tally = counted(by_sector)
    for item in ITEMS:
        for place, one in enumerate(SCALES):
            for code, cell in shown(tally, item, one.code).items():
                given = [b[ITEMS.index(item)][place] for b in by_sector[code]]
                numbers = [value for value in given if isinstance(value, int)]
                assert cell.counts == [numbers.count(point) for point in range(1, 6)]
                assert (cell.median, cell.q1, cell.q3) == tuple(np.percentile(numbers, [50, 25, 75]))
    assert sectors.faults(tally) == []


@settings(max_examples=40, deadline=None)
@given(panels)
def test_what_is_withheld_is_not_even_frozen(by_sector):
    tally = counted(by_sector)
    assume(tally.groups)
    frozen = json.loads(json.dumps(tally.as_numbers()))
    for group in frozen["groups"]:
        for row in group["by_item"].values():
            assert all(cell["n"] >= MINIMUM for cell in row.values())
    assert RateTally.from_numbers(frozen) == tally


@pytest.fixture
def voted(engine, make):
    """Six of the police and five of customs; two of industry; one who stated no sector."""
    seminar, round_ = mapping.held(make, sectors=["INDUSTRY", "POLICE", "CUSTOMS"])
    sizes: dict[str | None, int] = {"POLICE": 6, "CUSTOMS": 5, "INDUSTRY": 2, None: 1}
    for sector, size in sizes.items():
        for number in range(size):
            said = {"Q1": mapping.plane(1 + number % 5, 4, "T01", "T02"), "Q2": {"STK-01": {"INF": 2}}}
            mapping.vote(make, round_, said, sector=sector)
    return seminar, round_


def released(engine, round_, code, role=Role.FACILITATOR):
    with transaction(engine, write=False) as session:
        question = mapping.question(session, round_, code)
        return disclosure.released_of(session, question=question, roles=[role])


def test_closing_counts_the_sectors_of_a_plane_that_asks_for_them(engine, make, voted):
    _, round_ = voted
    voting.close(engine, round_, settings=make.settings)
    threats, stakeholders = released(engine, round_, "Q1"), released(engine, round_, "Q2")
    assert [(group.code, group.label) for group in threats.groups] == [
        ("INDUSTRY", "Sector INDUSTRY"),
        ("POLICE", "Sector POLICE"),
        ("CUSTOMS", "Sector CUSTOMS"),
        ("", ""),
    ]
    # the three of industry and of no sector are under the minimum, so the smallest other goes with them
    assert list(shown(threats, "T01", "LIK")) == ["POLICE"]
    assert shown(threats, "T01", "LIK")["POLICE"].counts == [2, 1, 1, 1, 1]
    assert (threats.method, threats.is_plane, threats.replicates) == ("colloquy-plane-2", True, 0)
    assert stakeholders.groups == []


def test_without_the_key_the_plane_is_counted_without_sectors(engine, make, voted):
    seminar, round_ = voted
    with transaction(engine) as session:
        pseudonyms.destroy_key(session, session.get_one(Seminar, seminar.id))
    voting.close(engine, round_, settings=make.settings)
    tally = released(engine, round_, "Q1")
    assert (tally.submitted, tally.groups) == (14, [])


def test_a_recount_needs_no_key_and_stands_when_somebody_changes_sector(engine, make, voted):
    seminar, round_ = voted
    result = voting.close(engine, round_, settings=make.settings)[0]
    with transaction(engine) as session:
        for member in session.exec(select(Membership).where(Membership.sector == "POLICE")):
            member.sector = "CUSTOMS"
        pseudonyms.destroy_key(session, session.get_one(Seminar, seminar.id))
        assert recompute(session, session.get_one(Result, result.id)).equal


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"n": 6, "counts": [6, 0, 0, 0, 0], "median": 1.0, "q1": 1.0, "q3": 1.0}, "cannot be the panel's"),
        ({"median": 4.0}, "the sectors' figures on T01.LIK cannot be the panel's"),
    ],
)
def test_figures_of_a_sector_that_were_changed_are_named(engine, make, voted, change, named):
    result = voting.close(engine, voted[1], settings=make.settings)[0]
    with transaction(engine) as session:
        stored = session.get_one(Result, result.id)
        numbers = json.loads(json.dumps(stored.numbers))
        numbers["groups"][1]["by_item"]["T01"]["LIK"] |= change
        stored.numbers = numbers
    with transaction(engine, write=False) as session:
        faults = recompute(session, session.get_one(Result, result.id)).faults
    assert "the groups are not those that were counted" in faults
    assert any(named in fault for fault in faults)


def test_a_minimum_made_stricter_later_holds_for_sectors_at_once(engine, make, voted):
    seminar, round_ = voted
    voting.close(engine, round_, settings=make.settings)
    assert shown(released(engine, round_, "Q1"), "T01", "LIK")
    with transaction(engine) as session:
        session.get_one(Seminar, seminar.id).min_group = 7
    assert not shown(released(engine, round_, "Q1"), "T01", "LIK")
    with transaction(engine) as session:
        session.get_one(Seminar, seminar.id).min_group = 15
    with pytest.raises(Withheld):
        released(engine, round_, "Q1")


def test_beside_figures_by_sector_no_single_ballot_is_told(engine, make, voted):
    _, round_ = voted
    with transaction(engine) as session:
        held = session.merge(round_)
        service.close_round(session, make.settings, round_=held, by=None)
        service.look(session, round_=held, by=None)
        threats, stakeholders = (mapping.question(session, held, code) for code in ("Q1", "Q2"))
        doors = [
            disclosure.released_question_answers(session, question=question, roles=[Role.FACILITATOR])
            for question in (threats, stakeholders)
        ]
    assert doors[0] is None
    assert doors[1] is not None
    assert doors[1].columns == ["row", "STK-01.INF", "STK-01.INT", "STK-02.INF", "STK-02.INT"]
    assert len(doors[1].rows) == 14


def test_sectors_are_read_by_the_key_and_by_nothing_else(engine, make, voted):
    seminar, _ = voted
    with transaction(engine, write=False) as session:
        found = pseudonyms.sectors_of(session, make.settings, seminar)
        assert sorted(found.values()) == sorted(["POLICE"] * 6 + ["CUSTOMS"] * 5 + ["INDUSTRY"] * 2 + [""])
        stranger = make.settings.model_copy(update={"secret_key": type(make.settings.secret_key)("x" * 40)})
        with pytest.raises(pseudonyms.LinkUnreadable):
            pseudonyms.sectors_of(session, stranger, seminar)
        assert rounds.NO_SECTOR == ""
