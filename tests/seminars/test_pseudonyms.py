"""Who is who on the panel is known through one door only, and after sealing through none."""

import sqlite3
from pathlib import Path
from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlmodel import select

from app.models import AuditEntry, Invitation, Membership, Panellist, PseudonymLink, SeminarKey
from app.policy import Role
from app.seminars import pseudonyms, service
from app.seminars.pseudonym_names import NAMES

APP = Path(__file__).resolve().parents[2] / "app"


@pytest.fixture
def seminar(make, session, settings):
    seminar = make.seminar()
    pseudonyms.make_key(session, settings, seminar)
    session.commit()
    return seminar


@pytest.fixture
def join(session, settings, seminar):
    def joined(number: int) -> Membership:
        membership = service.invite(
            session,
            settings,
            seminar=seminar,
            email=f"expert{number}@example.org",
            name="",
            role=Role.EXPERT,
            sector="SEC",
            region="Region",
            by=None,
        )
        service.join(session, settings, membership=membership)
        return membership

    return joined


def test_an_expert_keeps_the_pseudonym_drawn_at_joining(session, settings, join):
    membership = join(1)
    panellist = pseudonyms.panellist_of(session, settings, membership)

    assert panellist.pseudonym.removeprefix("Expert ") in NAMES
    assert pseudonyms.assign(session, settings, membership).id == panellist.id
    assert len(session.exec(select(Panellist)).all()) == 1


def test_names_are_many_and_stand_for_nothing_in_particular():
    assert len(NAMES) >= 200
    assert len(set(NAMES)) == len(NAMES)
    assert all(name.isalpha() and name.istitle() for name in NAMES)
    # national birds and birds of politics
    assert not set(NAMES) & {
        "Eagle",
        "Condor",
        "Quetzal",
        "Kiwi",
        "Dove",
        "Hawk",
        "Falcon",
        "Cedar",
        "Olive",
        "Lotus",
    }


def test_no_name_is_drawn_twice_and_numbers_follow_when_names_run_out(session, settings, seminar, join):
    for name in NAMES[1:]:
        session.add(Panellist(seminar_id=seminar.id, pseudonym=f"Expert {name}"))
    session.flush()
    last = pseudonyms.panellist_of(session, settings, join(1)).pseudonym
    numbered = {pseudonyms.panellist_of(session, settings, join(number)).pseudonym for number in (2, 3)}

    assert last == f"Expert {NAMES[0]}"
    assert len(numbered) == 2
    assert all(name.removeprefix("Expert ").isdecimal() for name in numbered)


def test_the_database_without_the_secret_does_not_tell(session, settings, join):
    membership = join(1)
    panellist = pseudonyms.panellist_of(session, settings, membership)
    kept = (
        session.exec(select(PseudonymLink)).one().encrypted + session.exec(select(SeminarKey)).one().wrapped
    )
    other = settings.model_copy(update={"secret_key": SecretStr("the secret of another installation")})

    assert panellist.id.bytes not in kept
    with pytest.raises(pseudonyms.LinkUnreadable):
        pseudonyms.panellist_of(session, other, membership)


def test_the_link_of_one_member_cannot_be_put_in_the_place_of_anothers(session, settings, join):
    first, second = join(1), join(2)
    mine = session.get_one(PseudonymLink, first.id)
    mine.encrypted = session.get_one(PseudonymLink, second.id).encrypted
    session.add(mine)
    session.flush()

    with pytest.raises(pseudonyms.LinkUnreadable):
        pseudonyms.panellist_of(session, settings, first)


def test_after_sealing_nothing_leads_from_a_member_to_a_panellist(session, settings, seminar, join):
    members = [join(number) for number in range(3)]

    pseudonyms.destroy_key(session, seminar)

    for membership in members:
        with pytest.raises(pseudonyms.LinkDestroyed):
            pseudonyms.panellist_of(session, settings, membership)
    assert session.exec(select(PseudonymLink)).all() == []
    assert session.exec(select(SeminarKey)).all() == []
    assert len(session.exec(select(Panellist)).all()) == 3
    assert session.exec(select(AuditEntry.action)).all()[-1] == "seminar:key:destroy"


def test_nobody_joins_the_panel_after_sealing(session, settings, seminar, join):
    pseudonyms.destroy_key(session, seminar)
    pseudonyms.destroy_key(session, seminar)

    with pytest.raises(pseudonyms.LinkDestroyed):
        join(1)


def test_the_raw_database_does_not_tell_in_which_order_the_panel_joined(engine, session, settings, join):
    """Joining is timed by the invitations; were the panel's rows in that order too, each would be known."""
    joined = []
    for number in range(60):
        joined.append(pseudonyms.panellist_of(session, settings, join(number)).id)
        session.commit()

    stored = _as_stored(engine)

    assert sorted(stored) == sorted(joined)
    assert abs(_rank_correlation(joined, stored)) < 0.6
    if engine.dialect.name == "postgresql":
        writers = session.execute(text("SELECT DISTINCT CAST(xmin AS text) FROM panellist")).all()
        assert len(writers) == 1


def test_no_column_of_the_panel_says_when_or_who_or_from_where():
    # a sector with a region is one person in most panels, and members have both beside their names
    assert set(Panellist.model_fields) == {"id", "seminar_id", "pseudonym"}
    assert set(PseudonymLink.model_fields) == {"membership_id", "encrypted"}


def test_one_module_alone_knows_the_tables_of_the_link():
    knowing = {
        str(path.relative_to(APP))
        for path in APP.rglob("*.py")
        if path.parent.name != "models"
        and any(
            word in path.read_text()
            for word in ("PseudonymLink", "SeminarKey", "pseudonym_link", "seminar_key")
        )
    }
    assert knowing == {"seminars/pseudonyms.py"}


def test_what_an_invitation_stores_opens_nothing(session, settings, join):
    join(1)
    invitation = session.exec(select(Invitation)).one()
    from app.seminars.invitations import code_of, token_of  # noqa: PLC0415 - beside its use

    kept = " ".join(map(str, invitation.model_dump().values()))
    assert token_of(settings, invitation) not in kept
    assert code_of(settings, invitation) not in kept
    other = settings.model_copy(update={"secret_key": SecretStr("the secret of another installation")})
    assert token_of(other, invitation) != token_of(settings, invitation)


def _as_stored(engine) -> list[UUID]:
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            return list(connection.execute(text("SELECT id FROM panellist ORDER BY ctid")).scalars())
    raw = sqlite3.connect(engine.url.database)
    try:
        with pytest.raises(sqlite3.OperationalError, match="rowid"):
            raw.execute("SELECT rowid FROM panellist")
        return [UUID(row[0]) for row in raw.execute("SELECT id FROM panellist NOT INDEXED")]
    finally:
        raw.close()


def _rank_correlation(one: list[UUID], other: list[UUID]) -> float:
    n = len(one)
    places = {key: place for place, key in enumerate(other)}
    distance = sum((place - places[key]) ** 2 for place, key in enumerate(one))
    return 1 - 6 * distance / (n * (n**2 - 1))
