"""Hostile requests to every route in every role: no fault of ours, and nobody changes what she may not."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from fastapi.routing import APIRoute
from sqlmodel import select

from app.db import transaction
from app.dissent import service as dissent
from app.dissent.service import Draft
from app.models import Invitation, Proposal, Seminar
from app.models.rounds import RoundState
from app.offline import service as offline
from app.offline.codebook import CodeBook
from app.offline.entries import TYPED, Entry
from app.policy import Role
from app.report import approving, queries
from app.report import service as reporting
from app.results import service as results
from app.seminars import service as seminars
from app.seminars.invitations import token_of
from tests.ballots.voting import settle
from tests.conftest import HTMX
from tests.factories import sign_in
from tests.house import hostile
from tests.house.enemy import Enemy, Shot, encoded
from tests.house.routes import FOUNDERS, PERSONAL, PUBLIC, ROLES, routes

pytestmark = pytest.mark.database

NOBODY, STRANGER = "nobody", "stranger"
EVERYBODY: tuple[str, ...] = (NOBODY, STRANGER, *Role)
ROUTES = {route.name: route for route in routes()}

# What each form holds when it is well filled in; one field after the other is then spoilt.
CARD = {"W01.OV": "7", "W01.C1": "cannot_say", "W01.rationale": "Why not.", "W01.seen": "OV:1,C1:1"}
ONE = {"email": "one@example.org", "name": "One", "role": "expert", "sector": "", "region": "Sahel"}
NEW = {"title": "A seminar", "slug": "second", "timezone": "UTC", "first_day": "2027-01-01"}
WORDS = {"title": "A title", "text": "A text.", "time_horizon": "short", "cost_class": "low"}
PROPOSED: dict[str, Any] = {"kind": "option", "state": "submitted", "title": "A title", "text": "A text."}
TIED = {"link.serves.element": "E01", "link.led_by.stakeholder": "STK-01"}
DECIDED = WORDS | TIED | {"revision": "1", "reason": "Because."}
STATED = {"text": "I see it otherwise.", "language": "en", "alone": "yes"}
PARTS = {f"{number}.{name}": value for number in (1, 2) for name, value in WORDS.items()}
FORMS: dict[str, dict[str, str]] = {
    "bridge.start": {"minutes": "5"},
    "proposals.create": WORDS | TIED | {"then": "keep"},
    "proposals.save": WORDS | TIED | {"revision": "1", "then": "review"},
    "proposals.similar": WORDS,
    "proposals.answer": {"answer": "It is so."},
    "moderation.accept": DECIDED,
    "moderation.merge": DECIDED | {"into": "W02", "wording": "minor"},
    "moderation.ask": {"revision": "1", "text": "Why?"},
    "moderation.decline": {"revision": "1", "reason": "Because."},
    "moderation.reword": DECIDED | {"wording": "minor"},
    "moderation.merge_item": {"into": "W02", "reason": "Because."},
    "moderation.split": PARTS | {"parts": "2", "reason": "Because.", "then": ""},
    "moderation.retire": {"reason": "Because."},
    "moderation.setting": {"kind": "option"},
    "moderation.hold": {"code": "W01", "digest": "0" * 64, "instead": "x", "reason": "y", "then": "hold"},
    "registers.preview_import": {"meaning": "minor"},
    "moderation.import_register": {
        "rows": "eJwDAAAAAAE=",
        "seen": "x",
        "meaning": "minor",
        "reason": "Because.",
    },
    "report.configure": {"title": "A report", "language": "fr", "paper": "letter", "attribution": "None."},
    "report.keep": {"note": "As it is."},
    "report.preview": {"body": "## So\n\n[[number:W01.median]] and [[figure:none]]"},
    "report.save": {
        "title": "Summary",
        "body": "It is [[number:W01.median]].",
        "included": "yes",
        "seen": "1",
    },
    "report.confirm": {"seen": "1"},
    "report.take": {"seen": "1"},
    "report.comment": {"text": "Shorter."},
    "dissent.write": STATED,
    "dissent.revise": STATED | {"seen": "1"},
    "dissent.support": {"seen": "1"},
    "dissent.approve": {"seen": "1"},
    "dissent.reply": {"seen": "1", "reply": "It is so."},
    "dissent.edit": {"seen": "1", "text": "Fewer words.", "reason": "Because."},
    "dissent.release": {"seen": "1"},
    "dissent.withhold": {"why": "Because."},
    "identity.ask": {"email": "somebody@example.org", "next": "/"},
    "identity.enter_code": {"code": "123456", "next": "/"},
    "identity.redeem": {"code": "123456", "next": "/"},
    "identity.language": {"language": "fr", "next": "/"},
    "identity.save_profile": {"name": "Ada", "locale": "fr", "timezone": "Europe/Zurich"},
    "notifications.again": {"mail": "00000000-0000-0000-0000-000000000000", "email": "new@example.org"},
    "notifications.choose": {"wish": "stop"},
    "notifications.one_click": {"List-Unsubscribe": "One-Click"},
    "notifications.remind_people": {"member": "00000000-0000-0000-0000-000000000000"},
    "seminars.invite": ONE,
    "seminars.import_panel": {"people": "email;name;role\ntwo@example.org;Two;expert", "file": ""},
    "seminars.change_role": {"role": "observer"},
    "seminars.accept": {"code": "123456"},
    "seminars.decline": {"code": "123456"},
    "rounds.open": {"closes_at": "2031-01-01T12:00"},
    "seminars.configure": {"title": "A title", "timezone": "UTC", "min_group": "5"},
    "rounds.schedule": {"opens_at": "2031-01-01T12:00", "closes_at": "2031-02-01T12:00"},
    "rounds.give_deadline": {"closes_at": "2031-01-01T12:00", "reason": "Because."},
    "rounds.take_back": {"reason": "Because."},
    "results.reopen": {"closes_at": "2031-01-01T12:00", "reason": "Because."},
    "rounds.extend": {"closes_at": "2031-01-01T12:00", "reason": "Because."},
    "founding.create": NEW | {"template": "", "language": "en", "anonymity": "pseudonymous"},
    "ballots.save": CARD | {"W02.OV": "3", "then": "review", "at": "W01"},
    "ballots.save_card": CARD,
    "ballots.keep": CARD,
    "ballots.keep_all": CARD,
    "designer.create": {"title": "A round", "purpose": "To see."},
    "designer.save_settings": {"title": "A round", "feedback": "none", "quorum": "60", "seen": "x"},
    "designer.add_question": {"form": "cards"},
    "designer.save_question": {"prompt": "How good?", "criterion.OV": "everyone", "seen": "x"},
    "designer.save_subjects": {"kind": "option", "code": "W01", "then": "ticks", "seen": "x"},
    "designer.save_agreement": {"rule": "iqr", "width": "1", "seen": "x"},
    "designer.move_question": {"to": "up"},
    "designer.move_criterion": {"to": "up"},
    "designer.add_from_library": {"ready": "COST"},
    "designer.add_criterion": {"label": "One", "scale": "1-3", "anchor.1": "No", "anchor.3": "Yes"},
    "designer.save_criterion": {"label": "One", "scale": "1-3", "anchor.1": "No", "anchor.3": "Yes"},
    "designer.apply": {"round": "0", "first_day": "2027-02-01"},
    "designer.keep": {"name": "Mine", "summary": "For later.", "number": "0"},
    "designer.carry_forward": {"source": "0", "feedback": "statistics", "Q1": "W01"},
    "ballots.submit": {"blanks": "no"},
    "feedback.mark": {"code": "W01", "digest": "0" * 64, "helpful": "yes", "show": "all"},
    "offline.download": {},
    "offline.by_mail": {"wish": "yes"},
    "offline.save_mailing": {"everybody": "yes", "of.none": "no"},
    "offline.send": {"file": ""},
    "offline.receive": {"code": "0000-0000-0000-0000", "file": ""},
    "offline.confirm": {"c.Q1.W01.OV": "7", "then": "enter"},
    "offline.enter": {"c.Q1.W01.OV": "7", "then": "enter"},
    "offline.prepare": {"member": "none", "kind": "docx"},
}
# What ends what others need comes last, and leaving at the very end.
LAST = (
    "report.approve",
    "report.take_up",
    "dissent.release",
    "dissent.withdraw",
    "proposals.withdraw",
    "moderation.merge",
    "moderation.decline",
    "moderation.accept",
    "seminars.change_role",
    "seminars.withdraw",
    "designer.remove_question",
    "designer.remove",
    "results.close",
    "results.publish",
    "identity.end_other_sessions",
    "identity.sign_out",
    "seminars.leave",
)
# Who sends a wrong code to an invitation has opened its mail; a ballot saves what fits beside what does not.
SAVED_IN_PART = frozenset(
    {"seminars.accept", "ballots.save", "ballots.save_card", "ballots.keep", "ballots.keep_all"}
)
# The open round is where most is tried; these have been published, closed, and not yet opened.
OTHER_ROUNDS = ("0", "2", "3")


@pytest.fixture
def enemy(make, app, engine, settings) -> Iterator[Enemy]:
    """An enemy in a seminar with a round in every state, who can be anybody in it."""
    settled = settle(make, [{"W01": {"OV": score, "C1": 5}, "W02": {"OV": 4}} for score in range(1, 7)])
    seminar = settled.seminar
    counted = make.rating_round(seminar)
    make.rating_round(seminar, state=RoundState.DRAFT)
    # their clocks are ahead of UTC, where the first year of the calendar begins too early
    zone = {"timezone": "Pacific/Auckland"}
    people = {
        STRANGER: make.person(),
        Role.EXPERT: settled.voters[0].person,
        Role.FACILITATOR: make.member(seminar, Role.FACILITATOR, make.person(**zone)),
        Role.ORGANISER: make.member(seminar, Role.ORGANISER, make.person(may_create_seminars=True, **zone)),
        Role.OBSERVER: make.member(seminar, Role.OBSERVER),
        Role.CLERK: make.member(seminar, Role.CLERK),
    }
    make.member(seminar, Role.ORGANISER)
    with transaction(engine) as session:
        results.close_round(session, make.settings, round_=counted, by=None)
        whose = settled.voters[0].panellist.id
        written = Proposal(seminar_id=seminar.id, panellist_id=whose, reference="P-2370", **PROPOSED)
        session.add(written)
        session.get_one(Seminar, seminar.id).proposing = ["option"]
        host, facts = session.get_one(Seminar, seminar.id), {"email": "x@example.org", "name": "X"}
        invited = seminars.invite(session, settings, seminar=host, by=None, role=Role.EXPERT, **facts)
        invitation = session.exec(select(Invitation).where(Invitation.membership_id == invited.id)).one()
        book, hers = CodeBook(session, settings, host), settled.voters[0].panellist
        paper = offline.form_for(session, book, round_=settled.now, panellist=hers)
        offline.take_in(session, form=paper.row, entry=Entry(TYPED), by_clerk=True)
        stating: dict[str, Any] = {"seminar": host, "panellist": settled.voters[0].panellist, "code": "W01"}
        stated = dissent.write(session, **stating, draft=Draft("It is not so.", alone=True)).reference
        about = reporting.begin(session, seminar=host, by=None)
        reporting.keep(session, report=about, note="Once.", by=None)
        summary = queries.section(session, about, "summary")
        assert summary is not None
        approving.comment(session, section=summary, text="Shorter.", by=None)
        tokens: dict[str, str] = {who: sign_in(session, person) for who, person in people.items()}
    places = {
        "seminar_slug": seminar.slug,
        "round_number": str(settled.now.number),
        "question_code": "Q1",
        "plan_name": "delphi",
        "reference": "P-2370",
        "item_code": "W01",
        "code": "W01",
        "kind": "option",
        "token": token_of(settings, invitation),
        "name": "rank-intervals",
        "form": "csv",
        "role": "expert",
        "file_kind": "docx",
        "form_code": paper.code,
        "statement_reference": stated,
        "section_key": "summary",
        "version_number": "1",
        "figure_name": "rank-intervals",
        "number": "1",
        "membership_id": str(invited.id),
    }
    enemy = Enemy(app, engine, places, tokens)
    yield enemy
    enemy.close()


def may(who: str, route: APIRoute) -> bool:
    """Whether she is let in at all."""
    if route.name in PUBLIC:
        return True
    if route.name in PERSONAL:
        return who != NOBODY
    if route.name in FOUNDERS:
        return who == Role.ORGANISER
    return who in ROLES[route.name]


def volley(enemy: Enemy, route: APIRoute, who: str) -> Iterator[Shot]:
    """A little of everything to one route in one role, and less where it is refused in any case."""
    form = FORMS.get(route.name, {"nothing": "in particular"})
    shots = list(enemy.shots(route, who, form))
    if not may(who, route):
        yield shots[enemy.sent % len(shots)]
        return
    yield from shots
    if "POST" in (route.methods or ()) and who == next(one for one in EVERYBODY if may(one, route)):
        yield from enemy.spoilt(route, who, form)
    if "{round_number}" in route.path:
        for number in OTHER_ROUNDS:
            headers = {"Content-Type": hostile.FORM}
            yield Shot(route, who, enemy.at(route, round_number=number), headers, encoded(list(form.items())))


def faults_of(enemy: Enemy, shot: Shot) -> Iterator[str]:
    hit, route = enemy.fire(shot), shot.route
    if hit.status >= 500 or hit.faults or "Traceback" in hit.text:
        yield f"{hit.status} {hit.faults} {hit.text[-1500:]} after {shot}"
    if hit.written and (shot.method == "GET" or not may(shot.who, route)):
        yield f"{hit.status} and written {hit.written} after {shot}"
    if hit.written and hit.status >= 400 and route.name not in SAVED_IN_PART:
        yield f"refused by {hit.status} and yet written {hit.written} after {shot}"


def test_no_request_is_a_fault_and_none_trespasses(enemy):
    order = sorted(ROUTES.values(), key=lambda route: LAST.index(route.name) if route.name in LAST else -1)

    wrong = [
        fault
        for route in order
        for who in EVERYBODY
        for shot in volley(enemy, route, who)
        for fault in faults_of(enemy, shot)
    ]

    assert not wrong, "\n".join(wrong)


TIMES = [value for value in hostile.IN_FIELDS if value[:1].isdigit() or value[:1] in {"-", "+"}]


def test_no_time_is_too_odd_to_be_refused(enemy):
    """Each in turn, since years at both ends of the calendar fail in some zones alone."""
    at_rounds = {"rounds.open": "3", "rounds.extend": "1"}
    headers = {"Content-Type": hostile.FORM}
    shots = [
        Shot(
            ROUTES[name],
            Role.FACILITATOR,
            enemy.at(ROUTES[name], round_number=number),
            headers,
            encoded([("closes_at", time), ("reason", "Because.")]),
        )
        for name, number in at_rounds.items()
        for time in TIMES
    ]

    wrong = [fault for shot in shots for fault in faults_of(enemy, shot)]

    assert not wrong, "\n".join(wrong)


def test_no_body_is_too_odd_to_be_refused(enemy):
    """Signed out too, where the form is read to be shown back."""
    route = ROUTES["ballots.save"]

    wrong = [
        fault
        for who in (NOBODY, Role.EXPERT)
        for kind, body in hostile.BODIES
        for fault in faults_of(enemy, Shot(route, who, enemy.at(route), {"Content-Type": kind}, body))
    ]

    assert not wrong, "\n".join(wrong)


# What is wrong, in which round, and what is said to it.
ODD = {
    "off the scale": ("1", [("W01.OV", "10")], 422, "Please choose a point from 1 to 9"),
    "no number": ("1", [("W01.OV", "9" * 5000)], 422, "Please choose a point from 1 to 9"),
    "said twice": ("1", [("W01.OV", "7"), ("W01.OV", "8")], 422, "Two different answers were sent here"),
    "foreign option": ("1", [("W99.OV", "7")], 422, "is not among what this round asks about"),
    "foreign criterion": ("1", [("W01.C9", "7")], 422, "This round does not ask for"),
    "too late": ("0", [("W01.OV", "7")], 409, "is not open for answers"),
}


def test_an_answer_that_does_not_fit_is_refused_in_words_and_what_was_typed_is_kept(enemy):
    route = ROUTES["ballots.save_card"]
    for script, case in product((False, True), ODD):
        number, odd, status, words = ODD[case]
        reason = f"A reason to be kept, {case}, {script}."
        headers = {"Content-Type": hostile.FORM} | (HTMX if script else {})
        body = encoded([*odd, ("W01.rationale", reason), ("W01.seen", "OV:99,C1:99,rationale:99")])

        hit = enemy.fire(Shot(route, Role.EXPERT, enemy.at(route, round_number=number), headers, body))

        assert (hit.status, words in hit.text) == (status, True), case
        # what fits is saved; a script leaves the card as it is, with all that was typed
        assert ("rationale_revision" in hit.written) == (status == 422), case
        assert script or reason in hit.text, case
