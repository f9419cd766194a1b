"""The structured form of every kind: what it offers, what it reads, and that nothing typed is lost."""

from html.parser import HTMLParser

import pytest
from starlette.datastructures import FormData, UploadFile

from app import i18n
from app.models import Item
from app.models.registers import Kind, LinkKind
from app.registers import faults, forms, kinds, queries, service
from app.web import render

HOSTILE = "\"><script>alert(1)</script> ' {{ 7*7 }} =1+1 \u202e \U0001f578"


@pytest.fixture
def form_of(session, registers):
    def made(kind, draft=None, **how):
        return forms.item_form(session, seminar=registers.seminar, kind=kind, draft=draft, **how)

    return made


@pytest.fixture
def drawn(registers):
    i18n.use("en")
    environment = render.environment()

    def html(form, errors=None) -> str:
        source = (
            '{% from "registers/_form.html" import item_fields with context %}{{ item_fields(form, errors) }}'
        )
        template = environment.from_string(source)
        return template.render(form=form, errors=errors or {}, seminar=registers.seminar)

    return html


class Sender(HTMLParser):
    """Gathers what a browser would send of a form."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, str | UploadFile]] = []
        self.select = self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "input" and (has.get("type") != "checkbox" or "checked" in has):
            self.sent.append((has["name"], has["value"]))
        elif tag == "option" and "selected" in has:
            self.sent.append((self.select, has["value"]))
        elif tag in {"select", "textarea"}:
            setattr(self, tag, has["name"])

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.sent.append((self.textarea, data))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"select", "textarea"}:
            setattr(self, tag, "")


def sent_by(html: str) -> FormData:
    sender = Sender()
    sender.feed(html)
    return FormData(sender.sent)


@pytest.mark.parametrize("prefix", ["", "2."])
@pytest.mark.parametrize("code", ["E1", "POL", "F-OLD", "T1", "G1", "O1", "W1", "W2"])
def test_an_item_comes_back_from_its_form_as_it_was(session, registers, form_of, drawn, code, prefix):
    view = queries.item(session, seminar=registers.seminar, code=code)
    assert view is not None
    before = forms.draft_of(view)
    form = sent_by(drawn(form_of(view.kind, before, prefix=prefix)))
    after = forms.parse_item(view.kind, form, prefix=prefix)
    assert (after.title, after.text) == (before.title, before.text)
    assert kinds.fields_of(view.kind, after.fields) == view.fields
    assert {word: set(codes) for word, codes in after.links.items()} == {
        word: set(codes) for word, codes in before.links.items()
    }
    assert service.faults_of(session, seminar=registers.seminar, draft=after) == {}


@pytest.mark.parametrize("kind", list(Kind))
def test_hostile_text_is_shown_back_and_does_nothing(session, registers, form_of, drawn, kind):
    sent: list[tuple[str, str | UploadFile]] = [("title", HOSTILE), ("text", HOSTILE)]
    sent += [(name, HOSTILE) for name in kinds.FIELDS[kind].model_fields]
    sent += [
        (f"link.{word}.{other}", HOSTILE) for word, others in kinds.link_choices(kind) for other in others
    ]
    draft = forms.parse_item(kind, FormData(sent))
    errors = service.faults_of(session, seminar=registers.seminar, draft=draft)
    html = drawn(form_of(kind, draft), errors)
    assert "<script>" not in html.replace("<script src=", "")
    again = forms.parse_item(kind, sent_by(html))
    assert again == draft
    chosen = {name for name in draft.fields if name in {"sector", "level", "scope", "legal_nature", "part"}}
    assert chosen <= set(errors)
    assert all(word in errors for word, codes in draft.links.items() if codes)


def test_a_new_item_begins_empty_and_says_what_it_needs(session, registers, form_of):
    form = form_of(Kind.OPTION)
    assert [(field.name, field.required, bool(field.choices)) for field in form.fields] == [
        ("time_horizon", True, True),
        ("cost_class", True, True),
        ("trade_off", False, False),
    ]
    assert [picker.name for picker in form.pickers] == [
        "link.addresses.gap",
        "link.builds_on.opportunity",
        "link.led_by.stakeholder",
        "link.supported_by.stakeholder",
        "link.serves.element",
    ]  # there are no good practices yet to build on
    nothing = forms.parse_item(Kind.OPTION, FormData([]))
    errors = service.faults_of(session, seminar=registers.seminar, draft=nothing)
    assert {name: type(error) for name, error in errors.items()} == dict.fromkeys(
        ("title", "time_horizon", "cost_class"), faults.Empty
    )


def test_stakeholders_are_offered_under_their_sectors(form_of):
    (led_by,) = [picker for picker in form_of(Kind.OPTION).pickers if picker.word == LinkKind.LED_BY]
    assert [(heading, [choice.code for choice in choices]) for heading, choices in led_by.groups] == [
        ("Law enforcement", ["POL"]),
        ("Civil society groups", ["NGO"]),
    ]


def test_what_was_chosen_and_no_longer_stands_is_shown_and_refused(session, registers, form_of, drawn):
    gap = session.get_one(Item, registers.items["G1"].id)
    service.retire(session, item=gap, reason="Away.", by=None)
    draft = forms.parse_item(Kind.OPTION, FormData([("link.addresses.gap", "G1"), ("title", "X")]))
    errors = service.faults_of(session, seminar=registers.seminar, draft=draft)
    assert isinstance(errors["addresses"], faults.UnknownCode)
    # no gap is left to choose, and this one is shown all the same
    assert 'value="G1" checked' in drawn(form_of(Kind.OPTION, draft), errors)
    other = service.accept(
        session,
        seminar=registers.seminar,
        kind=Kind.GAP,
        title="Another",
        text="",
        fields={},
        links={},
        reason="R.",
        by=None,
    )
    html = drawn(form_of(Kind.OPTION, draft), errors)
    assert 'value="G1" checked' in html
    assert f'value="{other.code}">' in html


def test_a_blank_seminar_asks_for_free_words(session, make, registers):
    form = forms.item_form(session, seminar=make.seminar(), kind=Kind.STAKEHOLDER)
    assert [(field.name, bool(field.choices)) for field in form.fields] == [
        ("short", False),
        ("sector", False),
        ("level", True),
    ]
