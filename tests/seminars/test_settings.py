"""Organisers change a seminar's settings; what protects the panel only becomes stricter once it runs."""

import pytest
from sqlmodel import col, select

from app.db import transaction
from app.errors import Invalid
from app.models import AuditEntry, Seminar
from app.models.seminars import SeminarStatus
from app.policy import Role
from app.seminars import configuring
from app.seminars.configuring import SettingsForm

TYPED = {"title": "Another title", "summary": "What it is.", "attribution": "", "timezone": "Europe/Zurich"}


def form(min_group, **fields):
    return SettingsForm(**(TYPED | {"min_group": min_group} | fields))


def held(engine, seminar):
    with transaction(engine, write=False) as session:
        return session.get_one(Seminar, seminar.id)


@pytest.mark.parametrize("status", [SeminarStatus.RUNNING, SeminarStatus.CONCLUDED, SeminarStatus.ARCHIVED])
def test_once_it_runs_the_minimum_group_only_becomes_larger(engine, make, status):
    seminar = make.seminar(status=status, min_group=5)

    with transaction(engine) as session, pytest.raises(Invalid) as refusal:
        configuring.configure(session, seminar=seminar, form=form(4), by=None)
    assert isinstance(refusal.value.errors["min_group"], configuring.OnlyStricter)
    assert held(engine, seminar).min_group == 5
    with transaction(engine) as session:
        configuring.configure(session, seminar=seminar, form=form(8), by=None)
    assert held(engine, seminar).min_group == 8


def test_before_it_runs_the_minimum_group_is_free(engine, make):
    seminar = make.seminar(min_group=5)

    with transaction(engine) as session:
        configuring.configure(session, seminar=seminar, form=form(3), by=None)

    assert held(engine, seminar).min_group == 3


def test_opening_a_round_starts_the_ratchet(engine, make, as_person):
    seminar = make.seminar(min_group=5)
    make.expert(seminar)
    round_ = make.rating_round(seminar, state="draft")
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))
    opening = f"/seminars/{seminar.slug}/rounds/{round_.number}/open"
    assert facilitator.post(opening, data={"closes_at": "2031-01-01T12:00"}).status_code == 303
    organiser = as_person(make.member(seminar, Role.ORGANISER))

    answer = organiser.post(f"/seminars/{seminar.slug}/settings", data=TYPED | {"min_group": "4"})

    assert answer.status_code == 422
    assert "can only become larger than 5" in answer.text
    assert "Another title" in answer.text
    assert held(engine, seminar).title != "Another title"


def test_what_has_changed_is_logged_and_what_has_not_is_not(engine, make, as_person):
    seminar = make.seminar()
    organiser = as_person(make.member(seminar, Role.ORGANISER))
    at = f"/seminars/{seminar.slug}/settings"

    saved = organiser.post(at, data=TYPED | {"min_group": "6"})
    organiser.post(at, data=TYPED | {"min_group": "6"})

    assert (saved.status_code, saved.headers["location"]) == (303, f"{at}?done=saved")
    with transaction(engine) as session:
        entries = session.exec(select(AuditEntry).order_by(col(AuditEntry.number))).all()
    assert [(entry.action, entry.details) for entry in entries] == [
        ("seminar:setting:change", {"fields": "title, summary, timezone"}),
        ("seminar:setting:min_group", {"fewer": 5, "more": 6}),
    ]
    log = organiser.get(f"/seminars/{seminar.slug}/audit").text
    assert "The minimum group was changed from 5 to 6." in log


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "  "),
        ("title", "x" * 301),
        ("timezone", "Mars/Olympus"),
        ("timezone", ""),
        ("min_group", "1"),
        ("min_group", "51"),
        ("min_group", "five"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(engine, make, as_person, field, value):
    seminar = make.seminar()
    organiser = as_person(make.member(seminar, Role.ORGANISER))

    answer = organiser.post(
        f"/seminars/{seminar.slug}/settings", data=TYPED | {"min_group": "5", field: value}
    )

    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    assert held(engine, seminar).title == seminar.title


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.OBSERVER, Role.CLERK])
def test_others_have_no_way_there(make, as_person, role):
    seminar = make.seminar()
    browser = as_person(make.member(seminar, role))

    assert browser.get(f"/seminars/{seminar.slug}/settings").status_code == 403
    assert f"/seminars/{seminar.slug}/settings" not in browser.get(f"/seminars/{seminar.slug}").text
