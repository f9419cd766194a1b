"""Find the texts that Babel's own reader misses: of refusals, of the permission table, of plans of rounds."""

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

import yaml
from babel.messages.extract import extract_python

ATTRIBUTE = "message"  # `message = "…"` in a class derived from AppError
SPOKEN = frozenset({"Permission"})  # enumerations whose values people read
# what people read of a plan, and what is said in another language than theirs
READ = frozenset(
    {"title", "summary", "for_whom", "takes", "brings", "purpose", "instructions", "anonymity", "product"}
    | {"prompt", "reason"}
)


def extract(
    source: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[tuple[Any, ...]]:
    """Everything that is to be translated in one Python file."""
    yield from extract_python(source, keywords, comment_tags, dict(options))  # type: ignore[arg-type]
    source.seek(0)
    for node in ast.walk(ast.parse(source.read())):
        if isinstance(node, ast.ClassDef):
            yield from _of_class(node)


def _of_class(node: ast.ClassDef) -> Iterator[tuple[Any, ...]]:
    for line in node.body:
        if not isinstance(line, ast.Assign) or not isinstance(line.value, ast.Constant):
            continue
        name, text = line.targets[0], line.value.value
        marked = node.name in SPOKEN or (isinstance(name, ast.Name) and name.id == ATTRIBUTE)
        if marked and isinstance(text, str):
            yield line.lineno, "gettext", text, []


def extract_plan(
    source: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[tuple[Any, ...]]:
    """Everything that is to be translated in one plan of rounds."""
    del keywords, comment_tags, options
    yield from _of_node(yaml.compose(source.read()))


def _of_node(node: yaml.Node | None) -> Iterator[tuple[Any, ...]]:
    match node:
        case yaml.MappingNode():
            for key, value in node.value:
                if key.value in READ and isinstance(value, yaml.ScalarNode):
                    yield value.start_mark.line + 1, "gettext", value.value, []
                yield from _of_node(value)
        case yaml.SequenceNode():
            for one in node.value:
                yield from _of_node(one)
