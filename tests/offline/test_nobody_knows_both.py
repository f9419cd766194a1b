"""A form bears a code and no name; its clerk sees answers and no name, an organizer names and no answers."""

import csv
import io
from dataclasses import replace
from zipfile import ZipFile

import pytest
from pydantic import SecretStr
from sqlmodel import SQLModel, select

from app.ballots.order import own_order
from app.db import transaction
from app.models import Membership, PaperForm, Person, Round
from app.offline.codebook import CodeBook
from app.policy import Role
from app.results import service as results
from app.seminars import pseudonyms
from tests.ballots.voting import Voter
from tests.offline.filling import code_in, everything_in
from tests.offline.post import Post
from tests.results.test_storage_ties import PSEUDONYMS, marks

NAMES = {"name": "Zenobia Quillfeather", "email": "zenobia@quillfeather.example"}


@pytest.fixture
def named(post):
    """The same with an expert whose name nothing else contains."""
    with transaction(post.voter.engine) as session:
        person = session.get_one(Person, post.voter.person.id)
        person.name, person.email = NAMES["name"], NAMES["email"]
    return post


def about_her(post) -> list[str]:
    voter = post.voter
    words = ["Zenobia", "Quillfeather", voter.panellist.pseudonym]
    keys = (voter.person.id, voter.membership.id, voter.panellist.id)
    return [*words, *(str(key) for key in keys), *(key.hex for key in keys)]


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_no_byte_of_a_file_tells_whose_it_is_nor_who_made_it_when(named, kind):
    named.voter.save("W01", OV=7, rationale="A reason.")
    everything = everything_in(named.download(kind))
    assert [word for word in about_her(named) if word.lower() in everything.lower()] == []
    assert "python-docx" not in everything
    assert "openpyxl" not in everything
    assert named.download(kind) == named.download(kind)


def test_the_clerk_sees_the_answers_and_the_code_and_no_name(named):
    where = named.read(named.filled_in({"Q1.W01.OV": "7", "Q1.W02.OV": "cannot_say"}), by_clerk=True)
    pages = named.preview(where, by_clerk=True) + named.clerk.get(f"{named.round_path}/forms").text
    named.decide(where, by_clerk=True)
    pages += named.clerk.get(f"{named.round_path}/forms").text
    assert named.form().code in pages
    assert [word for word in about_her(named) if word.lower() in pages.lower()] == []


def test_the_clerk_sees_nothing_that_the_expert_answered_here(named):
    named.voter.save("W01", OV=7, rationale="Said on the web alone.")
    content = named.filled_in({"Q1.W02.OV": "3"})
    blank = named.voter
    blank.save("W01", rationale="Said on the web alone, again.")
    page = named.preview(named.read(content, by_clerk=True), by_clerk=True)
    assert "again" not in page


def test_the_organizer_gets_names_with_codes_and_blank_forms(named, make, as_person):
    named.voter.save("W01", OV=7, rationale="A secret reason.")
    organiser = as_person(make.member(named.voter.seminar, Role.ORGANISER))
    page = organiser.get(f"{named.round_path}/forms/people").text
    assert NAMES["name"] in page
    named.download()
    assert named.form().code not in page
    answer = organiser.post(
        f"{named.round_path}/forms/people", data={"member": str(named.voter.membership.id), "kind": "docx"}
    )
    with ZipFile(io.BytesIO(answer.content)) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("to-whom.csv").decode("utf-8-sig"))))
        forms = [archive.read(name) for name in archive.namelist() if name.endswith(".docx")]
    assert rows == [
        {
            "name": NAMES["name"],
            "address": NAMES["email"],
            "code": named.form().code,
            "file": f"R0-{named.form().code}.docx",
        }
    ]
    assert [code_in(form) for form in forms] == [named.form().code]
    assert "A secret reason." not in everything_in(forms[0])
    assert [entry.action for entry in named.audit] == ["offline:forms:prepare"]


def test_the_list_of_names_and_codes_leads_through_no_copy_of_the_database(named, engine):
    code = code_in(named.download())
    named.read(named.filled_in({"Q1.W01.OV": "7"}), by_clerk=True)
    with engine.connect() as connection:
        rows = [
            str(tuple(row))
            for table in SQLModel.metadata.sorted_tables
            for row in connection.execute(table.select())
        ]
    assert [row for row in rows if code in row or code.replace("-", "") in row] == []

    voter = named.voter
    with transaction(engine, write=False) as session:
        row = session.exec(select(PaperForm).where(PaperForm.panellist_id == voter.panellist.id)).one()
        other = voter.settings.model_copy(
            update={"secret_key": SecretStr("another secret of thirty-two signs")}
        )
        with pytest.raises(pseudonyms.LinkUnreadable):
            CodeBook(session, other, voter.seminar).paper(row)
        paper = CodeBook(session, voter.settings, voter.seminar).paper(row)
    assert paper.code == code
    subjects = [block.code for section in named.form().sections for block in section.blocks]
    assert subjects == own_order(sorted(subjects), paper.reader, voter.round.id)
    assert paper.reader != voter.panellist.id, "the order on the form leads to no row either"


def test_once_the_result_is_out_a_form_is_nobodys_and_still_known_as_one_of_that_round(named, make, engine):
    content = named.filled_in({"Q1.W01.OV": "7"})
    for voter in [
        named.voter,
        *(Voter.of(engine, make.settings, *at(named, person)) for person in crew(named, make)),
    ]:
        voter.save("W01", OV=5)
        voter.submit(blanks_meant=True)
    with transaction(engine) as session:
        results.close_round(session, named.voter.settings, round_=named.voter.round, by=None)
        results.publish_round(session, round_=session.get_one(Round, named.voter.round.id), by=None)
    with transaction(engine, write=False) as session:
        forms = session.exec(select(PaperForm)).all()
    assert {form.panellist_id for form in forms} == {None}

    second = make.rating_round(named.voter.seminar)
    later = Post(replace(named.voter, round=second), named.expert, named.clerk)
    assert "made for round R0" in later.send(content).text
    later.download()


def at(post, person):
    return post.voter.seminar, post.voter.round, person


def crew(post, make):
    return [make.expert(post.voter.seminar) for _ in range(5)]


def test_a_clerk_neither_sees_nor_touches_what_an_expert_has_sent_herself(named):
    where = named.read(named.filled_in({"Q1.W01.OV": "7"}))
    code = named.form().code
    assert code not in named.clerk.get(f"{named.round_path}/forms").text
    hers = f"{named.round_path}/forms/{code}/1"
    assert named.clerk.get(hers).status_code == 404
    for then in ("enter", "keep", "drop"):
        assert named.decide(hers, then=then, by_clerk=True).status_code == 404
    named.read(named.filled_in({"Q1.W01.OV": "2"}), by_clerk=True)
    assert named.expert.get(f"{named.round_path}/form/2").status_code == 404
    assert named.decide(where).status_code == 303
    assert named.sealed["Q1"]["answers"] == {"W01": {"OV": 7}}


def test_nobody_of_another_seminar_gets_a_form(named, make, as_person):
    organiser = as_person(make.member(named.voter.seminar, Role.ORGANISER))
    other = make.seminar()
    stranger = make.expert(other)
    with transaction(named.voter.engine, write=False) as session:
        hers = session.exec(select(Membership).where(Membership.person_id == stranger.id)).one()
    answer = organiser.post(f"{named.round_path}/forms/people", data={"member": [str(hers.id), "nonsense"]})
    assert answer.status_code == 422


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.FACILITATOR, Role.EXPERT])
def test_who_is_a_clerk_beside_something_else_does_not_read_forms(named, make, as_person, role):
    person = make.member(named.voter.seminar, Role.CLERK)
    make.member(named.voter.seminar, role, person)
    answer = as_person(person).get(f"{named.round_path}/forms")
    assert answer.status_code == 403
    assert "no other role" in answer.text


def test_the_log_tells_that_a_form_was_entered_and_nothing_that_leads_to_it(named):
    named.enter(named.filled_in({"Q1.W01.OV": "7"}), by_clerk=True)
    (entry,) = named.audit
    code = named.form().code
    assert set(entry.details) == {"form"}
    assert code not in str(entry.details)
    with transaction(named.voter.engine, write=False) as session:
        found = pseudonyms.fingerprint(session, named.voter.settings, named.voter.seminar, code)
    assert entry.details["form"] == found


def test_a_form_leads_to_its_member_only_while_the_link_exists(named):
    with transaction(named.voter.engine) as session:
        found = pseudonyms.membership_of(session, named.voter.settings, named.voter.panellist)
        assert found.id == named.voter.membership.id
        pseudonyms.destroy_key(session, named.voter.seminar)
        with pytest.raises(pseudonyms.LinkDestroyed):
            pseudonyms.membership_of(session, named.voter.settings, named.voter.panellist)
        with pytest.raises(pseudonyms.LinkDestroyed):
            pseudonyms.fingerprint(session, named.voter.settings, named.voter.seminar, "code")


# SQLite marks no row with a transaction
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_after_closing_no_row_of_a_form_shares_a_transaction_with_its_member(named, engine):
    named.enter(named.filled_in({"Q1.W01.OV": "7"}), by_clerk=True)
    named.read(named.filled_in({"Q1.W01.OV": "6"}))
    forms = ("paper_form", "paper_entry", *PSEUDONYMS)
    assert marks(engine, forms) & marks(engine, ("participation", "message"))

    with transaction(engine) as session:
        results.close_round(session, named.voter.settings, round_=named.voter.round, by=None)
    assert [entry.number for entry in named.entries] == [2]
    assert len(marks(engine, forms)) == 1, "all of them stand beside the closing alone"
