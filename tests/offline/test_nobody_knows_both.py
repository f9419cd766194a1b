"""A form bears a code and no name; its clerk sees answers and no name, an organizer names and no answers."""

import csv
import io
from zipfile import ZipFile

import pytest
from sqlmodel import select

from app.db import transaction
from app.models import Membership, Person
from app.policy import Role
from app.results import service as results
from app.seminars import pseudonyms
from tests.offline.filling import code_in, everything_in
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
