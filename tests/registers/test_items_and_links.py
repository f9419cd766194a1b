"""Items are kept in the shape of their kind, linked as their kinds allow, and read both ways."""

import pytest
from pydantic import ValidationError
from sqlmodel import select

from app.models import Item, ItemVersion
from app.models.registers import ItemStatus, Kind, LinkKind
from app.registers import kinds, queries, service


def test_a_field_that_the_kind_lacks_is_refused(session, registers):
    with pytest.raises(ValidationError):
        service.add_item(
            session, seminar=registers.seminar, kind=Kind.GAP, code="G9", title="X", fields={"colour": "red"}
        )


def test_a_field_that_the_kind_needs_is_missed(session, registers):
    with pytest.raises(ValidationError):
        service.add_item(
            session, seminar=registers.seminar, kind=Kind.OPTION, code="W9", title="X", fields={}
        )


def test_every_kind_has_fields_and_every_link_its_ends():
    assert set(kinds.FIELDS) == set(Kind)
    assert set(kinds.LINKS) == set(LinkKind)


@pytest.mark.parametrize(
    ("source", "kind", "target"),
    [
        ("G1", LinkKind.ADDRESSES, "W1"),
        ("W1", LinkKind.ADDRESSES, "O1"),
        ("W1", LinkKind.LED_BY, "E1"),
        ("T1", LinkKind.COVERS, "E1"),
    ],
)
def test_a_link_that_means_nothing_is_refused(session, registers, source, kind, target):
    with pytest.raises(ValueError, match="no "):
        service.link(session, source=registers.items[source], kind=kind, target=registers.items[target])


def test_items_of_two_seminars_cannot_be_linked(session, registers, make):
    elsewhere = service.add_item(
        session, seminar=make.seminar(), kind=Kind.GAP, code="G1", title="Elsewhere", fields={}
    )
    with pytest.raises(ValueError, match="two seminars"):
        service.link(session, source=registers.items["W1"], kind=LinkKind.ADDRESSES, target=elsewhere)


def test_a_register_is_read_in_its_order_with_links_both_ways(session, registers):
    first, second = queries.items(session, seminar=registers.seminar, kind=Kind.OPTION)
    assert (first.code, second.code) == ("W1", "W2")
    assert [link.code for link in first.linked(LinkKind.SERVES)] == ["E2", "E1"]  # in the order of the item
    assert [link.code for link in first.linked(LinkKind.LED_BY)] == ["POL"]
    element = queries.item(session, seminar=registers.seminar, code="E2")
    assert element is not None
    assert [link.code for link in element.linking(LinkKind.SERVES)] == ["W1", "W2"]
    assert [(link.code, link.value) for link in element.linking(LinkKind.COVERS)] == [
        ("F-OLD", "full"),
        ("F-NEW", "partial"),
    ]
    assert [link.code for link in element.linking(LinkKind.CONCERNS, Kind.OPPORTUNITY)] == ["O1"]


def test_a_code_is_looked_for_in_one_seminar_only(session, registers, make):
    other = make.seminar()
    assert queries.item(session, seminar=other, code="W1") is None
    assert queries.items(session, seminar=other, kind=Kind.OPTION) == []
    assert set(queries.counts(session, seminar=other).values()) == {0}


def test_what_is_not_accepted_is_in_no_register_and_at_the_end_of_no_link(session, registers):
    gap = session.get_one(Item, registers.items["G1"].id)
    gap.status = ItemStatus.WITHDRAWN
    session.flush()
    assert queries.items(session, seminar=registers.seminar, kind=Kind.GAP) == []
    assert queries.counts(session, seminar=registers.seminar)[Kind.GAP] == 0
    option = queries.item(session, seminar=registers.seminar, code="W1")
    assert option is not None
    assert option.linked(LinkKind.ADDRESSES) == []
    withdrawn = queries.item(session, seminar=registers.seminar, code="G1")
    assert withdrawn is not None
    assert withdrawn.status is ItemStatus.WITHDRAWN


def test_a_frozen_wording_stays_readable_when_the_item_moves_on(session, registers):
    option = session.get_one(Item, registers.items["W1"].id)
    first = session.exec(select(ItemVersion).where(ItemVersion.item_id == option.id)).one()
    session.add(ItemVersion(item_id=option.id, number=2, title="A longer road", fields=first.fields))
    option.version = 2
    session.flush()

    frozen = queries.views(session, {option.id: 1, registers.items["W2"].id: 1})
    assert {view.code: view.title for view in frozen.values()} == {"W1": "A long road", "W2": "A quick step"}
    assert [link.code for link in frozen[option.id].linked(LinkKind.ADDRESSES)] == ["G1"]
    now = queries.item(session, seminar=registers.seminar, code="W1")
    assert now is not None
    assert (now.version, now.title) == (2, "A longer road")
    assert queries.views(session, {}) == {}
