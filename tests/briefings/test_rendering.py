"""Markdown becomes HTML that is safe to show, whatever was typed."""

import time
from html.parser import HTMLParser

import pytest

from briefings.rendering import body_markdown, inline_html, to_html
from sources.reading.parting import read_parts

HARMLESS = {"href", "title", "rel", "start"}


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.seen, self.attributes, self.addresses = [], set(), []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value for name, value in attrs if name in {"href", "src"}]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "![x](x onerror=alert(1))",
        '[x](https://example.org "a\\" onclick=\\"alert(1)")',
        "<https://example.org/><script>",
        "`<script>`",
        "```html\n<script>alert(1)</script>\n```",
        "| <script> |\n|---|\n| <img src=x onerror=alert(1)> |",
        '<iframe src="https://example.org"></iframe><style>*{}</style>',
        "[a]: javascript:alert(1)\n\n[a]",
    ],
)
@pytest.mark.parametrize("render", [to_html, inline_html])
def test_nothing_that_runs_gets_through(hostile, render):
    tags = Tags(render(f"Before {hostile} after"))

    assert set(tags.seen) & {"script", "img", "svg", "iframe", "style", "object", "form"} == set()
    assert tags.attributes <= HARMLESS
    assert [each for each in tags.addresses if not each.startswith("https://")] == []


def test_markdown_is_markdown():
    html = to_html("A **bold** [link](https://example.org).\n\n- one\n- two\n\n| a |\n|---|\n| 1 |")

    assert html == (
        '<p>A <strong>bold</strong> <a href="https://example.org" rel="noopener nofollow">link</a>.</p>\n'
        "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
        "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n</tr>\n</tbody>\n</table>\n"
    )


def test_raw_html_is_shown_as_it_was_typed():
    assert inline_html("a <b>bold</b> word") == "a &lt;b&gt;bold&lt;/b&gt; word"


def test_a_paragraph_alone_stays_one_line():
    assert inline_html("# no\n- heading *here*") == "# no - heading <em>here</em>"


def test_headings_form_an_outline_from_the_second_level_on():
    html = to_html("### a\n\n##### b\n\n#### c\n\n## d\n\ne\n===\n\n###### f")

    assert [tag for tag in Tags(html).seen if tag.startswith("h")] == ["h2", "h3", "h3", "h2", "h2", "h3"]


def test_a_hash_in_a_code_block_is_no_heading():
    assert to_html("```\n# no\n```") == "<pre><code># no\n</code></pre>\n"


def test_the_body_is_all_that_stands_between_summary_and_forecast():
    source = (
        "# Title\n\nDana Reed | 2 May 2025\n\n## Summary\n\n- One thing happened here.\n\n"
        "## Background\n\nThe first paragraph is here.\n\n- A bullet says so too.\n\n---\n\n"
        "> A quote was said aloud.\n\n| town | dead |\n|------|------|\n| Alma has some | 3 |\n\nThe last one stands here.\n\n"
        "Photo: somebody, CC BY 4.0\n\nShare this\n\n## Forecast\n\n- It is likely to rain.\n"
    )

    assert body_markdown(read_parts(source)).split("\n") == [
        "## Background", "", "The first paragraph is here.", "", "- A bullet says so too.", "", "---", "",
        "> A quote was said aloud.", "", "| town | dead |", "|------|------|", "| Alma has some | 3 |", "",
        "The last one stands here.",
    ]  # fmt: skip


def test_the_title_is_no_heading_of_a_body_without_a_summary():
    source = "# Title\n\nThe first paragraph stands here, and it is all.\n"

    assert body_markdown(read_parts(source)) == "The first paragraph stands here, and it is all."


def test_a_text_without_a_body_has_none():
    assert body_markdown(read_parts("## Forecast\n\n- It is likely to rain.\n")) == ""


@pytest.mark.parametrize("unit", ["[", "*a ", "> ", "`", "<a ", "![](", "- ", "_a_ ", "&lt;", "|a", "\\", "# "])
def test_hostile_texts_are_drawn_in_time(unit):
    source = unit * (100_000 // len(unit))
    began = time.process_time()

    to_html(source)
    inline_html(source)

    assert time.process_time() - began < 5
