"""A mapping from its draft to its maps, by plain forms: experts answer, one proposes, all is published."""

import pytest
from sqlmodel import select

from app.db import transaction
from app.models import Proposal, Round
from app.models.rounds import RoundState
from app.policy import Role

LATER = "2098-06-01T18:00"
SECRET = "Said by somebody who must not be known by it."


@pytest.fixture
def cast(make, as_person):
    """The seminar's address, and a browser for each of its people."""
    seminar = make.seminar()
    experts = [as_person(make.expert(seminar)) for _ in range(5)]
    make.mapping_round(seminar, state="draft")
    staff = {role: as_person(make.member(seminar, role)) for role in (Role.FACILITATOR, Role.OBSERVER)}
    return f"/seminars/{seminar.slug}", experts, staff[Role.FACILITATOR], staff[Role.OBSERVER]


def answer(expert, ballot):
    """One expert answers something of every part, and submits."""
    for part, fields in {
        "Q1": {"T01.LIK": "5", "T01.IMP": "4", "T02.LIK": "no_expertise"},
        "Q2": {"STK-01.INF": "2", "STK-01.INT": "5"},
        "Q3": {"FW-01.E01": "partial", "FW-01.E01.sure": "3", "FW-01.E01.source": "Its second part."},
        "Q4": {"G01.for": "True where I work.", "G01.against": SECRET},
    }.items():
        assert expert.post(f"{ballot}/{part}", data=fields).status_code in {200, 303}
    assert "FW-01" in expert.get(f"{ballot}/review").text
    submitted = expert.post(f"{ballot}/submit", data={"blanks_meant": "yes"})
    assert submitted.headers["location"] == f"{ballot}/receipt"


def test_from_the_draft_to_the_maps(cast, engine):
    home, experts, facilitator, observer = cast
    at, ballot = f"{home}/rounds/0", f"{home}/rounds/0/ballot"

    # nobody has answered: the facilitator opens it, and the panel finds what it asks
    assert "frozen" in facilitator.get(f"{at}/open").text
    assert facilitator.post(f"{at}/open", data={"closes_at": LATER}).status_code == 303
    assert ballot in experts[0].get(home).text
    assert "Part 5" in experts[0].get(at).text

    # they answer, and one proposes a gap
    gap = {"title": "What is missing", "text": "Nobody has named it yet.", "concerns": "T01"}
    kept = experts[0].post(f"{home}/proposals/new/gap", data=gap)
    reference = kept.headers["location"].split("/proposals/")[1].split("/")[0].split("?")[0]
    assert experts[0].post(f"{home}/proposals/{reference}/submit").status_code == 303
    for expert in experts:
        answer(expert, ballot)
    assert "5" in facilitator.get(at).text
    for path in ("maps/threats", "maps/coverage", "items/G01", "maps/items/G01"):
        for reader in (experts[1], facilitator, observer):
            assert SECRET not in reader.get(f"{home}/{path}").text

    # the facilitator closes, decides on the proposal and publishes
    assert facilitator.post(f"{at}/close").status_code == 303
    assert gap["title"] in facilitator.get(f"{home}/moderation/{reference}").text
    with transaction(engine) as session:
        seen = session.exec(select(Proposal.revision)).one()
    declined = {"revision": str(seen), "reason": "It is G01 in other words."}
    assert facilitator.post(f"{home}/moderation/{reference}/decline", data=declined).status_code == 303
    assert SECRET not in observer.get(f"{home}/maps/items/G01").text
    assert facilitator.post(f"{at}/publish").status_code == 303
    with transaction(engine) as session:
        assert session.exec(select(Round.state)).one() is RoundState.PUBLISHED

    # and everybody reads it: on the maps, beside the items, in the table of what became of proposals
    page = observer.get(at).text
    assert f"{home}/maps/threats" in page
    assert "T01" in observer.get(f"{home}/maps/threats").text
    assert SECRET in observer.get(f"{home}/maps/items/G01").text
    assert declined["reason"] in observer.get(f"{home}/moderation/table").text
    assert declined["reason"] in experts[0].get(f"{home}/proposals/{reference}").text
    assert gap["text"] not in observer.get(f"{home}/moderation/table").text
