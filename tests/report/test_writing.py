"""A report is written beside its data: nothing typed is lost, and what changed waits to be read."""

import re

import pytest
from sqlmodel import select

from app.db import transaction
from app.demo.story import SLUG
from app.models import Report, ReportSection, ReportVersion
from app.models.reports import ReportState
from app.policy import Role

HOME = f"/seminars/{SLUG}/report"
SUMMARY = f"{HOME}/sections/summary"


@pytest.fixture
def organiser(visitor):
    return visitor(Role.ORGANISER)


def section(engine, key="summary"):
    with transaction(engine, write=False) as session:
        found = session.exec(select(ReportSection).where(ReportSection.key == key)).one()
        session.expunge(found)
        return found


def report(engine):
    with transaction(engine, write=False) as session:
        found = session.exec(select(Report)).one()
        session.expunge(found)
        return found


def typed(body, seen="1", **others):
    return {"title": "Summary", "body": body, "included": "yes", "seen": seen} | others


def test_what_is_written_is_kept_with_its_numbers_bound_as_they_are_now(organiser, demo_engine):
    answer = organiser.post(SUMMARY, data=typed("Of W01 the median is [[number:W01.median]]."))

    assert answer.status_code == 303
    assert section(demo_engine).bound == {"number:W01.median": "8"}
    assert re.search(r"Of W01 the median is\s*<span[^>]*>8</span>", organiser.get(SUMMARY).text)


def test_of_two_who_write_at_once_the_second_loses_nothing(organiser, visitor, demo_engine):
    facilitator = visitor(Role.FACILITATOR)
    assert facilitator.post(SUMMARY, data=typed("Hers.")).status_code == 303

    late = organiser.post(SUMMARY, data=typed("His own words."))

    assert late.status_code == 409
    assert "changed by somebody else" in late.text
    assert "His own words.</textarea>" in late.text
    assert "Hers." in late.text
    assert section(demo_engine).body == "Hers.\n"


def test_what_does_not_fit_is_said_beside_its_field_and_stays(organiser):
    answer = organiser.post(SUMMARY, data=typed("Kept.", title=""))

    assert answer.status_code == 422
    assert 'id="f-title-error"' in answer.text
    assert "Kept.</textarea>" in answer.text


def test_a_place_whose_data_have_changed_is_marked_until_somebody_has_read_it(organiser, demo_engine):
    organiser.post(SUMMARY, data=typed("Of W01 the median is [[number:W01.median]]."))
    with transaction(demo_engine) as session:
        old = session.exec(select(ReportSection).where(ReportSection.key == "summary")).one()
        old.bound = {"number:W01.median": "6"}

    assert "was 6, is now 8" in organiser.get(SUMMARY).text
    assert "Data changed in one place" in organiser.get(HOME).text
    assert organiser.post(f"{HOME}/approve").status_code == 409
    assert report(demo_engine).state is ReportState.DRAFT

    assert organiser.post(f"{SUMMARY}/confirm", data={"seen": "2"}).status_code == 303
    assert "was 6" not in organiser.get(SUMMARY).text
    assert organiser.post(f"{HOME}/approve").status_code == 303


def test_what_was_approved_changes_only_once_it_is_taken_up_again(organiser, visitor, demo_engine):
    assert visitor(Role.FACILITATOR).post(f"{HOME}/approve").status_code == 403
    organiser.post(f"{HOME}/approve")

    refused = organiser.post(SUMMARY, data=typed("Too late."))
    assert refused.status_code == 409
    assert report(demo_engine).approved_version == 2

    organiser.post(f"{HOME}/take-up")
    assert organiser.post(SUMMARY, data=typed("In time.")).status_code == 303


def test_a_draft_that_is_refused_keeps_no_version(organiser, demo_engine):
    organiser.post(SUMMARY, data=typed("In my own words."))

    assert organiser.post(f"{SUMMARY}/draft", data={"seen": "1"}).status_code == 409

    with transaction(demo_engine, write=False) as session:
        assert session.exec(select(ReportVersion.number)).all() == [1]


def test_another_language_does_not_read_for_anybody_what_has_changed(organiser, demo_engine):
    organiser.post(SUMMARY, data=typed("Of W01 the median is [[number:W01.median]] of [[number:W01.n]]."))
    with transaction(demo_engine) as session:
        old = session.exec(select(ReportSection).where(ReportSection.key == "summary")).one()
        old.bound = old.bound | {"number:W01.median": "6"}

    settings = {"title": "Ours", "language": "fr", "paper": "a4", "attribution": ""}
    assert organiser.post(f"{HOME}/settings", data=settings).status_code == 303

    assert section(demo_engine).bound == {"number:W01.median": "6", "number:W01.n": "37"}


def test_a_new_draft_replaces_what_a_person_wrote_only_when_asked_and_keeps_it(organiser, demo_engine):
    drafted = section(demo_engine).body
    organiser.post(SUMMARY, data=typed("In my own words."))
    organiser.post(f"{HOME}/renew")
    assert section(demo_engine).body == "In my own words.\n"

    organiser.post(f"{SUMMARY}/draft", data={"seen": "2"})

    assert section(demo_engine).body == drafted
    with transaction(demo_engine, write=False) as session:
        kept = session.exec(select(ReportVersion).where(ReportVersion.number == 2)).one()
        texts = {one["key"]: one["body"] for one in kept.content["sections"]}
    assert texts["summary"] == "In my own words.\n"


def test_a_version_tells_what_it_changed(organiser):
    organiser.post(SUMMARY, data=typed("Something else altogether."))
    organiser.post(f"{HOME}/versions", data={"note": "The summary is mine now."})

    page = organiser.get(f"{HOME}/versions/2").text

    assert "The summary is mine now." in page
    assert "What it changed since version 1" in page
    assert re.search(r"<ins>[^<]*Something else altogether", page)
    assert organiser.get(f"{HOME}/versions/3").status_code == 404


def test_a_preview_fills_in_what_is_there_and_says_what_is_not(organiser, demo_engine):
    before = section(demo_engine).body

    shown = organiser.post(f"{HOME}/preview", data={"body": "[[number:W01.median]] [[number:no.such]]"}).text

    assert 'title="number:W01.median">8</span>' in shown
    assert "[[number:no.such]]" in shown
    assert section(demo_engine).body == before


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](//a.example/b)"]
)
def test_no_script_and_no_foreign_picture_comes_out_of_a_text(organiser, hostile):
    shown = organiser.post(f"{HOME}/preview", data={"body": hostile}).text

    assert "<script" not in shown
    assert 'href="javascript:' not in shown
    assert "<img" not in shown


def test_those_who_write_talk_about_a_section(organiser, visitor):
    organiser.post(f"{SUMMARY}/comments", data={"text": "Shorter, please."})
    page = visitor(Role.FACILITATOR).get(SUMMARY).text

    assert "Shorter, please." in page
    assert "2 open comments" in organiser.get(HOME).text
    done = re.search(r'action="([^"]*/comments/[^"]+)"', page)
    assert done
    organiser.post(done.group(1).replace("http://testserver", ""))
    assert "One open comment" in organiser.get(HOME).text


def test_in_another_language_what_nobody_edited_is_drafted_anew(organiser, demo_engine):
    organiser.post(SUMMARY, data=typed("My words."))
    settings = {"title": "Résumé", "language": "fr", "paper": "letter", "attribution": "Aucune."}

    assert organiser.post(f"{HOME}/settings", data=settings).status_code == 303

    assert section(demo_engine).body == "My words.\n"
    assert section(demo_engine, "mandate").title != "Mandate"
    assert organiser.post(f"{HOME}/settings", data=settings | {"language": "tlh"}).status_code == 422
