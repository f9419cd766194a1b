"""Where the renderer has put every line of text of a figure."""

from typing import Any

import numpy as np
import vl_convert

from app.figures import render
from app.figures.look import Figure, text_width

Text = tuple[str, float, float, float, float]


def texts(figure: Figure) -> list[Text]:
    """Every line of text with its box (left, top, right, bottom) as the renderer has placed it."""
    scene = vl_convert.vegalite_to_scenegraph(figure.spec, vl_version=render.VEGA_LITE)
    found: list[Text] = []

    def walk(node: dict[str, Any], x: float, y: float) -> None:
        x, y = x + node.get("x", 0), y + node.get("y", 0)
        for mark in node["items"]:
            for item in mark["items"]:
                if mark["marktype"] == "group":
                    walk(item, x, y)
                elif mark["marktype"] == "text":
                    found.extend(boxes(item, x, y))

    root = scene["scenegraph"]["items"][0]
    walk(root, *scene["origin"])
    return found


def boxes(item: dict[str, Any], x: float, y: float) -> list[Text]:
    lines = item["text"] if isinstance(item["text"], list) else [item["text"]]
    size = item["fontSize"]
    found = []
    for number, line in enumerate(lines):
        wide = text_width(line, size, bold=item.get("fontWeight") == "bold")
        wide = min(wide, item["limit"]) if item.get("limit") else wide
        left = x + item["x"] - {"left": 0.0, "center": 0.5, "right": 1.0}[item.get("align", "left")] * wide
        above = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[item["baseline"]] * size
        top = y + item["y"] + number * item.get("lineHeight", size) - above
        if item.get("angle") == 270:
            left, bottom = x + item["x"] - size / 2, y + item["y"]
            found.append((line, left, bottom - wide, left + size, bottom))
        else:
            found.append((line, left, top, left + wide, top + size))
    return found


def out_of_the_picture(placed: list[Text], figure: Figure) -> list[Text]:
    """The texts that reach beyond an edge."""
    return [
        text
        for text in placed
        if text[1] < 0 or text[2] < 0 or text[3] > figure.width + 0.5 or text[4] > figure.height
    ]


def covered(placed: list[Text]) -> list[tuple[str, str]]:
    """The pairs of texts that lie over one another; a text on its own rim is one."""
    texts = sorted({(text[0], round(text[1], 1), round(text[2], 1)): text for text in placed}.values())
    boxes = np.array([text[1:] for text in texts])
    a, b = boxes[:, None], boxes[None]
    across = (a[..., 0] < b[..., 2]) & (b[..., 0] < a[..., 2])
    down = (a[..., 1] < b[..., 3]) & (b[..., 1] < a[..., 3])
    pairs = zip(*np.nonzero(np.triu(across & down, 1)), strict=True)
    return [(texts[one][0], texts[other][0]) for one, other in pairs]
