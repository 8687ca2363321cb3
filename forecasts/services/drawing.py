"""Charts as pictures: drawn once by vl-convert from a Vega-Lite specification, kept by its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from xml.etree import ElementTree

from django.db import transaction
from django.utils.translation import gettext as _

from forecasts.errors import ChartNotDrawn
from forecasts.models import ChartImage

# Counts changes in how a specification becomes a picture, so that old pictures are drawn anew.
DRAWN_AS: Final = 1
KEPT: Final = timedelta(days=30)
_VEGA_LITE: Final = "6.4"
_SVG: Final = "http://www.w3.org/2000/svg"
_ELEMENTS: Final = frozenset({"svg", "g", "path", "line", "rect", "circle", "text", "tspan"})
_ATTRIBUTES: Final = frozenset(
    """viewBox width height transform d x y x1 y1 x2 y2 dx dy cx cy r rx ry fill fill-opacity stroke stroke-width
    stroke-opacity stroke-dasharray stroke-linecap stroke-linejoin stroke-miterlimit opacity text-anchor font-family
    font-size font-weight font-style""".split()
)
_OUTSIDE: Final = frozenset({"url", "href", "lookup"})

Spec = Mapping[str, Any]


def digest_of(spec: Spec, *, public: bool) -> str:
    """SHA-256 of a specification with its data; a public picture and one of the desk never share it."""
    named = {"spec": spec, "public": public, "drawn_as": DRAWN_AS}
    return hashlib.sha256(json.dumps(named, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def pictures(specs: Sequence[Spec], *, public: bool, at: datetime) -> list[ChartImage]:
    """The picture of each specification, drawn where nobody has drawn it before; one statement where all are there.

    Raises ChartNotDrawn.
    """
    digests = [digest_of(spec, public=public) for spec in specs]
    kept = ChartImage.objects.defer("spec", "png").in_bulk(digests)
    fresh = [
        ChartImage(digest=digest, spec=spec, svg=svg_of(spec), public=public, drawn_at=at)
        for digest, spec in zip(digests, specs, strict=True)
        if digest not in kept
    ]
    if fresh:
        ChartImage.objects.bulk_create(fresh, ignore_conflicts=True)
    drawn = kept | {image.digest: image for image in fresh}
    return [drawn[digest] for digest in digests]


def svg_of(spec: Spec) -> str:
    """The specification drawn as SVG with nothing in it but shapes and words. Raises ChartNotDrawn."""
    engine = _engine()
    try:
        return _cleaned(engine.vegalite_to_svg(_checked(spec), vl_version=_VEGA_LITE, allowed_base_urls=[]))
    except (ValueError, ElementTree.ParseError) as error:
        raise ChartNotDrawn(str(error)) from error


@transaction.atomic
def png_of(image: ChartImage, *, palette: Mapping[str, str]) -> bytes:
    """The same as PNG, twice as fine, with the colours of `palette` for the custom properties; drawn once.

    Raises ChartNotDrawn.
    """
    image = ChartImage.objects.select_for_update(no_key=True).get(pk=image.pk)
    if image.png is None:
        engine = _engine()
        try:
            image.png = engine.svg_to_png(literal(image.svg, palette=palette), scale=2)
        except ValueError as error:
            raise ChartNotDrawn(str(error)) from error
        image.save(update_fields=["png"])
    return bytes(image.png)


def spec_of(image: ChartImage, *, palette: Mapping[str, str]) -> str:
    """The Vega-Lite specification with its data, as JSON that draws the same wherever it is pasted."""
    named = {"$schema": f"https://vega.github.io/schema/vega-lite/v{_VEGA_LITE.split('.')[0]}.json", **image.spec}
    return _coloured(json.dumps(named, ensure_ascii=False, indent=2), palette)


def literal(svg: str, *, palette: Mapping[str, str]) -> str:
    """The drawing with colours in place of the page's custom properties, on paper of its own, to stand alone."""
    svg = _coloured(svg, palette)
    svg = svg.replace('font-family="inherit"', 'font-family="sans-serif"')
    opening, rest = svg.split(">", 1)
    return f'{opening}><rect width="100%" height="100%" fill="{palette["surface"]}"/>{rest}'


def _coloured(text: str, palette: Mapping[str, str]) -> str:
    for name, colour in palette.items():
        text = text.replace(f"var(--{name})", colour)
    return text


@transaction.atomic
def forget_pictures(*, before: datetime) -> int:
    """Let go of pictures drawn before then, and say how many; a page that shows one draws it anew."""
    return ChartImage.objects.filter(drawn_at__lt=before).delete()[0]


def _engine() -> Any:
    """vl-convert. It starts threads when it is first called, and a process forked after that hangs: never at import."""
    import vl_convert  # noqa: PLC0415 - as said

    return vl_convert


def _checked(spec: Spec) -> dict[str, Any]:
    """The specification, which must name nothing that is to be fetched. Raises ChartNotDrawn."""
    if _OUTSIDE & set(_keys(spec)):
        raise ChartNotDrawn(_("A chart brings its data along."))
    return dict(spec)


def _keys(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield key
            yield from _keys(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _keys(inner)


def _cleaned(svg: str) -> str:
    """Only what is seen: no roles and labels of single marks, no classes, nothing invisible, no empty groups."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own engine's, in which all text is escaped
    cleaned = _copy(root)
    assert cleaned is not None  # the root stays
    for name in ("width", "height"):
        cleaned.set(name, root.get(name, "0"))
    cleaned.set("xmlns", _SVG)
    return ElementTree.tostring(cleaned, encoding="unicode")


def _copy(element: ElementTree.Element) -> ElementTree.Element | None:
    tag = element.tag.removeprefix(f"{{{_SVG}}}")
    if tag not in _ELEMENTS or element.get("opacity") == "0" or element.get("display") == "none":
        return None
    if tag == "path" and "background" in (element.get("class") or ""):
        return None
    kept = {name: value for name, value in element.attrib.items() if name in _ATTRIBUTES}
    if tag == "text":
        kept["font-family"] = "inherit"
    copy = ElementTree.Element(tag, kept)
    copy.text = element.text
    copy.extend(inner for each in element if (inner := _copy(each)) is not None)
    return None if tag == "g" and not len(copy) else copy
