"""The only renderer: a figure as SVG or PNG, kept in memory, without a call to any other machine."""

import json
from functools import lru_cache
from html import escape

import vl_convert

from app.figures.look import Figure

VEGA_LITE = "6.4"
KEPT, KEPT_PNG = 256, 16  # an SVG is some 30 kB, a PNG up to 1 MB
PNG_SCALE = 2


def svg(figure: Figure) -> str:
    """The figure as an SVG that names and describes itself."""
    head, _, body = _svg(_canonical(figure)).partition(">")
    named = head.replace("<svg ", '<svg role="img" aria-labelledby="title desc" ', 1)
    title = f'<title id="title">{escape(figure.title)}</title>'
    description = f'<desc id="desc">{escape(figure.description)}</desc>'
    return f"{named}>{title}{description}{body}"


def png(figure: Figure) -> bytes:
    """The figure as a PNG, twice as fine as a screen of old, for Word and slides."""
    return _png(_canonical(figure))


def _canonical(figure: Figure) -> str:
    return json.dumps(figure.spec, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


# The specification itself is the key: it holds the numbers, the words, the theme and the width,
# so that what is kept can never be another round's or another language's figure.
@lru_cache(maxsize=KEPT)
def _svg(spec: str) -> str:
    return str(vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[]))


@lru_cache(maxsize=KEPT_PNG)
def _png(spec: str) -> bytes:
    return bytes(
        vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=PNG_SCALE, allowed_base_urls=[])
    )
