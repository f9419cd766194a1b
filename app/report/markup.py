"""The text of a section: a small Markdown with places for what is bound to data: `[[number:W01.median]]`.

A place that stands alone in its paragraph is a block (a figure, a table, words of the seminar); one within
a sentence is a number, or the footnote on which a sentence rests.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple, Protocol

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from app.report.blocks import (
    Block,
    Bound,
    Break,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Text,
)

PLACE = re.compile(r"\[\[(figure|table|words|number|rests):([\w.-]+)\]\]")
SPECIAL = re.compile(r"([\\`*_\[\]<>#])")
LINE = re.compile(r"\s*\n\s*")
# a section's title has the first level; headings in its text come below
TOP, DEEPEST = 2, 4
BLOCKS = frozenset({"figure", "table", "words"})


class Place(NamedTuple):
    """A place in a text: what kind of thing stands there, and which."""

    kind: str
    name: str

    @property
    def key(self) -> str:
        """As it is kept in `ReportSection.bound`."""
        return f"{self.kind}:{self.name}"


class Finder(Protocol):
    """What puts something in each place."""

    def inline(self, place: Place) -> Inline:
        """What stands there within a sentence."""

    def blocks(self, place: Place) -> Sequence[Block]:
        """What stands there by itself."""


def places(body: str) -> list[Place]:
    """All the places of a text, in their order, each once."""
    return list(dict.fromkeys(Place(*found) for found in PLACE.findall(body)))


def plain(text: str) -> str:
    """Words of others on one line, with none of their signs taken for Markdown."""
    return SPECIAL.sub(r"\\\1", LINE.sub(" ", text.strip()))


def parse(body: str, finder: Finder) -> tuple[Block, ...]:
    """The blocks of the text, with what the finder puts in the places."""
    root = SyntaxTreeNode(_reader().parse(body))
    return tuple(block for node in root.children for block in _block(node, finder))


@lru_cache
def _reader() -> MarkdownIt:
    # no raw HTML, no pictures: what stands in a report is a place, or words
    reader = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline", "code"])
    reader.inline.ruler.before("link", "place", _place)
    return reader


def _place(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as markdown-it calls it
    found = PLACE.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("place", "", 0).meta = {"place": Place(*found.groups())}
    state.pos = found.end()
    return True


def _block(node: SyntaxTreeNode, finder: Finder) -> Sequence[Block]:
    match node.type:
        case "heading":
            level = min(max(int(node.tag[1:]), TOP), DEEPEST)
            return [Heading(level, _runs(node, finder))]
        case "paragraph":
            alone = _alone(node)
            return finder.blocks(alone) if alone else [Paragraph(_runs(node, finder))]
        case "bullet_list" | "ordered_list":
            items = tuple(_children(item, finder) for item in node.children)
            return [ListBlock(items, ordered=node.type == "ordered_list")]
        case "blockquote":
            return [Quote(_children(node, finder))]
        case "fence":
            return [Paragraph((Text(node.content.rstrip("\n"), code=True),))]
    return []


def _children(node: SyntaxTreeNode, finder: Finder) -> tuple[Block, ...]:
    return tuple(block for child in node.children for block in _block(child, finder))


def _alone(node: SyntaxTreeNode) -> Place | None:
    tokens = node.children[0].children if node.children else []
    if len(tokens) == 1 and tokens[0].type == "place":
        place: Place = tokens[0].meta["place"]
        return place if place.kind in BLOCKS else None
    return None


def _runs(node: SyntaxTreeNode, finder: Finder) -> tuple[Inline, ...]:
    return tuple(run for child in node.children for run in _inline(child, finder))


def _inline(node: SyntaxTreeNode, finder: Finder) -> Sequence[Inline]:
    match node.type:
        case "inline":
            return _runs(node, finder)
        case "text" | "code_inline":
            return [Text(node.content, code=node.type != "text")] if node.content else []
        case "softbreak":
            return [Text(" ")]
        case "hardbreak":
            return [Break()]
        case "strong" | "em":
            return [_styled(run, node.type) for run in _runs(node, finder)]
        case "link":
            words = "".join(run.text for run in _runs(node, finder) if isinstance(run, Text))
            address = str(node.attrs.get("href", ""))
            # what leads nowhere is words: of an empty address no PDF can be made
            return [Link(words, address) if address else Text(words)]
        case "place":
            return [finder.inline(node.meta["place"])]
    return []


def _styled(run: Inline, style: str) -> Inline:
    if not isinstance(run, Text | Bound):
        return run
    return replace(run, strong=True) if style == "strong" else replace(run, emphasis=True)


def tokens(body: str) -> list[Token]:
    """The tokens of a text, for who checks its words and not its places."""
    return _reader().parse(body)
