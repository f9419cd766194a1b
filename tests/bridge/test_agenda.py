"""From a closed round an agenda: the most divided first, the reasons of each side, without a name."""

import zipfile
from io import BytesIO

import pytest
from docx import Document

from app import i18n
from app.bridge import agenda, documents
from app.bridge.documents import Written
from app.db import transaction
from app.models import Round
from app.policy import Role
from app.questions.answers import Entry
from tests.ballots.voting import Voter
from tests.results import voting

SPLIT = [{"W01": {"OV": 1, "why": "It costs too much."}}, {"W01": {"OV": 9, "why": "It saves lives."}}]


@pytest.fixture(autouse=True)
def _english():
    """Each test begins in English, whatever language one before it has spoken."""
    i18n.use("en")
    yield
    i18n.use("en")


def path(seminar, round_, rest=""):
    return f"/seminars/{seminar.slug}/rounds/{round_.number}/agenda{rest}"


@pytest.fixture
def closed(engine, make):
    """W01 divides the panel, W02 and W03 do not."""
    seminar, round_ = voting.running(make, options=3)
    ballots = [voting.alike(3, OV=8) | SPLIT[place % 2] for place in range(10)]
    voting.cast(engine, round_, ballots)
    voting.close(engine, round_, publish=True)
    return seminar, round_


def found(engine, round_, *keys, minutes=15):
    with transaction(engine, write=False) as session:
        return agenda.agenda(
            session,
            round_=session.get_one(Round, round_.id),
            roles=[Role.FACILITATOR],
            keys=keys,
            minutes=minutes,
        )


def test_the_most_divided_come_first_and_are_proposed(engine, closed):
    _, round_ = closed
    shown = found(engine, round_)
    assert [point.code for point in shown.points] == ["W01", "W02", "W03"]
    assert [point.key for point in shown.chosen] == ["Q1.W01"]
    assert shown.points[0].is_divided
    assert not shown.points[1].is_divided
    assert shown.points[1].division == 0


def test_reasons_stand_on_the_side_of_their_authors(engine, closed):
    _, round_ = closed
    (point,) = found(engine, round_).chosen
    assert set(point.sides["for"]) == {"It saves lives."}
    assert set(point.sides["against"]) == {"It costs too much."}


def test_the_facilitator_chooses_and_what_is_not_there_is_left_out(engine, closed):
    _, round_ = closed
    shown = found(engine, round_, "Q1.W03", "Q1.W01", "Q9.W01", "nonsense", "Q1.W03", minutes=20)
    assert [point.code for point in shown.chosen] == ["W01", "W03"]
    assert shown.length == 40


def test_where_nothing_divides_the_panel_one_point_is_proposed(engine, make):
    _, round_ = voting.running(make, options=3)
    voting.cast(engine, round_, [voting.alike(3, OV=8)] * 6)
    voting.close(engine, round_, publish=True)
    assert len(found(engine, round_).chosen) == 1


@pytest.mark.parametrize("role", [Role.EXPERT, Role.OBSERVER, Role.CLERK])
def test_it_is_for_the_staff(make, as_person, closed, role):
    seminar, round_ = closed
    reader = as_person(make.member(seminar, role))
    for rest in ("", ".pdf", ".docx"):
        assert reader.get(path(seminar, round_, rest)).status_code == 403


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ORGANISER])
def test_of_an_open_round_there_is_none(engine, make, as_person, role):
    seminar, round_ = voting.running(make, options=1)
    voting.cast(engine, round_, [voting.alike(1, OV=8)] * 6)
    staff = as_person(make.member(seminar, role))
    for rest in ("", ".pdf", ".docx"):
        assert staff.get(path(seminar, round_, rest)).status_code == 409


def test_of_few_ballots_there_is_none(engine, make, as_person):
    seminar, round_ = voting.running(make, options=1)
    voting.cast(engine, round_, [voting.alike(1, OV=8)] * 4)
    voting.close(engine, round_, publish=True)
    staff = as_person(make.member(seminar, Role.FACILITATOR))
    assert staff.get(path(seminar, round_)).status_code == 409


@pytest.mark.parametrize("minutes", ["", "abc", "-3", "0", "99999", "²"])
def test_a_length_that_cannot_be_is_made_one_that_can(make, as_person, closed, minutes):
    seminar, round_ = closed
    staff = as_person(make.member(seminar, Role.FACILITATOR))
    assert staff.get(path(seminar, round_), params={"minutes": minutes}).status_code == 200


def test_the_page_has_both_sides(make, as_person, closed):
    seminar, round_ = closed
    html = as_person(make.member(seminar, Role.FACILITATOR)).get(path(seminar, round_)).text
    assert "It saves lives." in html
    assert "What speaks against it" in html
    assert "Rate it again in the room" in html
    assert "style=" not in html


def test_the_page_is_there_in_every_language(make, as_person, closed):
    seminar, round_ = closed
    staff = as_person(make.member(seminar, Role.FACILITATOR))
    for language in i18n.LANGUAGES:
        answer = staff.get(path(seminar, round_), headers={"Accept-Language": language})
        assert answer.status_code == 200, language
        assert f'lang="{language}"' in answer.text


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_documents_open_in_every_language(engine, closed, language):
    seminar, round_ = closed
    i18n.use(language)
    written = Written(seminar=seminar, agenda=found(engine, round_, "Q1.W01", "Q1.W02"))
    assert documents.build(written, "pdf").startswith(b"%PDF")
    word = documents.build(written, "docx")
    text = "\n".join(paragraph.text for paragraph in Document(BytesIO(word)).paragraphs)
    assert "It costs too much." in text
    assert text.index("Option 1") < text.index("Option 2")
    body = zipfile.ZipFile(BytesIO(word)).read("word/document.xml").decode()
    assert ("<w:bidi/>" in body) is (language == "ar")


def test_what_people_wrote_is_text_and_no_command(engine, make):
    seminar, round_ = voting.running(make, options=1)
    hostile = '#read("/etc/passwd") = *no* $x$ \\ ] <w:p> & "'
    voting.cast(engine, round_, [{"W01": {"OV": 1, "why": hostile}}] * 6)
    voting.close(engine, round_, publish=True)
    written = Written(seminar=seminar, agenda=found(engine, round_))
    assert documents.build(written, "pdf").startswith(b"%PDF")
    word = Document(BytesIO(documents.build(written, "docx")))
    assert hostile in [paragraph.text for paragraph in word.paragraphs]


def test_what_was_compared_is_divided_where_pairs_are_won_and_lost(engine, make):
    """W01 and W02 are each put first by half; that W03 comes after W02 all agree."""
    seminar = make.seminar(min_group=3)
    round_ = make.pair_round(seminar, options=3)
    for place in range(6):
        voter = Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar))
        voter.say("W01", Entry({"W02": 1 if place % 2 else -1}))
        voter.say("W02", Entry({"W03": 1}))
        voter.submit()
    voting.close(engine, round_, publish=True, settings=make.settings)
    shown = found(engine, round_)
    assert [(point.code, point.division) for point in shown.points] == [
        ("W01", 1.0),
        ("W02", 0.5),
        ("W03", 0.0),
    ]
    assert [point.code for point in shown.chosen] == ["W01"]
    assert shown.points[0].verdict == (
        "It was put before another 3 times and after another 3 times; about equal were 0."
    )
