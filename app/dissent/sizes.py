"""How many hold a view: a number where they are enough not to be known by it, else a word of the rules."""

from dataclasses import dataclass

from app.i18n import gettext, ngettext
from app.rounds.suppression import withheld
from app.wording import Rules

HOLDERS, REST = "holders", "rest"


@dataclass(frozen=True, slots=True)
class Size:
    """`count` where it may be told; `words` in any case.

    `is_ruled` says that the words are those of the seminar's rules, in the seminar's language.
    """

    words: str
    count: int | None = None
    is_ruled: bool = False


def size(count: int, raters: int, *, rules: Rules, minimum: int) -> Size:
    """So many of those who rated; neither they nor the rest may be fewer than the minimum group."""
    rest = raters - count
    sizes = {HOLDERS: count} | ({REST: rest} if rest else {})
    if not withheld(sizes, minimum):
        said = ngettext("%(count)s participant", "%(count)s participants", count) % {"count": count}
        return Size(said, count)
    if found := rules.quantifier(count, raters):
        return Size(found.text, is_ruled=True)
    if count == 1:
        return Size(gettext("one participant"))
    return Size(gettext("a few participants"))
