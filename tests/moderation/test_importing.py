"""What an import makes of a register is asked about in the rounds to come."""

import re

from sqlmodel import col, select

from app.db import transaction
from app.models import Item, ItemVersion, Subject
from app.models.registers import ItemStatus
from app.models.rounds import RoundState
from app.policy import Role
from tests.registers.spreadsheets import hidden

TABLE = (
    "code,title,text,time_horizon,cost_class,trade_off,status\n"
    "W01,Another title,What it is.,short,low,,accepted\n"
    "W02,Option 2,What it is.,short,low,,withdrawn\n"
    ",A new way forward,What it is.,short,low,,\n"
)


def imported(staff, seminar):
    base = f"/seminars/{seminar.slug}"
    shown = staff.post(
        f"{base}/registers/option/import",
        files={"file": ("options.csv", TABLE.encode())},
        data={"meaning": "major"},
    )
    assert shown.status_code == 200, re.sub(r"<[^>]*>", " ", shown.text)
    sent = {name: hidden(shown.text, name) for name in ("rows", "seen", "meaning")}
    return staff.post(
        f"{base}/moderation/import/option", data=sent | {"reason": "From a table."}, files={"x": ("", b"")}
    )


def asked(session, question):
    return session.exec(
        select(Item.code, Subject.item_version)
        .join(Item, col(Item.id) == Subject.item_id)
        .where(Subject.question_id == question.id)
        .order_by(col(Subject.position))
    ).all()


def test_rounds_to_come_follow_an_import_and_those_that_were_held_do_not(make, as_person, engine):
    seminar = make.seminar(
        mandate={
            "vocabularies": {
                "time_horizon": [{"value": "short", "label": "Soon"}],
                "cost_class": [{"value": "low", "label": "Cheap"}],
            }
        }
    )
    staff = as_person(make.member(seminar, Role.FACILITATOR))
    before = make.round(seminar, state=RoundState.PUBLISHED)
    coming = make.round(seminar, state=RoundState.DRAFT)
    held, planned = make.question(before, seminar), make.question(coming, seminar)

    assert imported(staff, seminar).status_code == 303

    with transaction(engine, write=False) as session:
        assert asked(session, planned) == [("W01", 2), ("W03", 1), ("W04", 1)]
        assert asked(session, held) == [("W01", 1), ("W02", 1), ("W03", 1)]
        gone = session.exec(select(Item).where(Item.seminar_id == seminar.id, Item.code == "W02")).one()
        assert gone.status is ItemStatus.WITHDRAWN
        new = session.exec(select(ItemVersion).where(ItemVersion.title == "A new way forward")).one()
        assert not new.minor
