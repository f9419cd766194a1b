"""Read what a facilitator sends: a decision and its reason, the words with it, the parts of a split."""

from dataclasses import dataclass
from typing import Annotated, TypedDict

from fastapi import Depends
from starlette.datastructures import FormData

from app.models.registers import Kind
from app.registers.drafts import ItemDraft, NewItem
from app.registers.forms import parse_item
from app.web.forms import Submitted, texts

FEWEST_PARTS, MOST_PARTS = 2, 6
LONGEST_NUMBER = 9
LONGEST_CODE = 64
AS_IT_IS, MINOR, MAJOR = "as_it_is", "minor", "major"


class ReadAndWhy(TypedDict):
    """The revision of a proposal that was read, and why it is decided so."""

    seen: int
    reason: str


class Merged(ReadAndWhy):
    """The same, and the words that the item gets by it, if any."""

    wording: ItemDraft | None
    minor: bool


class OnText(TypedDict):
    """Which text, whether it is shown as it is, what stands instead of it, and why."""

    code: str
    digest: str
    shown: bool
    instead: str | None
    reason: str


class OneMore(TypedDict):
    """The parts of a split with one more, and what was typed beside them."""

    parts: list[ItemDraft]
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Decision:
    """The form as it was sent."""

    form: FormData

    def get(self, name: str) -> str:
        """A field as it was typed."""
        return texts(self.form).get(name, "")

    @property
    def values(self) -> dict[str, str]:
        """All fields, to be shown again."""
        return texts(self.form)

    @property
    def reason(self) -> str:
        """Why."""
        return self.get("reason")

    @property
    def seen(self) -> int:
        """The revision that was read; none is 0, which no revision is."""
        return _number(self.get("revision"), 0)

    @property
    def into(self) -> str:
        """The code of the item into which something is to be merged."""
        return self.get("into")[:LONGEST_CODE]

    @property
    def kinds(self) -> list[str]:
        """The kinds that were ticked."""
        return [value for value in self.form.getlist("kind") if isinstance(value, str)]

    @property
    def minor(self) -> bool:
        """Whether the meaning stays; it does not unless that is said."""
        return self.get("wording") == MINOR

    @property
    def as_read(self) -> ReadAndWhy:
        """What every decision on a proposal says."""
        return ReadAndWhy(seen=self.seen, reason=self.reason)

    def as_merged(self, kind: Kind) -> Merged:
        """What a merge says: an item keeps its words unless others are meant."""
        wording = self.draft(kind) if self.get("wording") in {MINOR, MAJOR} else None
        return Merged(seen=self.seen, reason=self.reason, wording=wording, minor=self.minor)

    @property
    def on_text(self) -> OnText:
        """What is to become of a text of a closed round."""
        shortens = self.get("then") == "shorten"
        return OnText(
            code=self.get("code")[:LONGEST_CODE],
            digest=self.get("digest")[:LONGEST_CODE],
            shown=self.get("then") == "show",
            instead=self.get("instead") if shortens else None,
            reason=self.reason,
        )

    def draft(self, kind: Kind) -> ItemDraft:
        """The words of the one item that the form holds."""
        return parse_item(kind, self.form)

    def parts(self, kind: Kind) -> list[ItemDraft]:
        """The words of each part, as many as the form has."""
        number = min(max(_number(self.get("parts"), FEWEST_PARTS), FEWEST_PARTS), MOST_PARTS)
        return [parse_item(kind, self.form, prefix=f"{place}.") for place in range(1, number + 1)]

    @property
    def wants_more(self) -> bool:
        """Whether another part is asked for, and nothing to be done yet."""
        return self.get("then") == "more"

    def with_one_more(self, parts: list[ItemDraft]) -> OneMore:
        """The form again, with place for another part."""
        room = [ItemDraft(part.kind, "") for part in parts[: MOST_PARTS - len(parts)][:1]]
        return OneMore(parts=[*parts, *room], values=self.values)


def new_items(parts: list[ItemDraft]) -> list[NewItem]:
    """The parts as the register takes them, with the links of the whole; blank ones at the end are none."""
    while len(parts) > FEWEST_PARTS and not (parts[-1].title or parts[-1].text):
        parts = parts[:-1]
    return [NewItem(part.title, part.text, part.fields) for part in parts]


def decision(form: Submitted) -> Decision:
    """The form that was sent."""
    return Decision(form)


DecisionDep = Annotated[Decision, Depends(decision)]


def _number(text: str, otherwise: int) -> int:
    fits = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if fits else otherwise
