"""The facilitators' pages: what they decide by, and that nothing on them tells who wrote what."""

import re
from html import unescape

import pytest

from app.models.proposals import ProposalState
from app.models.registers import ItemStatus, Kind
from app.policy import Role
from tests.proposals.writing import gap, option

HOSTILE = '"><script>alert(1)</script>{{ 7*7 }}%(x)s'


def text_of(page) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def test_the_bar_says_how_many_wait(desk, office):
    assert "Moderation (" not in office.get(desk.path).text
    desk.author.submit()
    assert "Moderation (1)" in office.get(desk.path).text


def test_a_proposal_is_accepted_in_the_words_that_the_facilitator_leaves(desk, office):
    sent = desk.author.submit(desk.author.write(gap("As a small landlocked State", "We lack one.")))
    path = f"{desk.path}/moderation/{sent.reference}"
    assert "As a small landlocked State" in office.get(f"{path}/accept").text

    words = {"title": "One laboratory is not enough", "text": "It is not.", "revision": "1", "reason": "New."}
    assert office.post(f"{path}/accept", data=words).status_code == 303

    item = office.get(f"{desk.path}/items/G01")
    assert "One laboratory is not enough" in item.text
    for page in (item, office.get(f"{desk.path}/moderation/table"), office.get(f"{desk.path}/registers/gap")):
        assert "landlocked" not in page.text


def test_a_decision_without_a_reason_shows_again_what_was_typed(desk, office):
    sent = desk.author.submit()
    words = {"title": "Other words", "text": "Typed here.", "revision": "1", "reason": ""}
    answer = office.post(f"{desk.path}/moderation/{sent.reference}/accept", data=words)
    assert answer.status_code == 422
    assert "Other words" in answer.text
    assert "Typed here." in answer.text
    assert "Please say why" in answer.text
    assert desk.author.view(sent).state is ProposalState.SUBMITTED


def test_a_proposal_stands_beside_what_is_like_it(desk, make, office):
    make.items(desk.seminar, Kind.GAP, 3)
    other = desk.another()
    twin = other.submit(other.write(gap("Gap number two", "What it is, twice.")))
    sent = desk.author.submit(desk.author.write(gap("Gap 2", "What it is.")))
    page = office.get(f"{desk.path}/moderation/{sent.reference}")
    assert "G02" in page.text
    assert twin.reference in page.text
    beside = office.get(f"{desk.path}/moderation/{sent.reference}?with={twin.reference}")
    assert f"Another proposal, {twin.reference}" in beside.text


@pytest.mark.parametrize(
    ("wording", "version"), [("as_it_is", 1), ("minor", 2), ("major", 2), ("", 1), ("nonsense", 1)]
)
def test_a_proposal_is_merged_with_the_wording_that_is_chosen(desk, make, office, wording, version):
    make.options(desk.seminar, 1)
    sent = desk.author.submit(desk.author.write(option()))
    path = f"{desk.path}/moderation/{sent.reference}/merge"
    assert "Merge into which entry?" in office.get(path).text
    assert "Does the wording change?" in office.get(f"{path}?into=W01").text
    words = {
        "into": "W01",
        "wording": wording,
        "title": "New words",
        "text": "New.",
        "time_horizon": "short",
        "cost_class": "low",
        "revision": "1",
        "reason": "The same.",
    }
    assert office.post(path, data=words).status_code == 303
    assert desk.author.view(sent).item_version == version


def test_a_merge_into_nothing_asks_again(desk, office):
    sent = desk.author.submit()
    answer = office.post(
        f"{desk.path}/moderation/{sent.reference}/merge",
        data={"into": "G99", "revision": "1", "reason": "Why not."},
    )
    assert answer.status_code == 422
    assert "G99" in answer.text


def test_a_split_grows_by_a_part_at_a_time_and_loses_nothing(desk, make, office):
    make.items(desk.seminar, Kind.GAP, 1)
    path = f"{desk.path}/moderation/items/G01/split"
    assert office.get(path).text.count("<legend>Part") == 2
    typed = {
        "parts": "2",
        "1.title": "First half",
        "1.text": "One.",
        "2.title": "Second half",
        "2.text": "Two.",
    }
    more = office.post(path, data=typed | {"then": "more"})
    assert more.status_code == 200
    assert more.text.count("<legend>Part") == 3
    assert "First half" in more.text
    done = office.post(path, data=typed | {"parts": "3", "reason": "It was two."})
    assert done.status_code == 303
    assert desk.item("G01").status is ItemStatus.WITHDRAWN
    assert {desk.item("G02").status, desk.item("G03").status} == {ItemStatus.ACCEPTED}


def test_what_is_wrong_with_a_part_is_said_beside_it(desk, make, office):
    make.items(desk.seminar, Kind.GAP, 1)
    answer = office.post(
        f"{desk.path}/moderation/items/G01/split",
        data={"parts": "2", "1.title": "First half", "2.text": "Without a title.", "reason": "It was two."},
    )
    assert answer.status_code == 422
    assert 'id="f-2.title-error"' in answer.text
    assert desk.item("G01").status is ItemStatus.ACCEPTED


@pytest.mark.parametrize("deed", ["reword", "merge", "split", "retire"])
def test_what_does_not_stand_cannot_be_moderated(desk, make, office, deed):
    make.items(desk.seminar, Kind.GAP, 1)
    desk.settle("retire", desk.item("G01"))
    for code in ("G01", "G99", "%00"):
        assert office.get(f"{desk.path}/moderation/items/{code}/{deed}").status_code in {400, 404}


def test_an_item_is_reworded_merged_and_retired_from_its_page(desk, make, office):
    make.items(desk.seminar, Kind.GAP, 3)
    path = f"{desk.path}/moderation/items"
    words = {"title": "Gap 1, clearer", "text": "What it is.", "wording": "minor", "reason": "Clearer."}
    assert office.post(f"{path}/G01/reword", data=words).status_code == 303
    same = office.post(f"{path}/G01/reword", data=words)
    assert same.status_code == 422
    assert "Nothing was changed." in same.text
    assert "Gap 2" in office.get(f"{path}/G01/merge?into=G02").text
    assert office.post(f"{path}/G01/merge", data={"into": "G02", "reason": "One."}).status_code == 303
    assert office.post(f"{path}/G03/retire", data={"reason": ""}).status_code == 422
    assert office.post(f"{path}/G03/retire", data={"reason": "Out."}).status_code == 303

    table = text_of(office.get(f"{desk.path}/moderation/table"))
    for line in (
        "G01 Gap 1, clearer Gaps Version 2: reworded, with the same meaning Clearer.",
        "G01 Gap 1, clearer Gaps Merged into G02 Gap 2 One.",
        "G03 Gap 3 Gaps Retired Out.",
    ):
        assert line in table


def test_the_table_has_no_words_of_what_was_declined(desk, make, office, as_person):
    sent = desk.author.submit(desk.author.write(gap("Landlocked and alone", "Very much so.")))
    desk.decide("decline", sent, reason="It is there already.")
    for reader in (office, as_person(make.member(desk.seminar, Role.OBSERVER))):
        page = reader.get(f"{desk.path}/moderation/table")
        assert sent.reference in page.text
        assert "It is there already." in page.text
        assert "Landlocked" not in page.text


def test_no_page_of_the_facilitators_tells_who_wrote_what_or_when(desk, make, office):
    make.items(desk.seminar, Kind.GAP, 1)
    proposals = [desk.author.submit(desk.author.write(gap(f"Title {n}"))) for n in range(3)]
    desk.decide("ask", proposals[0], text="Where?")
    desk.author.answer(proposals[0], "There.")
    desk.decide("accept", proposals[1])
    deeds = ("accept", "merge", "merge?into=G01", "ask", "decline")
    pages = [
        f"{desk.path}/moderation",
        f"{desk.path}/moderation/table",
        *(f"{desk.path}/moderation/{one.reference}" for one in proposals),
        *(f"{desk.path}/moderation/{proposals[0].reference}/{deed}" for deed in deeds),
    ]
    telling = (
        desk.author.panellist.pseudonym,
        str(desk.author.panellist.id),
        desk.author.person.name,
        desk.author.person.email,
        *(str(one.id) for one in proposals),
    )
    for path in pages:
        page = office.get(path)
        assert page.status_code == 200
        assert not [word for word in telling if word in page.text]
        assert "<time" not in page.text


def test_hostile_text_is_text_on_every_page_that_decides(desk, make, office):
    make.options(desk.seminar, 1)
    words = option(HOSTILE, HOSTILE)
    sent = desk.author.submit(desk.author.write(words))
    desk.decide("ask", sent, text=HOSTILE)
    desk.author.answer(sent, HOSTILE)
    place = f"{desk.path}/moderation/{sent.reference}"
    for path in ("", "/accept", "/merge", "/merge?into=W01", "/ask", "/decline"):
        page = office.get(f"{place}{path}")
        assert page.status_code == 200
        assert "<script>alert" not in page.text
    merged = {"into": "W01", "revision": "1", "reason": HOSTILE, "wording": "as_it_is"}
    assert office.post(f"{place}/merge", data=merged).status_code == 303
    for path in ("/moderation", "/moderation/table", "/items/W01"):
        page = office.get(f"{desk.path}{path}")
        assert "<script>alert" not in page.text


@pytest.mark.parametrize("role", [Role.EXPERT, Role.ORGANISER, Role.OBSERVER])
def test_only_facilitators_moderate(desk, make, as_person, role):
    sent = desk.author.submit()
    person = desk.author.person if role is Role.EXPERT else make.member(desk.seminar, role)
    other = as_person(person)
    for path in ("", f"/{sent.reference}", f"/{sent.reference}/accept"):
        assert other.get(f"{desk.path}/moderation{path}").status_code == 403
    answer = other.post(f"{desk.path}/moderation/{sent.reference}/decline", data={"reason": "No."})
    assert answer.status_code == 403
    assert desk.author.view(sent).state is ProposalState.SUBMITTED


def test_what_may_be_proposed_at_any_time_is_ticked(desk, office):
    answer = office.post(f"{desk.path}/moderation/setting", data={"kind": ["threat", "practice"]})
    assert answer.status_code == 303
    page = office.get(f"{desk.path}/moderation").text
    assert set(re.findall(r'value="(\w+)" checked', page)) == {"threat", "practice"}
