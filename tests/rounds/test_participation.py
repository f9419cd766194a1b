"""How far the panel is, in numbers that point at nobody."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from app.db import transaction
from app.models import Membership, Participation, Sector
from app.models.ballots import Progress
from app.models.seminars import MembershipState
from app.policy import Role
from app.rounds import queries, quorum
from app.rounds.queries import Counts
from app.rounds.suppression import withheld

panels = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(0, 12), max_size=9)
minima = st.integers(2, 8)


# ---- what is withheld ----


@given(sizes=panels, minimum=minima)
def test_no_small_group_is_shown(sizes, minimum):
    shown = sizes.keys() - withheld(sizes, minimum)

    assert all(sizes[group] >= minimum for group in shown)


@given(sizes=panels, minimum=minima)
def test_nothing_is_withheld_of_a_panel_of_large_groups(sizes, minimum):
    large = {group: size + minimum for group, size in sizes.items()}

    assert withheld(large, minimum) == frozenset()


@given(sizes=panels, minimum=minima)
def test_what_follows_by_subtraction_is_no_small_group(sizes, minimum):
    hidden = withheld(sizes, minimum)
    shown = sizes.keys() - hidden
    rest = sum(sizes.values()) - sum(sizes[group] for group in shown)

    # where nothing is shown, the rest is the whole panel
    if hidden and shown:
        assert len(hidden) > 1
        assert rest >= minimum


@given(sizes=panels, minimum=minima)
def test_no_withheld_group_is_determined_by_all_that_is_shown(sizes, minimum):
    """As an attacker would: every figure shown is an equation; a group is found if one unknown is left."""
    hidden = sorted(withheld(sizes, minimum))
    groups = sorted(sizes)
    if len(groups) < 2:
        return  # the only group is the whole panel
    whole = [[1] * len(groups)]
    rows = [[int(group == one) for group in groups] for one in groups if one not in hidden]
    reduced = echelon([[Fraction(cell) for cell in row] for row in whole + rows])

    determined = [groups[row.index(Fraction(1))] for row in reduced if sum(cell != 0 for cell in row) == 1]
    assert not set(determined) & set(hidden)


def echelon(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """The rows reduced by Gauss and Jordan."""
    rank = 0
    for column in range(len(rows[0])):
        pivot = next((i for i in range(rank, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        rows[rank] = [cell / rows[rank][column] for cell in rows[rank]]
        for i, row in enumerate(rows):
            if i != rank and row[column]:
                rows[i] = [a - row[column] * b for a, b in zip(row, rows[rank], strict=True)]
        rank += 1
    return rows[:rank]


# ---- what is counted ----


def sector(engine, seminar, code: str, label: str, position: int) -> None:
    with transaction(engine) as session:
        session.add(Sector(seminar_id=seminar.id, code=code, label=label, position=position))


def has_come(engine, seminar, round_, person, progress: Progress) -> None:
    with transaction(engine) as session:
        membership = session.exec(select(Membership).where(Membership.person_id == person.id)).one()
        session.add(Participation(membership_id=membership.id, round_id=round_.id, progress=progress))


def counted(engine, round_, minimum: int = 5) -> queries.PanelProgress:
    with transaction(engine) as session:
        return queries.participation(session, round_, minimum)


def test_who_has_submitted_has_also_started_opened_and_joined(engine, make):
    seminar = make.seminar()
    round_ = make.rating_round(seminar)
    for progress in [None, *Progress]:
        expert = make.expert(seminar)
        if progress:
            has_come(engine, seminar, round_, expert, progress)
    make.member(seminar, Role.EXPERT, state=MembershipState.INVITED)
    make.member(seminar, Role.EXPERT, state=MembershipState.DECLINED)
    make.member(seminar, Role.FACILITATOR)

    whole = counted(engine, round_).whole

    assert whole == Counts(invited=6, joined=4, opened=3, started=2, submitted=1)


def test_another_round_does_not_count(engine, make):
    seminar = make.seminar()
    before = make.rating_round(seminar, state="published")
    now = make.rating_round(seminar, previous=before)
    has_come(engine, seminar, before, make.expert(seminar), Progress.SUBMITTED)

    assert counted(engine, now).whole == Counts(invited=1, joined=1)


def test_small_sectors_are_shown_only_together_and_in_the_seminars_order(engine, make):
    seminar = make.seminar()
    round_ = make.rating_round(seminar)
    for position, code in enumerate(["police", "customs", "industry", "research"]):
        sector(engine, seminar, code, code.title(), position)
    for code, size in {"research": 6, "police": 7, "industry": 2, "customs": 3}.items():
        for _ in range(size):
            has_come(engine, seminar, round_, make.expert(seminar, sector=code), Progress.STARTED)

    progress = counted(engine, round_)

    assert [line.label for line in progress.sectors] == ["Police", "Research"]
    assert progress.withheld == ["Customs", "Industry"]
    assert progress.together == Counts(invited=5, joined=5, opened=5, started=5)


def test_the_next_smallest_sector_hides_a_single_small_one(engine, make):
    seminar = make.seminar()
    round_ = make.rating_round(seminar)
    for position, (code, size) in enumerate({"police": 3, "customs": 2, "industry": 1}.items()):
        sector(engine, seminar, code, code.title(), position)
        for _ in range(size):
            make.expert(seminar, sector=code)

    progress = counted(engine, round_, minimum=2)

    assert [line.label for line in progress.sectors] == ["Police"]
    assert progress.withheld == ["Customs", "Industry"]


def test_experts_without_a_sector_are_a_group_of_their_own(engine, make):
    seminar = make.seminar()
    round_ = make.rating_round(seminar)
    for _ in range(5):
        make.expert(seminar)

    progress = counted(engine, round_)

    assert [(line.label, line.counts.joined) for line in progress.sectors] == [(None, 5)]


@pytest.mark.parametrize(("joined", "needs"), [(0, 0), (1, 1), (5, 3), (25, 15), (41, 25)])
def test_the_quorum_is_exact(joined, needs):
    assert quorum.needed(0.6, joined) == needs
    assert not quorum.is_reached(0, share=0.6, joined=joined)
    assert quorum.is_reached(joined, share=0.6, joined=joined) == (joined > 0)
    assert not quorum.is_reached(needs - 1, share=0.6, joined=joined)


# ---- what the page shows ----


def test_the_staff_page_shows_numbers_says_why_some_are_withheld_and_names_nobody(engine, make, as_person):
    seminar = make.seminar()
    round_ = make.rating_round(seminar)
    sector(engine, seminar, "police", "Police forces", 0)
    sector(engine, seminar, "industry", "Private industry", 1)
    sector(engine, seminar, "science", "Science", 2)
    experts = [make.expert(seminar, sector="police", name=f"Zebedee {n}") for n in range(6)]
    experts += [make.expert(seminar, sector="industry", name=f"Zebedee {n}") for n in range(6, 8)]
    experts += [make.expert(seminar, sector="science", name=f"Zebedee {n}") for n in range(8, 13)]
    for expert in experts[3:8]:
        has_come(engine, seminar, round_, expert, Progress.SUBMITTED)
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))
    organiser = as_person(make.member(seminar, Role.ORGANISER))

    for staff in (facilitator, organiser):
        page = staff.get(f"/seminars/{seminar.slug}/rounds/{round_.number}").text
        assert "<strong>5</strong> of 13 experts have submitted" in page
        assert "Quorum not reached" in page
        assert "3 more." in page
        assert "2 other sectors, only together" in page
        assert "figures of fewer than 5 experts" in page
        assert "Private industry; Science." in page.replace("\n", " ").replace("  ", "")
        assert "Zebedee" not in page
        assert not any(expert.email in page for expert in experts)


def test_what_an_expert_answers_changes_no_byte_of_a_staff_page(make, as_person):
    """From the first answer to the last, whatever it is: only how far she is can be seen."""
    seminar = make.seminar()
    round_ = make.rating_round(seminar)
    expert = as_person(make.expert(seminar))
    staff = [as_person(make.member(seminar, role)) for role in (Role.FACILITATOR, Role.ORGANISER)]
    ballot = f"/seminars/{seminar.slug}/rounds/{round_.number}/ballot/Q1"

    def seen() -> list[bytes]:
        urls = (f"/seminars/{seminar.slug}", f"/seminars/{seminar.slug}/rounds/{round_.number}")
        return [browser.get(url).content for browser in staff for url in urls]

    def save(**fields: str) -> None:
        answer = expert.post(ballot, data={name.replace("_", "."): value for name, value in fields.items()})
        assert answer.status_code in {200, 303}

    save(W01_OV="2")
    before = seen()
    save(W01_OV="9", W01_rationale="A canary", W01_seen="OV:1")
    save(W02_OV="1")
    save(W03_OV="no_expertise")

    assert seen() == before
