"""Choose and order the items of a register by what the address asks for."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from app.models.registers import ItemStatus, Kind
from app.registers.queries import ItemView

Choices = Mapping[str, Sequence[tuple[str, str]]]

# Which filters suit which kind; all but `element` are fields of the kind.
FILTERS: dict[Kind, tuple[str, ...]] = {
    Kind.ELEMENT: ("part",),
    Kind.THREAT: ("scope", "element"),
    Kind.STAKEHOLDER: ("sector", "level"),
    Kind.FRAMEWORK: ("scope", "legal_nature", "element"),
    Kind.PRACTICE: ("element",),
    Kind.GAP: ("element",),
    Kind.OPPORTUNITY: ("element",),
    Kind.OPTION: ("element", "time_horizon", "cost_class"),
}
SORTS: dict[Kind, tuple[str, ...]] = {
    Kind.ELEMENT: ("", "title"),
    Kind.THREAT: ("", "title"),
    Kind.STAKEHOLDER: ("", "title", "links"),
    Kind.FRAMEWORK: ("", "title", "newest", "oldest"),
    Kind.PRACTICE: ("", "title"),
    Kind.GAP: ("", "title", "links"),
    Kind.OPPORTUNITY: ("", "title", "links"),
    Kind.OPTION: ("", "title", "soonest", "cheapest"),
}
# Frameworks can be seen as a map of their coverage; the first is what is shown unasked.
VIEWS: dict[Kind, tuple[str, ...]] = {Kind.FRAMEWORK: ("map", "list")}
# What is asked for beside the items that stand.
STATUSES: dict[str, tuple[ItemStatus, ...]] = {
    "": (ItemStatus.ACCEPTED,),
    "merged": (ItemStatus.MERGED,),
    "withdrawn": (ItemStatus.WITHDRAWN,),
    "all": tuple(ItemStatus),
}
SEARCH_LENGTH = 200
PAGE_LENGTH = 100
MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; an empty text asks for nothing."""

    kind: Kind
    q: str = ""
    sort: str = ""
    view: str = ""
    status: str = ""
    page: int = 1
    chosen: dict[str, str] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether anything narrows the register."""
        return bool(self.q or self.status) or any(self.chosen.values())

    @property
    def by_links(self) -> bool:
        """Whether the links of items decide which are shown, or in which order."""
        return bool(self.chosen.get("element")) or self.sort == "links"

    @property
    def statuses(self) -> tuple[ItemStatus, ...]:
        """How the items stand that are asked for."""
        return STATUSES[self.status]


@dataclass(frozen=True, slots=True)
class Portion:
    """As many items as one page holds."""

    items: list[ItemView]
    page: int
    pages: int


def read(kind: Kind, wanted: Mapping[str, str], choices: Choices) -> Filters:
    """The filters that an address names; what it names that cannot be chosen is left out."""
    chosen = {}
    for name in FILTERS[kind]:
        value = wanted.get(name, "")
        chosen[name] = value if value in {choice for choice, _ in choices.get(name, ())} else ""
    sort, view, status = wanted.get("sort", ""), wanted.get("view", ""), wanted.get("status", "")
    views = VIEWS.get(kind, ("",))
    return Filters(
        kind=kind,
        q=wanted.get("q", "").strip()[:SEARCH_LENGTH],
        sort=sort if sort in SORTS[kind] else "",
        view=view if view in views else views[0],
        status=status if status in STATUSES else "",
        page=_page(wanted.get("page", "")),
        chosen=chosen,
    )


def apply(items: Sequence[ItemView], filters: Filters, choices: Choices) -> list[ItemView]:
    """The items that fit, in the order asked for."""
    words = [plain(word) for word in filters.q.split()]
    fitting = [item for item in items if _fits(item, filters) and _speaks_of(item, words)]
    order = _order(filters.sort, choices)
    return sorted(fitting, key=order) if order else fitting


def portion(items: Sequence[ItemView], page: int) -> Portion:
    """The items on a page; on the last one, if there are not so many."""
    pages = max(1, -(-len(items) // PAGE_LENGTH))
    page = min(page, pages)
    return Portion(list(items[(page - 1) * PAGE_LENGTH : page * PAGE_LENGTH]), page, pages)


def plain(text: str) -> str:
    """The text without case and accents, so that `resume` finds `Résumé`."""
    if text.isascii():  # most are, and letter by letter it takes ten times as long
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def bears_on(item: ItemView, element: str) -> bool:
    """Whether the item is tied to the element of that code; a framework that does not cover it is not."""
    return any(
        link.code == element and link.item_kind is Kind.ELEMENT and link.value != "none"
        for link in item.links
    )


def answered_by(item: ItemView) -> int:
    """How many ways forward are tied to the item."""
    return len({link.code for link in item.backlinks if link.item_kind is Kind.OPTION})


def _page(wanted: str) -> int:
    known = wanted.isascii() and wanted.isdecimal() and len(wanted) < len(str(MOST_PAGES))
    return max(1, int(wanted)) if known else 1


def _fits(item: ItemView, filters: Filters) -> bool:
    return all(
        bears_on(item, value) if name == "element" else item.fields.get(name) == value
        for name, value in filters.chosen.items()
        if value
    )


def _speaks_of(item: ItemView, words: Sequence[str]) -> bool:
    if not words:
        return True
    own = [value for value in item.fields.values() if isinstance(value, str)]
    text = plain(" ".join([item.code, item.title, item.text, *own]))
    return all(word in text for word in words)


def _order(sort: str, choices: Choices) -> Callable[[ItemView], tuple[object, ...]] | None:
    def rank(name: str) -> Callable[[ItemView], tuple[object, ...]]:
        places = {value: place for place, (value, _) in enumerate(choices.get(name, ()))}
        return lambda item: (places.get(str(item.fields.get(name)), len(places)), item.position)

    orders: dict[str, Callable[[ItemView], tuple[object, ...]]] = {
        "title": lambda item: (plain(item.title), item.position),
        "newest": lambda item: (-int(item.fields.get("year") or 0), item.position),
        "oldest": lambda item: (int(item.fields.get("year") or 0), item.position),
        "soonest": rank("time_horizon"),
        "cheapest": rank("cost_class"),
        "links": lambda item: (-answered_by(item), item.position),
    }
    return orders.get(sort)
