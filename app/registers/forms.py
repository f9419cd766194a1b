"""The structured form of an item of any kind: what it offers, and what was entered in it.

A name in the form is that of the title, the text or a field; `link.serves.element` holds the codes
to which a kind of link leads among one kind of items. A prefix such as `2.` sets several such forms
apart on one page.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from pydantic.fields import FieldInfo
from sqlmodel import Session
from starlette.datastructures import FormData

from app import i18n
from app.i18n import _
from app.models import Seminar
from app.models.registers import Kind, LinkKind
from app.registers import drafts, kinds, links, queries, words
from app.registers.drafts import ItemDraft
from app.registers.queries import ItemView

Pairs = list[tuple[str, str]]

# Above so many, what can be chosen is folded away until it is wanted.
FOLDED = 12
LONG = 300

HINTS: dict[Kind, tuple[str, str]] = {
    Kind.ELEMENT: (_("A short name for this part of the paragraph."), _("What this part means.")),
    Kind.THREAT: (
        _("What the threat or risk is, in a few words."),
        _("What happens, where, and what makes it possible; at the level of policy and never operational."),
    ),
    Kind.STAKEHOLDER: (
        _("The full name of the institution, profession or association."),
        _("What it does that bears on the mandate."),
    ),
    Kind.FRAMEWORK: (_("Its official title."), _("What it asks of whom.")),
    Kind.PRACTICE: (
        _("What is done, in a few words."),
        _("Who does it, how it works, and what has come of it."),
    ),
    Kind.GAP: (_("What is missing, in a few words."), _("Where it is missing, and what follows from that.")),
    Kind.OPPORTUNITY: (
        _("What could be built on, in a few words."),
        _("Why now, and what it would take."),
    ),
    Kind.OPTION: (
        _("The step, beginning with a verb."),
        _("Who would do what, with whom, by when, and how one would know that it is done."),
    ),
}
PICKERS: dict[tuple[LinkKind, Kind], str] = {
    (meaning.kind, meaning.other): meaning.heading
    for meaning in words.LINKS
    if meaning.direction == "to" and meaning.value is None
} | {(LinkKind.COVERS, Kind.ELEMENT): _("How far it covers each element of the mandate")}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldInput:
    """A field of the kind: chosen from `choices` where there are any, typed otherwise."""

    name: str
    label: str
    value: str
    choices: Pairs
    own: bool
    required: bool
    limit: int

    @property
    def rows(self) -> int:
        """How many lines are offered for it; one that is short has a line of its own."""
        return 3 if self.limit > LONG else 0


@dataclass(frozen=True, slots=True)
class Choice:
    """An item to which a link can lead; `chosen` is its grade, or its code where there are no grades."""

    code: str
    title: str
    chosen: str


@dataclass(frozen=True, slots=True)
class Picker:
    """Links of one kind to one kind of items, the choices in groups with headings.

    What is wrong with a kind of link is told at the `first` of its pickers.
    """

    name: str
    word: str
    label: str
    graded: bool
    first: bool
    groups: list[tuple[str, list[Choice]]]

    @property
    def chosen(self) -> list[Choice]:
        """What is linked so far."""
        return [choice for _heading, choices in self.groups for choice in choices if choice.chosen]

    @property
    def is_long(self) -> bool:
        """Whether it is folded away until it is wanted."""
        return sum(len(choices) for _heading, choices in self.groups) > FOLDED


@dataclass(frozen=True, slots=True)
class ItemForm:
    """The form of an item, filled in so far as the draft is; drawn by `registers/_form.html`."""

    kind: Kind
    prefix: str
    title: str
    text: str
    title_hint: str
    text_hint: str
    fields: list[FieldInput]
    kept: Pairs
    pickers: list[Picker]


def parse_item(kind: Kind, form: FormData, *, prefix: str = "") -> ItemDraft:
    """What was entered, trimmed but not yet checked: `service.faults_of` says what is wrong with it.

    Texts may be longer than the table's columns until they have been checked.
    """
    fields = {name: _text(form, prefix + name) for name in kinds.FIELDS[kind].model_fields}
    return ItemDraft(
        kind=kind,
        title=" ".join(_text(form, f"{prefix}title").split()),
        text=_text(form, f"{prefix}text"),
        fields={name: value for name, value in fields.items() if value},
        links={
            word.value: list(
                dict.fromkeys(
                    code
                    for other in others
                    for code in _texts(form, f"{prefix}link.{word.value}.{other.value}")
                )
            )
            for word, others in kinds.link_choices(kind)
        },
    )


def draft_of(view: ItemView) -> ItemDraft:
    """An item as it stands, to be edited."""
    found: dict[str, list[str]] = {word.value: [] for word, _others in kinds.link_choices(view.kind)}
    for link in view.links:
        found[link.kind.value].append(f"{link.code}{links.GRADE}{link.value}" if link.value else link.code)
    fields = {name: value for name, value in view.fields.items() if value is not None}
    return ItemDraft(view.kind, view.title, view.text, fields, found)


def item_form(
    session: Session,
    *,
    seminar: Seminar,
    kind: Kind,
    draft: ItemDraft | None = None,
    prefix: str = "",
    with_links: bool = True,
) -> ItemForm:
    """The form of an item of the kind, with what the draft says already."""
    draft = draft or ItemDraft(kind, "")
    vocabularies = queries.vocabularies(session, seminar=seminar)
    shown = {field.name for field in words.FIELDS[kind]}
    title_hint, text_hint = HINTS[kind]
    return ItemForm(
        kind=kind,
        prefix=prefix,
        title=draft.title,
        text=draft.text,
        title_hint=i18n.gettext(title_hint),
        text_hint=i18n.gettext(text_hint),
        fields=[_input(field, draft, vocabularies) for field in words.FIELDS[kind]],
        # what the form does not ask for stays as it is
        kept=[(name, str(value)) for name, value in draft.fields.items() if name not in shown],
        pickers=list(_pickers(session, seminar, draft, vocabularies)) if with_links else [],
    )


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def _texts(form: FormData, name: str) -> list[str]:
    return [
        value.strip() for value in form.getlist(name) if isinstance(value, str) and value.strip(" \t\r\n")
    ]


def _input(field: words.FieldWords, draft: ItemDraft, vocabularies: drafts.Vocabularies) -> FieldInput:
    info = kinds.FIELDS[draft.kind].model_fields[field.name]
    offered = vocabularies.get(field.name) or {}
    choices = [(value, label or value) for value, label in offered.items()]
    if field.how == "word":
        choices = [(value, i18n.gettext(label)) for value, label in words.WORDS[field.name].items()]
    elif field.how not in {"vocabulary", "sector"}:
        choices = []
    value = str(draft.fields.get(field.name, ""))
    if choices and value and value not in dict(choices):
        choices = [*choices, (value, value)]  # what was typed is shown, beside what is wrong with it
    return FieldInput(
        name=field.name,
        label=i18n.gettext(field.label),
        value=value,
        choices=choices,
        own=field.how != "word",
        required=info.is_required(),
        limit=_limit(info),
    )


def _limit(info: FieldInfo) -> int:
    """The most characters that the field takes, 0 where it is no text."""
    rules = [*info.metadata, *(rule for part in get_args(info.annotation) for rule in _rules(part))]
    return next((limit for rule in rules if (limit := getattr(rule, "max_length", None))), 0)


def _rules(part: object) -> Sequence[object]:
    return getattr(part, "__metadata__", ())


def _pickers(
    session: Session, seminar: Seminar, draft: ItemDraft, vocabularies: drafts.Vocabularies
) -> Iterator[Picker]:
    offered: dict[Kind, list[ItemView]] = {}
    for word, others in kinds.link_choices(draft.kind):
        chosen = dict.fromkeys(draft.links.get(word.value, []))
        for other in others:
            if other not in offered:
                offered[other] = queries.titles(session, seminar=seminar, kind=other)
        known = {view.code for other in others for view in offered[other]}
        strange = [entry for entry in chosen if entry.partition(links.GRADE)[0] not in known]
        for place, other in enumerate(others):
            groups = _groups(offered[other], chosen, vocabularies, graded=kinds.graded(word))
            if strange and place == 0:
                groups.append(("", [Choice(entry, "", entry) for entry in strange]))
            if groups:
                yield Picker(
                    name=f"link.{word.value}.{other.value}",
                    word=word.value,
                    label=i18n.gettext(PICKERS[word, other]),
                    graded=kinds.graded(word),
                    first=place == 0,
                    groups=groups,
                )


def _groups(
    views: Sequence[ItemView],
    chosen: Mapping[str, object],
    vocabularies: drafts.Vocabularies,
    *,
    graded: bool,
) -> list[tuple[str, list[Choice]]]:
    """The choices in the order of their register; stakeholders under their sectors."""
    grades = {code: grade for code, _, grade in (entry.partition(links.GRADE) for entry in chosen)}
    groups: dict[str, list[Choice]] = {}
    sectors = vocabularies.get("sector", {})
    if views and views[0].kind is Kind.STAKEHOLDER:
        groups = {label: [] for label in sectors.values()}
    for view in views:
        heading = sectors.get(str(view.fields.get("sector", "")), "") if groups else ""
        mark = grades.get(view.code, "") if graded else (view.code if view.code in chosen else "")
        groups.setdefault(heading, []).append(Choice(view.code, view.title, mark))
    return [(heading, choices) for heading, choices in groups.items() if choices]
