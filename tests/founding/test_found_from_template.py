"""The shipped template becomes a seminar with everything in it."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, col, select

from app import audit, i18n
from app.founding import questions, service, template
from app.founding.template import Template
from app.models import (
    AuditEntry,
    Criterion,
    GlossaryTerm,
    Item,
    ItemLink,
    ItemVersion,
    Membership,
    Question,
    Round,
    Sector,
    Seminar,
    SeminarKey,
    Subject,
)
from app.models.registers import Kind, LinkKind
from app.models.rounds import FeedbackPolicy, RoundState
from app.models.seminars import MembershipState
from app.policy import Role
from app.registers import queries
from app.settings import Settings
from tests.factories import Make

NAME = "unscr-2370-op12"


@pytest.fixture(scope="module")
def shipped() -> Template:
    return template.load(template.catalogue()[NAME])


@pytest.fixture
def seminar(session: Session, settings: Settings, make: Make, shipped: Template) -> Seminar:
    founder = make.person(may_create_seminars=True)
    return service.found(
        session,
        settings,
        slug=NAME,
        by=founder,
        template=shipped,
        timezone="Europe/Zurich",
        first_day=date(2027, 2, 1),
    )


def test_it_has_the_counts_of_the_seed_data(session, seminar):
    assert queries.counts(session, seminar=seminar) == {
        Kind.ELEMENT: 12,
        Kind.THREAT: 16,
        Kind.STAKEHOLDER: 85,
        Kind.FRAMEWORK: 39,
        Kind.PRACTICE: 0,
        Kind.GAP: 20,
        Kind.OPPORTUNITY: 12,
        Kind.OPTION: 26,
    }
    assert len(session.exec(select(Sector)).all()) == 13
    assert len(session.exec(select(GlossaryTerm)).all()) == 101
    assert len(session.exec(select(Criterion)).all()) == 7 + 4
    assert len(session.exec(select(Round)).all()) == 5
    assert len(session.exec(select(ItemVersion)).all()) == len(session.exec(select(Item)).all()) == 210


def test_every_reference_of_the_files_is_a_link(session, seminar, shipped):
    by_code = {item.id: item.code for item in session.exec(select(Item))}
    found = {
        (by_code[link.source_id], link.kind, by_code[link.target_id], link.value)
        for link in session.exec(select(ItemLink))
    }
    expected = set()
    for option in shipped.options.options:
        for code in option.addresses:
            kind = LinkKind.ADDRESSES if code.startswith("G") else LinkKind.BUILDS_ON
            expected.add((option.id, kind, code, None))
        expected |= {(option.id, LinkKind.LED_BY, code, None) for code in option.lead_actors}
        expected |= {(option.id, LinkKind.SUPPORTED_BY, code, None) for code in option.supporting_actors}
        expected |= {(option.id, LinkKind.SERVES, code, None) for code in option.elements}
    for framework in shipped.frameworks.frameworks:
        expected |= {(framework.id, LinkKind.COVERS, *grade) for grade in framework.coverage.items()}
    for threat in shipped.threats.threats:
        expected |= {(threat.id, LinkKind.TOUCHES, code, None) for code in threat.elements}
    for finding in shipped.findings.findings:
        concerned = finding.elements + finding.frameworks + finding.stakeholders + finding.threats
        expected |= {(finding.id, LinkKind.CONCERNS, code, None) for code in concerned}
    assert found == expected
    assert Counter(kind for _, kind, _, _ in found)[LinkKind.COVERS] == 39 * 12


def test_an_option_reads_as_it_was_written(session, seminar):
    option = queries.item(session, seminar=seminar, code="W13")
    assert option is not None
    assert (option.title, option.version, option.position) == ("UAS supply-chain dialogue", 1, 12)
    assert option.fields["time_horizon"] == "medium"
    assert option.fields["trade_off"] == "Some States hold that UAS lie outside OP12."
    assert [link.code for link in option.linked(LinkKind.LED_BY)] == ["STK-CAA", "STK-LICENCE", "STK-UASIND"]
    assert [link.code for link in option.linked(LinkKind.ADDRESSES)] == ["G14"]
    gap = queries.item(session, seminar=seminar, code="G14")
    assert gap is not None
    assert [link.code for link in gap.linking(LinkKind.ADDRESSES)] == ["W13"]


def test_the_mandate_is_kept_with_the_words_of_its_registers(seminar):
    assert seminar.mandate["resolution"]["symbol"] == "S/RES/2370 (2017)"
    assert seminar.mandate["paragraph"]["text"].startswith("Encourages Member States, as appropriate")
    assert [aim["id"] for aim in seminar.mandate["aims"]] == ["AIM0", "AIM1", "AIM2", "AIM3"]
    assert {grade["value"] for grade in seminar.mandate["coverage_scale"]} == {"none", "partial", "full"}
    assert {"value": "guidance", "label": "Guidance, standard or voluntary code"} in seminar.mandate[
        "vocabularies"
    ]["legal_nature"]
    assert seminar.template == NAME


def test_the_wording_rules_stand_before_any_rating(seminar):
    assert [rule["id"] for rule in seminar.wording["labels"]] == [
        "not_enough",
        "divergent_views",
        "broad_agreement",
        "general_support",
        "qualified_support",
        "limited_support",
        "mixed_views",
    ]
    assert seminar.wording_locked_at is None
    assert seminar.min_group == 5
    assert "no view is ascribed" in seminar.attribution


def test_the_criteria_have_their_weights_and_anchors(session, seminar):
    criteria = session.exec(select(Criterion).order_by(col(Criterion.position))).all()
    assert [(c.code, c.overall, c.weight) for c in criteria] == [
        ("OV", True, 0),
        ("C1", False, 25),
        ("C2", False, 20),
        ("C3", False, 15),
        ("C4", False, 10),
        ("C5", False, 15),
        ("C6", False, 15),
        *((code, False, 0) for code in ("LIK", "IMP", "INF", "INT")),
    ]
    assert all((c.low, c.high, c.benefit, len(c.anchors)) == (1, 9, True, 5) for c in criteria[:7])
    assert all((c.low, c.high, c.benefit, len(c.anchors)) == (1, 5, True, 5) for c in criteria[7:])
    assert criteria[0].anchors["9"] == "Clearly yes, as it stands"


def test_the_rounds_are_drafts_with_times_where_the_seminar_is(session, seminar):
    rounds = session.exec(select(Round).order_by(col(Round.number))).all()
    assert [(r.number, r.kind) for r in rounds] == [
        (0, "mapping"),
        (1, "proposals"),
        (2, "rating"),
        (3, "rerating"),
        (4, "ranking"),
    ]
    assert {r.state for r in rounds} == {RoundState.DRAFT}
    assert rounds[0].opens_at == datetime(2027, 2, 1, 8, 0, tzinfo=UTC)
    assert rounds[0].closes_at == datetime(2027, 2, 21, 22, 59, tzinfo=UTC)
    # ten weeks on, summer time has begun in Zurich
    assert rounds[2].opens_at == datetime(2027, 4, 12, 7, 0, tzinfo=UTC)
    assert rounds[2].closes_at == datetime(2027, 5, 2, 21, 59, tzinfo=UTC)


def asked(session, number):
    """The questions of the round by their code, and the codes of what each is about."""
    questions = session.exec(
        select(Question).join(Round).where(Round.number == number).order_by(col(Question.position))
    ).all()
    about = {
        question.code: session.exec(
            select(Item.code)
            .join(Subject)
            .where(Subject.question_id == question.id)
            .order_by(col(Subject.position))
        ).all()
        for question in questions
    }
    return {question.code: question for question in questions}, about


def codes_of(session, seminar, *kinds):
    return [item.code for kind in kinds for item in queries.items(session, seminar=seminar, kind=kind)]


@pytest.mark.usefixtures("seminar")
def test_the_mapping_asks_five_questions(session):
    questions, _ = asked(session, 0)
    assert [(code, question.type) for code, question in questions.items()] == [
        ("Q1", "rate"),
        ("Q2", "rate"),
        ("Q3", "cover"),
        ("Q4", "comment"),
        ("Q5", "propose"),
    ]
    assert all(question.prompt for question in questions.values())


def test_the_mapping_asks_about_everything_in_its_registers(session, seminar):
    _, about = asked(session, 0)
    assert about == {
        "Q1": codes_of(session, seminar, Kind.THREAT),
        "Q2": codes_of(session, seminar, Kind.STAKEHOLDER),
        "Q3": codes_of(session, seminar, Kind.FRAMEWORK),
        "Q4": codes_of(session, seminar, Kind.GAP, Kind.OPPORTUNITY),
        "Q5": [],
    }


@pytest.mark.usefixtures("seminar")
def test_threats_and_stakeholders_are_put_on_planes(session):
    questions, _ = asked(session, 0)
    threats, stakeholders = questions["Q1"].settings, questions["Q2"].settings
    assert (threats["layout"], stakeholders["layout"]) == ("plane", "plane")
    assert threats["criteria"] == [{"code": "LIK"}, {"code": "IMP"}]
    assert stakeholders["criteria"] == [{"code": "INF"}, {"code": "INT"}]
    assert (threats["by_sector"], stakeholders["by_sector"]) == (True, False)
    ratings, _ = asked(session, 2)
    for settings in (threats, stakeholders):
        assert settings["abstentions"] == ratings["Q1"].settings["abstentions"]
        assert settings["rationale"]["prompt"]


@pytest.mark.usefixtures("seminar")
def test_coverage_is_asked_of_every_element_and_proposals_of_every_kind_but_two(session):
    questions, _ = asked(session, 0)
    assert questions["Q3"].settings == {"elements": [f"E{number:02}" for number in range(1, 13)]}
    assert questions["Q4"].settings == {}
    assert questions["Q5"].settings == {
        "kinds": ["threat", "stakeholder", "framework", "practice", "gap", "opportunity"],
        "limit": None,
    }


def test_proposals_are_asked_for_beside_comments_on_the_options_that_there_are(session, seminar):
    questions, about = asked(session, 1)
    assert [(code, question.type) for code, question in questions.items()] == [
        ("Q1", "comment"),
        ("Q2", "propose"),
    ]
    assert about == {"Q1": codes_of(session, seminar, Kind.OPTION), "Q2": []}
    assert questions["Q2"].settings == {"kinds": ["option"], "limit": 3, "words": [60, 120]}


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_maps_are_asked_for_in_the_language_of_the_seminar(session, settings, shipped, language):
    meta = shipped.mandate.meta.model_copy(update={"language": language})
    mandate = shipped.mandate.model_copy(update={"meta": meta})
    service.found(session, settings, slug="elsewhere", by=None, template=replace(shipped, mandate=mandate))
    say = i18n.catalogue(language).gettext
    likelihood = session.exec(select(Criterion).where(Criterion.code == "LIK")).one()
    assert likelihood.label == say("Likelihood")
    assert likelihood.anchors["2"] == say("Unlikely")
    mapping, _ = asked(session, 0)
    assert mapping["Q1"].prompt == say(questions.THREATS)


def test_what_the_template_lacks_is_not_asked_about(session, settings, shipped):
    threats = shipped.threats.model_copy(update={"threats": []})
    findings = shipped.findings.model_copy(
        update={"findings": [f.model_copy(update={"threats": []}) for f in shipped.findings.findings]}
    )
    service.found(
        session,
        settings,
        slug="harmless",
        by=None,
        template=replace(shipped, threats=threats, findings=findings),
    )
    mapping, _ = asked(session, 0)
    assert list(mapping) == ["Q2", "Q3", "Q4", "Q5"]


@pytest.mark.usefixtures("seminar")
def test_both_rating_rounds_ask_about_every_option(session):
    for number in (2, 3):
        questions, about = asked(session, number)
        assert about == {"Q1": [f"W{number:02}" for number in range(1, 27)]}
        question = questions["Q1"]
        assert question.type == "rate"
        assert question.settings["criteria"][:3] == [
            {"code": "OV", "required": True},
            {"code": "C1", "required": True},
            {"code": "C2", "required": True},
        ]
        assert [c["required"] for c in question.settings["criteria"][3:]] == [False] * 4
        assert {reason["value"] for reason in question.settings["abstentions"]} == {
            "no_expertise",
            "cannot_say",
            "prefer_not",
        }
        assert question.settings["rationale"]["prompt"]


@pytest.mark.usefixtures("seminar")
def test_the_second_rating_shows_the_first_and_the_ranking_the_figures_of_the_second(session):
    rounds = session.exec(select(Round).order_by(col(Round.number))).all()
    assert (rounds[3].previous_id, rounds[3].feedback) == (rounds[2].id, FeedbackPolicy.RATIONALES)
    assert (rounds[4].previous_id, rounds[4].feedback) == (rounds[3].id, FeedbackPolicy.STATISTICS)
    assert {r.feedback for r in rounds if r.number < 3} == {FeedbackPolicy.NONE}


@pytest.mark.usefixtures("seminar")
def test_the_ranking_gives_a_hundred_points_to_at_most_eight_of_all_options(session):
    questions, about = asked(session, 4)
    assert about == {"Q1": [f"W{number:02}" for number in range(1, 27)]}
    settings = dict(questions["Q1"].settings)
    assert questions["Q1"].type == "allocate"
    assert "100 points" in questions["Q1"].prompt
    assert "first step" in settings.pop("rationale")["prompt"]
    assert settings == {"points": 100, "most": 8, "about": ["option"]}


def test_where_the_plan_speaks_of_minority_statements_the_round_says_there_are_none_yet(session, seminar):
    plan = session.exec(select(Round).order_by(col(Round.number))).all()
    promised = {r.number for r in plan if "minority statement" in " ".join(r.tasks)}
    assert promised == {3}
    assert "minority statements online is not offered so far" in plan[3].note


def test_the_founder_is_an_organiser_and_the_deed_is_on_record(session, seminar):
    membership = session.exec(select(Membership)).one()
    assert (membership.role, membership.state) == (Role.ORGANISER, MembershipState.JOINED)
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "founding:seminar:found")).one()
    assert (entry.actor_id, entry.seminar_id, entry.subject) == (membership.person_id, seminar.id, NAME)
    assert entry.details["template"] == NAME
    assert audit.first_fault(session) is None
    assert session.get(SeminarKey, seminar.id) is not None


def test_without_a_first_day_the_rounds_wait_for_their_times(session, settings, shipped):
    service.found(session, settings, slug="undated", by=None, template=shipped)
    assert {(r.opens_at, r.closes_at) for r in session.exec(select(Round))} == {(None, None)}
    assert session.exec(select(Membership)).all() == []


def test_a_title_of_ones_own_replaces_both_titles_of_the_template(session, settings, shipped):
    seminar = service.found(session, settings, slug="mine", title="Mine", by=None, template=shipped)
    assert (seminar.title, seminar.short_title) == ("Mine", "")


def test_one_template_founds_two_seminars(session, settings, seminar, shipped):
    second = service.found(session, settings, slug="second", by=None, template=shipped)
    session.commit()
    assert queries.counts(session, seminar=second) == queries.counts(session, seminar=seminar)
    option = queries.item(session, seminar=second, code="W01")
    assert option is not None
    assert len(option.linked(LinkKind.LED_BY)) == 2
