"""Every route as every role: each gets what the table says, and nobody a fault of ours."""

import re

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from app.db import transaction
from app.demo.story import SLUG
from app.models import Membership, MinorityStatement, PaperEntry, PaperForm, Seminar
from app.models.dissent import StatementState
from app.models.seminars import MembershipState
from app.offline.codebook import CodeBook
from app.policy import Role
from tests.conftest import BROWSER, ORIGIN
from tests.factories import Make, sign_in
from tests.house.routes import FOUNDERS, PERSONAL, PUBLIC, ROLES, routes

pytestmark = pytest.mark.database

NOBODY, STRANGER = "nobody", "stranger"
IN, SIGN_IN, FORBIDDEN, NOTHING = "let in", "asked to sign in", "forbidden", "nothing there"

PLACES = {
    "seminar_slug": SLUG,
    "round_number": "3",
    "question_code": "Q1",
    "plan_name": "delphi",
    "item_code": "W01",
    "code": "W01",
    "kind": "option",
    "token": "no-such-token",
    "name": "rank-intervals",
    "form": "csv",
    "role": "expert",
    "file_kind": "docx",
    "number": "1",
    "section_key": "summary",
    "version_number": "1",
    "figure_name": "rank-intervals",
}
# The visitor has a receipt of the round before, and none yet of the open one.
OTHER_PLACES = {name: {"round_number": "2"} for name in ("ballots.receipt", "ballots.receipt_text")} | {
    "maps.figure": {"name": "network"}
}
# what the clerk took in is the second that came of the form
OTHER_PLACES |= {name: {"number": "2"} for name in ("offline.entry", "offline.enter")}
# the code at these is that of a criterion
OTHER_PLACES |= {
    f"designer.{name}": {"code": "OV"}
    for name in (
        *("criterion", "save_criterion", "copy_criterion", "move_criterion"),
        *("confirm_remove_criterion", "remove_criterion"),
    )
}
# Of these the demonstration has none: whoever may is told that there is nothing, others that they may not.
NOT_THERE = frozenset(
    {
        "bridge.finish",
        "bridge.screen",
        "designer.confirm_delete_plan",
        "designer.delete_plan",
        "outcome.prepared",
    }
)
# Let in is also who is told that it cannot be now, is spent, does not fit, or was tried too often.
LET_IN = {200, 204, 303, 409, 410, 422, 429}


@pytest.fixture
def visitors(demo_app, demo_engine, visitor):
    """A browser for each role, and for two who have none."""
    outside = TestClient(demo_app, base_url=ORIGIN, headers=BROWSER, follow_redirects=False)
    stranger = TestClient(demo_app, base_url=ORIGIN, headers=BROWSER, follow_redirects=False)
    person = Make(demo_engine, demo_app.state.settings).person()
    with transaction(demo_engine) as session:
        stranger.cookies.set("colloquy", sign_in(session, person))
    with outside, stranger:
        yield {NOBODY: outside, STRANGER: stranger} | {role: visitor(role) for role in Role}


@pytest.fixture
def places(demo_app, demo_engine, visitor, route):
    """What stands in for the names in the route's address: what has to be there for it is made first."""
    found = dict(PLACES)
    if "{reference}" in route.path:
        found["reference"] = proposed(visitor(Role.EXPERT))
    if "{form_code}" in route.path or "{number}" in route.path:
        sent(visitor(Role.EXPERT), visitor(Role.CLERK))
    with transaction(demo_engine, write=False) as session:
        invited = select(Membership.id).where(Membership.state == MembershipState.INVITED)
        printed = MinorityStatement.state == StatementState.RELEASED
        found["statement_reference"] = session.exec(select(MinorityStatement.reference).where(printed)).one()
        seminar = session.exec(select(Seminar).where(Seminar.slug == SLUG)).one()
        book = CodeBook(session, demo_app.state.settings, seminar)
        came = session.exec(select(PaperForm).join(PaperEntry)).first()
        code = book.paper(came).code if came else ""
        return found | {"membership_id": str(session.exec(invited).first()), "form_code": code}


def proposed(expert):
    """The reference of what the expert has proposed."""
    words = {"title": "A gap", "text": "It is there."}
    written = expert.post(f"/seminars/{SLUG}/proposals/new/gap", data=words)
    reference = written.headers["location"].rpartition("/")[2].partition("?")[0]
    assert expert.post(f"/seminars/{SLUG}/proposals/{reference}/submit").status_code == 303
    return reference


def sent(expert, clerk):
    """The expert has sent back her form, and a form clerk has uploaded it too."""
    paper = f"/seminars/{SLUG}/rounds/3/form"
    form = expert.post(f"{paper}.docx").content
    assert expert.post(paper, files={"file": ("form.docx", form)}).headers["location"] == f"{paper}/1"
    assert clerk.post(f"{paper}s", files={"file": ("form.docx", form)}).headers["location"].endswith("/2")


def ask(client, route, places):
    here = places | OTHER_PLACES.get(route.name, {})
    path = re.sub(r"{(\w+)}", lambda found: here[found.group(1)], route.path)
    if route.methods == {"GET"}:
        return client.get(path)
    return client.post(path, data={"nothing": "in particular"})


def kind_of(answer):
    if answer.status_code == 401 or answer.headers.get("location", "").startswith("/sign-in?"):
        return SIGN_IN
    return {403: FORBIDDEN, 404: NOTHING}.get(answer.status_code) or (
        IN if answer.status_code in LET_IN else answer.status_code
    )


def expected(route, who):
    if route.name in PUBLIC:
        return {IN, NOTHING} if "{token}" in route.path else {IN}
    if who == NOBODY:
        return {SIGN_IN}
    if route.name in PERSONAL:
        return {IN}
    if route.name in FOUNDERS:
        return {IN if who == Role.ORGANISER else FORBIDDEN}
    if who == STRANGER:
        return {NOTHING}
    if who not in ROLES[route.name]:
        return {FORBIDDEN}
    return {NOTHING if route.name in NOT_THERE else IN}


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_each_gets_what_the_table_says(route, visitors, places):
    # those who are refused come first: whoever is let in may change what the others would find
    order = sorted(visitors, key=lambda who: IN in expected(route, who))
    wrong = {
        who: kind
        for who in order
        if (kind := kind_of(ask(visitors[who], route, places))) not in expected(route, who)
    }
    assert not wrong
