"""Marked proposals and answers, looked for at every address, in every file, by everybody.

Each mark stands in one text that an expert wrote, or a facilitator about one. Before publishing nobody reads
an answer but those who may; what was held back, is of few, was declined, withdrawn or never submitted is read
by nobody else.
"""

import io
import re
import zipfile
from itertools import product
from types import SimpleNamespace

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel, col, select
from structlog.testing import capture_logs

from app.db import transaction
from app.models import Membership, MinorityStatement, Person, Result, Seminar
from app.policy import Role
from app.report import service as report
from app.results import service as results
from app.results.panel import digest
from app.rounds import queries as rounds
from tests.dissent.collecting import AUTHOR, INSIDE, SECOND, THIRD, Panel
from tests.house.routes import routes
from tests.proposals.writing import Desk, gap
from tests.results import mapping

# what is read does not hang on the database
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

NAME, ADDRESS = "Marked Person", "marked@example.org"
MINE = {"draft", "waiting", "returned", "remark", "declined", "withdrawn"}
SENT = {"waiting", "returned", "remark", "declined"}
SHOWN = {"argument", "reason", "source"}
NEVER = {"heldargument", "ofone"}
# of minority statements: their wordings, what owners reply, why they are edited or withheld
STATED = {"first", "worded", "shorter", "reply", "heldback", "heldwhy", "takenback"}
MARKS = {*MINE, *SHOWN, *NEVER, *STATED}
# the tables in which texts stand
KEPT = {"proposal", "remark", "seal", "result"}


def mark(word):
    return f"Xq{word}xq"


@pytest.fixture
def marked(engine, settings, make):
    """A mapping in which one expert has written all that is marked, and five others answer beside her."""
    seminar, round_ = mapping.held(make, each=1, sectors=["SEC-ONE"], proposing=["gap"])
    desk = Desk(engine, settings, make, seminar)
    with transaction(engine) as session:
        person = session.get_one(Person, desk.author.person.id)
        person.name, person.email = NAME, ADDRESS
    _propose(desk)
    said = {"LIK": 3, "IMP": 4}
    with transaction(engine) as session:
        answers = {
            "Q1": {"T01": said | {"why": mark("reason")}},
            "Q2": {"STK-01": {"INF": 2, "INT": 2, "why": mark("ofone")}},
            "Q3": {"FW-01": {"E01": 1, "E01.source": mark("source"), "E02": 1, "E02.source": mark("ofone")}},
            "Q4": {"G01": {"for": mark("argument"), "against": mark("heldargument")}},
        }
        parts = {code: mapping._seal(sheet) for code, sheet in answers.items()}
        mapping.submit(session, round_, desk.author.panellist, parts).receipt = "0f" * 32
    for _ in range(5):
        mapping.vote(make, round_, {"Q1": {"T01": said}, "Q3": {"FW-01": {"E01": 1}}}, sector="SEC-ONE")
    return desk


def _propose(desk):
    author = desk.author
    author.write(gap(mark("draft"), "Unfinished."))
    author.submit(author.write(gap(mark("waiting"))))
    asked = author.submit(author.write(gap(mark("returned"))))
    desk.decide("ask", asked, text="Where?")
    replied = author.submit(author.write(gap("Nobody trains them")))
    desk.decide("ask", replied, text="Whom?")
    author.answer(replied, mark("remark"))
    desk.decide("decline", author.submit(author.write(gap(mark("declined")))), reason="It is one already.")
    author.withdraw(author.submit(author.write(gap(mark("withdrawn")))))


@pytest.fixture
def dissenting(make):
    """A panel with a minority statement that was edited, one that is withheld and one that was taken back."""
    panel = Panel.of(make)
    author, second, third = panel[AUTHOR], panel[SECOND], panel[THIRD]
    with transaction(panel.engine) as session:
        person = session.get_one(Person, author.person.id)
        person.name, person.email = NAME, ADDRESS
    statement = author.write(mark("first"))
    second.support(statement)
    panel.edit(statement, mark("worded"), reason=mark("shorter"))
    author.reply(statement, mark("reply"))
    panel.withhold(third.write(mark("heldback")), mark("heldwhy"))
    second.withdraw(second.write(mark("takenback")))
    here = {"round_number": ["0", "1"], "question_code": ["Q1"], "code": ["W01"], "item_code": ["W01"]}
    return SimpleNamespace(
        panel=panel,
        statement=statement,
        engine=panel.engine,
        seminar=panel.seminar,
        make=make,
        author=author,
        another=lambda: panel[INSIDE],
        facilitator=panel.facilitator,
        places=here | {"kind": ["option"], "name": ["rank-intervals"]},
    )


def places(desk):
    """What stands in addresses."""
    with transaction(desk.engine, write=False) as session:
        proposals = session.connection().execute(text("select reference from proposal")).scalars().all()
        stated = session.exec(select(MinorityStatement.reference)).all()
        members = session.exec(
            select(Membership.id).where(Membership.seminar_id == desk.seminar.id).order_by(col(Membership.id))
        ).all()
    return {
        "seminar_slug": [desk.seminar.slug],
        "round_number": ["0"],
        "question_code": ["Q1", "Q2", "Q3", "Q4", "Q5"],
        "reference": proposals,
        "statement_reference": stated,
        "code": ["T01", "STK-01", "FW-01", "G01"],
        "item_code": ["FW-01"],
        "kind": ["gap"],
        "form": ["csv", "json", "xlsx", "sav", "bundle"],
        "name": ["threats", "coverage"],
        "plan_name": ["delphi"],
        "file_kind": ["docx", "xlsx"],
        "form_code": [],
        "number": ["1"],
        "section_key": ["summary", "coverage", "options", "minorities"],
        "version_number": ["1"],
        "figure_name": ["coverage"],
        "membership_id": [str(members[0])],
        "role": [],
        "token": [],
    }


def addresses(desk, *, beside_proposals):
    here = places(desk) | getattr(desk, "places", {}) | ({} if beside_proposals else {"reference": []})
    for route in routes():
        if "GET" in (route.methods or ()):
            names = re.findall(r"{(\w+)(?::\w+)?}", route.path)
            for values in product(*(here[name] for name in names)):
                path = route.path
                for name, value in zip(names, values, strict=True):
                    path = re.sub(rf"{{{name}(:\w+)?}}", value, path)
                yield route.name, path


def said(answer):
    """All that an answer says, unpacked."""
    content = answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    return content.decode(errors="replace") + str(answer.headers)


def found(desk, browser, *, beside_proposals):
    """By mark the routes at which it is read, and the pages at which a mark stands beside her name."""
    read: dict[str, set[str]] = {}
    named: set[str] = set()
    for name, path in addresses(desk, beside_proposals=beside_proposals):
        answer = browser.get(path)
        assert answer.status_code < 500, path
        content = said(answer)
        here = {word for word in MARKS if mark(word) in content}
        for word in here:
            read.setdefault(word, set()).add(name)
        if here and (NAME in content or ADDRESS in content or desk.author.panellist.pseudonym in content):
            named.add(name)
    return read, named


def read_by_all(desk, as_person, *, beside_proposals=True):
    """What each role reads, and that no mark meets a name but before her own eyes."""
    everybody = {
        "author": desk.author.person,
        "another": desk.another().person,
        "facilitator": desk.facilitator,
        "organiser": desk.make.member(desk.seminar, Role.ORGANISER),
        "observer": desk.make.member(desk.seminar, Role.OBSERVER),
    }
    reads = {}
    for who, person in everybody.items():
        reads[who], named = found(desk, as_person(person), beside_proposals=beside_proposals)
        assert who == "author" or not named, (who, named)
    return reads


def test_no_published_digest_confirms_a_guess_at_what_is_not_shown(marked, as_person):
    with transaction(marked.engine) as session:
        (round_,) = rounds.plan(session, marked.seminar)
        questions = {one.code: one.id for one in rounds.questions(session, round_)}
    close(marked, publish=True)
    with transaction(marked.engine, write=False) as session:
        frozen = {row.question_id: row.numbers for row in session.exec(select(Result))}
    browser = as_person(marked.facilitator)
    sources = {"FW-01": {"E01": [mark("source")], "E02": [mark("ofone")]}}
    arguments = {"G01": {"against": [mark("heldargument")], "for": [mark("argument")]}}
    for code, part, guess in (
        ("Q2", "rationales", {"STK-01": [mark("ofone")]}),
        ("Q3", "sources", sources),
        ("Q4", "arguments", arguments),
    ):
        whole = frozen[questions[code]]
        answer = browser.get(f"/seminars/{marked.seminar.slug}/rounds/0/questions/{code}/export.json")
        published = answer.json()["result"]["inputs"][part]
        assert published == whole["inputs"][part]
        # as whoever knows every word of it would compute it
        assert published not in {digest(guess), digest([guess]), digest([guess, {}])}


def close(desk, *, publish):
    with transaction(desk.engine) as session:
        (round_,) = rounds.plan(session, desk.seminar)
        results.close_round(session, desk.settings, round_=round_, by=desk.facilitator)
        results.look(session, round_=round_, by=desk.facilitator)
        mapping.hold_back(session, round_, "Q4", "G01", mark("heldargument"))
        if publish:
            results.publish_round(session, round_=round_, by=desk.facilitator)
            about = report.begin(session, seminar=session.get_one(Seminar, round_.seminar_id), by=None)
            report.keep(session, report=about, note="Once.", by=None)


def test_before_closing_answers_are_read_by_nobody_and_proposals_by_those_who_decide(marked, as_person):
    with capture_logs() as lines:
        reads = read_by_all(marked, as_person)
    assert set(reads["facilitator"]) == SENT
    assert {place for places in reads["facilitator"].values() for place in places} <= {
        *("moderation.queue", "moderation.proposal"),
        *(f"moderation.confirm_{deed}" for deed in ("accept", "merge", "ask", "decline")),
    }
    assert set(reads["author"]) == MINE | SHOWN | NEVER
    assert [who for who in ("another", "organiser", "observer") if reads[who]] == []
    assert "Xq" not in str(lines)


def test_a_closed_round_is_read_by_those_who_prepare_it_alone(marked, as_person):
    close(marked, publish=False)
    reads = read_by_all(marked, as_person, beside_proposals=False)
    assert set(reads["facilitator"]) == SENT | SHOWN | {"heldargument"}
    assert reads["facilitator"]["heldargument"] == {"moderation.texts"}
    assert set(reads["organiser"]) == SHOWN
    shown_at = {place for places in reads["organiser"].values() for place in places}
    assert shown_at == {"bridge.agenda", "feedback.question", "maps.item"}
    assert [who for who in ("another", "observer") if reads[who]] == []


def test_what_is_published_is_what_was_let_through(marked, as_person):
    close(marked, publish=True)
    reads = read_by_all(marked, as_person, beside_proposals=False)
    assert set(reads["facilitator"]) == SENT | SHOWN
    assert set(reads["organiser"]) == SHOWN
    assert set(reads["another"]) == set(reads["observer"]) == SHOWN
    # and in the database texts stand where they belong, beside no name
    with marked.engine.connect() as connection:
        for table in SQLModel.metadata.tables:
            rows = str(connection.execute(text(f'select * from "{table}"')).all())
            assert table in KEPT or "Xq" not in rows, table
            assert table not in KEPT or (NAME not in rows and ADDRESS not in rows), table


def test_a_statement_in_the_making_is_read_by_those_who_make_it_and_a_released_one_by_all(
    dissenting, as_person
):
    with capture_logs() as lines:
        reads = read_by_all(dissenting, as_person)
    assert set(reads["author"]) == {"first", "worded", "shorter", "reply"}
    assert set(reads["another"]) == {"worded"}
    assert set(reads["facilitator"]) == {"first", "worded", "reply", "heldback", "heldwhy"}
    assert [who for who in ("organiser", "observer") if reads[who]] == []
    assert {place for places in reads["facilitator"].values() for place in places} == {
        "dissent.dissent",
        "dissent.statement",
    }

    for place in (AUTHOR, SECOND):
        dissenting.panel[place].approve(dissenting.statement)
    dissenting.panel.release(dissenting.statement, seen=2)
    after = read_by_all(dissenting, as_person)
    assert set(after["another"]) == set(after["organiser"]) == set(after["observer"]) == {"worded"}
    assert {"outcome.outcome", "outcome.option", "dissent.dissent"} <= after["observer"]["worded"]
    assert set(after["facilitator"]) == set(reads["facilitator"])
    assert "Xq" not in str(lines)
    with dissenting.engine.connect() as connection:
        for table in SQLModel.metadata.tables:
            rows = str(connection.execute(text(f'select * from "{table}"')).all())
            assert table.startswith("minority_") or "Xq" not in rows, table
