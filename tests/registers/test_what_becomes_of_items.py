"""Items are accepted, reworded, merged, split and retired, each for a reason that everybody may read."""

import pytest
from sqlmodel import select

from app.errors import Conflict, Invalid
from app.models import AuditEntry, Item, ItemChange, ItemLink, Question, Subject
from app.models.registers import ChangeKind, ItemStatus, Kind, LinkKind
from app.models.rounds import RoundState
from app.registers import faults, history, queries, service
from app.registers.service import NewItem

OPTION = {"time_horizon": "short", "cost_class": "low", "trade_off": ""}


@pytest.fixture
def seminar(registers):
    return registers.seminar


@pytest.fixture
def item(session, registers):
    return lambda code: session.get_one(Item, registers.items[code].id)


@pytest.fixture
def add(session, seminar):
    def added(kind, title, *, links=None, code=None, **fields):
        return service.accept(
            session,
            seminar=seminar,
            kind=kind,
            title=title,
            text="What it is.",
            fields=fields,
            links=links or {},
            reason="It was missing.",
            by=None,
            code=code,
        )

    return added


def ask_about(make, session, seminar, item, state):
    round_ = make.round(seminar, state=state)
    question = Question(round_id=round_.id, code="Q1", type="comment")
    session.add(question)
    session.flush()
    session.add(Subject(question_id=question.id, item_id=item.id, item_version=item.version))
    session.flush()


def codes(links):
    return [link.code for link in links]


def errors_of(call) -> dict[str, type]:
    with pytest.raises(Invalid) as refused:
        call()
    return {name: type(error) for name, error in refused.value.errors.items()}


def test_an_accepted_item_stands_at_the_end_of_its_register_with_its_links(session, seminar, add):
    made = add(Kind.OPTION, "  A \n third   way ", links={"serves": ["E1"], "led_by": ["NGO"]}, **OPTION)
    view = queries.items(session, seminar=seminar, kind=Kind.OPTION)[-1]
    assert (view.code, view.title, view.version) == ("W3", "A third way", 1)
    assert codes(view.linked(LinkKind.SERVES)) == ["E1"]
    assert codes(view.linked(LinkKind.LED_BY)) == ["NGO"]
    (line,) = history.changes(session, made)
    assert (line.kind, line.reason, line.version) == (ChangeKind.ACCEPTED, "It was missing.", 1)
    entry = session.exec(select(AuditEntry)).one()
    assert (entry.action, entry.subject) == ("register:item:accept", "W3")


def test_everything_that_is_wrong_with_an_item_is_said_at_once(session, seminar):
    refused = errors_of(
        lambda: service.accept(
            session,
            seminar=seminar,
            kind=Kind.OPTION,
            title=" ",
            text="x" * 8001,
            fields={"time_horizon": "never", "colour": "red"},
            links={"serves": ["E1", "W1"], "addresses": ["G9"], "covers": ["E1=full"], "hates": ["E1"]},
            reason=" ",
            by=None,
            code="W/1",
        )
    )
    assert refused == {
        "title": faults.Empty,
        "text": faults.TooLong,
        "time_horizon": faults.NotOffered,
        "cost_class": faults.Empty,
        "colour": faults.NotUnderstood,
        "serves": faults.NotLinkable,
        "addresses": faults.UnknownCode,
        "covers": faults.NoSuchLink,
        "hates": faults.NoSuchLink,
        "reason": faults.ReasonMissing,
        "code": faults.NotACode,
    }
    assert queries.counts(session, seminar=seminar)[Kind.OPTION] == 2


def test_a_code_is_given_once(add):
    add(Kind.GAP, "A hole", code="X-7")
    assert errors_of(lambda: add(Kind.THREAT, "A danger", scope="IED", code="X-7")) == {
        "code": faults.CodeTaken
    }


@pytest.mark.parametrize(
    ("kind", "title", "code"),
    [
        (Kind.OPTION, "", "W3"),
        (Kind.GAP, "", "G2"),
        (Kind.PRACTICE, "", "P01"),
        (Kind.FRAMEWORK, "Code of Conduct on Arms", "F-CCA"),
        (Kind.STAKEHOLDER, "United Nations Office on Drugs and Crime", "STK-UNODC"),
        (Kind.STAKEHOLDER, "Interpol", "STK-INTERPOL"),
        (Kind.STAKEHOLDER, "منظمة", "STK-1"),
    ],
)
def test_the_next_code_follows_those_of_the_register(session, seminar, kind, title, code):
    assert service.next_code(session, seminar=seminar, kind=kind, title=title) == code


def test_a_code_from_initials_that_is_taken_gets_a_number(session, seminar, add):
    fields = {"sector": "LAW", "level": "national"}
    first, second = (add(Kind.STAKEHOLDER, "Office of Arms", **fields).code for _ in range(2))
    assert (first, second) == ("STK-OA", "STK-OA2")


def test_a_rewording_keeps_the_wording_before(session, item):
    option = item("W1")
    version = service.reword(
        session,
        item=option,
        title="A long and winding road",
        text="Many steps.",
        fields={"time_horizon": "long", "cost_class": "low", "trade_off": "Slow."},
        minor=True,
        reason="Clearer.",
        by=None,
    )
    assert (version.number, option.version) == (2, 2)
    first, second = history.versions(session, option)
    assert (first.title, second.title) == ("A long road", "A long and winding road")
    assert (second.minor, second.reason) == (True, "Clearer.")
    (changed,) = history.differences(first, second)
    assert changed.name == "title"
    assert [(piece.kind, piece.text) for piece in changed.pieces] == [
        ("same", "A long "),
        ("added", "and winding "),
        ("same", "road"),
    ]


def reword(session, item, title, *, minor=False, reason="Because."):
    return service.reword(
        session, item=item, title=title, text="New.", fields={}, minor=minor, reason=reason, by=None
    )


def test_a_rewording_that_changes_nothing_is_refused(session, item):
    gap = item("G1")
    reword(session, gap, "A gap")
    assert errors_of(lambda: reword(session, gap, " A  gap")) == {"title": faults.NothingChanged}
    assert gap.version == 2


def test_without_a_reason_nothing_becomes_of_an_item(session, item):
    long = "x" * 1001
    for call, wrong in [
        (lambda: reword(session, item("G1"), "A gap", reason=""), faults.ReasonMissing),
        (lambda: reword(session, item("G1"), "A gap", reason=long), faults.TooLong),
        (lambda: service.retire(session, item=item("G1"), reason="\n", by=None), faults.ReasonMissing),
        (
            lambda: service.merge(session, item=item("W1"), into=item("W2"), reason="", by=None),
            faults.ReasonMissing,
        ),
    ]:
        assert errors_of(call) == {"reason": wrong}
    assert session.exec(select(ItemChange)).all() == []


def test_what_is_merged_gives_its_links_to_what_it_is_merged_into(session, seminar, item, add):
    other = add(Kind.GAP, "Nobody to ask", links={"concerns": ["E2", "POL"]})
    service.relink(session, item=item("W2"), links={"addresses": [other.code]})
    service.merge(session, item=other, into=item("G1"), reason="The same.", by=None)

    kept = queries.item(session, seminar=seminar, code="G1")
    assert kept is not None
    assert set(codes(kept.linked(LinkKind.CONCERNS))) == {"E1", "E2", "F-OLD", "POL", "T1"}
    assert set(codes(kept.linking(LinkKind.ADDRESSES))) == {"W1", "W2"}
    assert other.status is ItemStatus.MERGED
    assert queries.counts(session, seminar=seminar)[Kind.GAP] == 1
    assert history.became(session, seminar=seminar, code=other.code) == [("G1", "No entry point")]
    assert history.came_from(session, seminar=seminar, code="G1") == [(other.code, "Nobody to ask")]
    assert history.changes(session, other)[-1].into == ("G1", "No entry point")


def test_a_grade_that_stands_already_outlives_a_merge(session, seminar, item):
    service.merge(session, item=item("F-NEW"), into=item("F-OLD"), reason="The same.", by=None)
    kept = queries.item(session, seminar=seminar, code="F-OLD")
    assert kept is not None
    assert {link.code: link.value for link in kept.linked(LinkKind.COVERS)} == {"E1": "none", "E2": "full"}


def test_only_what_stands_is_merged_and_only_with_its_like(session, item, add):
    with pytest.raises(faults.IntoItself):
        service.merge(session, item=item("G1"), into=item("G1"), reason="Why not.", by=None)
    with pytest.raises(faults.OtherKind):
        service.merge(session, item=item("G1"), into=item("O1"), reason="Why not.", by=None)
    service.merge(session, item=item("W1"), into=item("W2"), reason="The same.", by=None)
    for first, second in (("W2", "W1"), ("W1", "W2")):  # neither a circle nor a second time
        with pytest.raises(faults.NotStanding):
            service.merge(session, item=item(first), into=item(second), reason="Again.", by=None)
    with pytest.raises(faults.NotStanding):
        reword(session, item("W1"), "Another")
    with pytest.raises(faults.NotStanding):
        service.retire(session, item=item("W1"), reason="Away.", by=None)


def test_an_item_goes_on_in_the_parts_into_which_it_is_split(session, seminar, item):
    parts = [
        NewItem("The first half", "One.", OPTION),
        NewItem("The other half", "Two.", OPTION, links={"serves": ["E2"]}, code="W1-B"),
    ]
    first, second = service.split(session, item=item("W1"), parts=parts, reason="It was two.", by=None)
    assert (first.code, second.code) == ("W3", "W1-B")
    assert item("W1").status is ItemStatus.WITHDRAWN
    views = {view.code: view for view in queries.items(session, seminar=seminar, kind=Kind.OPTION)}
    assert codes(views["W3"].linked(LinkKind.SERVES)) == ["E2", "E1"]
    assert set(codes(views["W3"].links)) == {"G1", "O1", "POL", "NGO", "E2", "E1"}
    assert codes(views["W1-B"].links) == ["E2"]
    lines = history.changes(session, item("W1"))
    assert [(line.kind, line.into) for line in lines] == [
        (ChangeKind.SPLIT, ("W3", "The first half")),
        (ChangeKind.SPLIT, ("W1-B", "The other half")),
    ]
    service.merge(session, item=second, into=item("W2"), reason="The same.", by=None)
    assert history.became(session, seminar=seminar, code="W1") == [
        ("W3", "The first half"),
        ("W2", "A quick step"),
    ]
    assert history.came_from(session, seminar=seminar, code="W2") == [
        ("W1-B", "The other half"),
        ("W1", "A long road"),
    ]


def test_what_is_wrong_with_a_part_is_said_by_its_number(session, item):
    parts = [
        NewItem("", fields=OPTION, code="W2"),
        NewItem("Half", fields=OPTION, links={"serves": ["G1"]}),
    ]
    refused = errors_of(lambda: service.split(session, item=item("W1"), parts=parts, reason="", by=None))
    assert refused == {
        "reason": faults.ReasonMissing,
        "1.title": faults.Empty,
        "1.code": faults.CodeTaken,
        "2.serves": faults.NotLinkable,
    }
    one = [NewItem("Half", fields=OPTION)]
    refused = errors_of(lambda: service.split(session, item=item("W1"), parts=one, reason="Y.", by=None))
    assert refused == {"parts": faults.TooFewParts}
    assert item("W1").status is ItemStatus.ACCEPTED


def test_what_is_retired_is_in_no_register_and_nothing_is_left_of_it(session, seminar, item):
    service.retire(session, item=item("T1"), reason="No threat.", by=None)
    assert queries.items(session, seminar=seminar, kind=Kind.THREAT) == []
    assert history.became(session, seminar=seminar, code="T1") == []
    assert history.became(session, seminar=seminar, code="NONE") == []
    assert history.came_from(session, seminar=seminar, code="NONE") == []
    assert history.became(session, seminar=seminar, code="W1") == [("W1", "A long road")]


def test_links_are_set_kind_by_kind(session, seminar, item):
    option = item("W1")
    service.relink(session, item=option, links={"serves": ["E2"], "led_by": []})
    view = queries.item(session, seminar=seminar, code="W1")
    assert view is not None
    assert codes(view.linked(LinkKind.SERVES)) == ["E2"]
    assert view.linked(LinkKind.LED_BY) == []
    assert codes(view.linked(LinkKind.ADDRESSES)) == ["G1"]  # nobody spoke of these


def test_links_that_are_set_as_they_are_leave_no_trace(session, item):
    before = {link.id for link in session.exec(select(ItemLink))}
    service.relink(session, item=item("W1"), links={"serves": ["E1", "E2", "E1"]})
    assert {link.id for link in session.exec(select(ItemLink))} == before
    assert session.exec(select(AuditEntry)).all() == []


def test_coverage_needs_its_grade_and_nothing_else_has_one(session, seminar, item):
    framework = item("F-NEW")
    service.relink(session, item=framework, links={"covers": ["E1=full"]})
    view = queries.item(session, seminar=seminar, code="F-NEW")
    assert view is not None
    assert [(link.code, link.value) for link in view.linked(LinkKind.COVERS)] == [("E1", "full")]
    for wrong in ("E1", "E1=", "E1=all"):
        refused = errors_of(lambda w=wrong: service.relink(session, item=framework, links={"covers": [w]}))
        assert refused == {"covers": faults.NotAGrade}
    refused = errors_of(lambda: service.relink(session, item=item("W1"), links={"serves": ["E1=full"]}))
    assert refused == {"serves": faults.NotLinkable}


def test_nobody_links_to_what_was_merged_or_to_another_seminar(session, seminar, item, make):
    elsewhere = make.seminar()
    service.add_item(session, seminar=elsewhere, kind=Kind.GAP, code="G7", title="Elsewhere", fields={})
    service.retire(session, item=item("G1"), reason="Away.", by=None)
    for code in ("G7", "G1"):
        refused = errors_of(lambda c=code: service.relink(session, item=item("W2"), links={"addresses": [c]}))
        assert refused == {"addresses": faults.UnknownCode}


@pytest.mark.parametrize("state", list(RoundState))
def test_what_an_open_round_asks_about_stays_as_it_is(session, seminar, item, make, state):
    session.commit()
    option, other = item("W1"), item("W2")
    session.commit()
    ask_about(make, session, seminar, option, state)
    deeds = [
        lambda: service.merge(session, item=option, into=other, reason="Same.", by=None),
        lambda: service.split(
            session, item=option, parts=[NewItem("A", "", OPTION)] * 2, reason="Two.", by=None
        ),
        lambda: service.retire(session, item=option, reason="Away.", by=None),
        lambda: service.reword(
            session, item=option, title="New", text="", fields=OPTION, minor=False, reason="R.", by=None
        ),
    ]
    is_open = state is RoundState.OPEN
    assert service.asked_in_open_round(session, [option, other]) == ({option.id} if is_open else set())
    for deed in deeds if is_open else deeds[2:3]:
        if is_open:
            with pytest.raises(Conflict):
                deed()
        else:
            deed()
    if is_open:
        service.reword(
            session, item=option, title="New", text="", fields=OPTION, minor=True, reason="R.", by=None
        )
        service.merge(session, item=other, into=option, reason="Same.", by=None)  # what comes in is welcome


def test_an_element_is_asked_about_where_frameworks_are_held_against_it(session, seminar, item, make):
    round_ = make.round(seminar, state=RoundState.OPEN)
    session.add(Question(round_id=round_.id, code="Q3", type="cover", settings={"elements": ["E2"]}))
    session.flush()
    asked = service.asked_in_open_round(session, [item("E1"), item("E2")])
    assert asked == {item("E2").id}


def test_versions_mean_the_same_as_long_as_every_step_between_is_minor(session, item):
    gap, option = item("G1"), item("W1")
    for number, minor in ((2, True), (3, False), (4, True)):
        reword(session, gap, f"Gap {number}", minor=minor)
    wordings = history.same_wording(session, [gap.id, option.id])
    same = wordings[gap.id].same
    assert (same(1, 2), same(2, 1), same(3, 4), same(4, 4)) == (True, True, True, True)
    assert (same(1, 3), same(2, 3), same(4, 1)) == (False, False, False)
    assert wordings[option.id].same(1, 1)


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", []),
        ("one two", "one two", [("same", "one two")]),
        ("", "new", [("added", "new")]),
        ("old", "", [("removed", "old")]),
        ("one two", "1 two", [("removed", "one "), ("added", "1 "), ("same", "two")]),
        ("联合国合作", "联合国的合作", [("same", "联合国"), ("added", "的"), ("same", "合作")]),
    ],
)  # fmt: skip
def test_two_texts_are_compared_word_by_word(before, after, pieces):
    assert [(piece.kind, piece.text) for piece in history.difference(before, after)] == pieces


def test_the_pieces_of_a_difference_make_up_both_texts():
    before, after = "a b  c\nd e f " * 90, "b  c\nd x f g " * 90
    pieces = history.difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
