"""A seminar can begin with nothing but a name, and what it begins with works."""

from datetime import date

import pytest
from sqlmodel import col, select

from app.errors import Invalid
from app.founding import rules, service
from app.models import Criterion, Item, Membership, Round, Seminar, SeminarKey
from app.models.ballots import Abstention
from app.models.seminars import Anonymity
from app.wording import Rules


@pytest.fixture
def blank(session, settings, make):
    return service.found(
        session,
        settings,
        slug="sahel-2027",
        title="Sahel 2027",
        by=make.person(may_create_seminars=True),
        template=None,
        language="fr",
        timezone="Africa/Dakar",
    )


def test_it_has_no_content_and_no_rounds(session, blank):
    session.commit()
    assert session.exec(select(Item)).all() == []
    assert session.exec(select(Round)).all() == []
    assert (blank.mandate, blank.template, blank.language) == ({}, None, "fr")
    assert blank.anonymity is Anonymity.PSEUDONYMOUS
    assert session.get(SeminarKey, blank.id) is not None
    assert len(session.exec(select(Membership)).all()) == 1


def test_a_rating_can_be_asked_in_it_later(session, blank):
    overall, *_ = session.exec(select(Criterion).order_by(col(Criterion.position))).all()
    assert (overall.code, overall.overall, overall.low, overall.high) == ("OV", True, 1, 9)
    reasons = [reason["value"] for reason in blank.wording["scale"]["abstain"]]
    assert sorted(reasons) == sorted(Abstention)


def test_threats_and_stakeholders_can_be_mapped_in_it_later(session, blank):
    criteria = {c.code: c for c in session.exec(select(Criterion).where(col(Criterion.code) != "OV"))}
    assert list(criteria) == ["LIK", "IMP", "INF", "INT"]
    for one in criteria.values():
        assert (one.low, one.high, one.weight, one.benefit, one.overall) == (1, 5, 0, True, False)
        assert list(one.anchors) == ["1", "2", "3", "4", "5"]
        assert len({*one.anchors.values(), one.label, one.question}) == 7


def test_its_wording_rules_can_be_read(blank):
    readable = Rules.read(blank.wording)
    assert len(readable.labels) == 7
    assert readable.bands(1, 9) == (3, 7)
    assert blank.min_group == 5


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("slug", "", rules.SlugLength),
        ("slug", "ab", rules.SlugLength),
        ("slug", "a" * 65, rules.SlugLength),
        ("slug", "Sahel", rules.SlugMalformed),
        ("slug", "-sahel", rules.SlugMalformed),
        ("slug", "sahel--2027", rules.SlugMalformed),
        ("slug", "sahel/2027", rules.SlugMalformed),
        ("slug", "sahel\n", rules.SlugMalformed),
        ("slug", "саhel", rules.SlugMalformed),  # noqa: RUF001 - two letters are Cyrillic
        ("slug", "new", rules.SlugTaken),
        ("title", "", rules.TitleMissing),
        ("title", "x" * 301, rules.TitleTooLong),
        ("timezone", "Mars/Olympus", rules.ZoneUnknown),
        ("timezone", "../../etc/passwd", rules.ZoneUnknown),
        ("language", "tlh", rules.LanguageUnknown),
        ("first_day", date(9999, 12, 31), rules.DayOutOfRange),
        ("first_day", date(1, 1, 1), rules.DayOutOfRange),
    ],
)
def test_what_does_not_fit_is_named_by_its_field(session, settings, field, value, error):
    given = {"slug": "sahel-2027", "title": "Sahel"} | {field: value}
    with pytest.raises(Invalid) as refused:
        service.found(session, settings, by=None, template=None, **given)
    assert {name: type(problem) for name, problem in refused.value.errors.items()} == {field: error}
    session.commit()
    assert session.exec(select(Seminar)).all() == []


def test_an_address_is_given_once(session, settings, blank):
    with pytest.raises(Invalid) as refused:
        service.found(session, settings, slug="sahel-2027", title="Other", by=None, template=None)
    assert isinstance(refused.value.errors["slug"], rules.SlugTaken)
    session.commit()
    assert [seminar.title for seminar in session.exec(select(Seminar))] == ["Sahel 2027"]
