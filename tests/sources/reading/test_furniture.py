"""Lines that stand on a page without being part of the text."""

from __future__ import annotations

import pytest

from sources.reading.parting import read_parts

PROSE = "The river has been low since the dam was closed in the winter of last year."
CREDITS = [
    "Photo: A. Roe",
    "Photo by A. Roe",
    "Photograph: Yerevan, Republic Square. CC BY-SA 3.0, via Wikimedia Commons",
    "kremlin.ru, CC-BY 3.0",
    "Image: NASA / Public domain",
    "Image credit: A. Roe, CC BY 4.0",
    "Cover image: A. Roe",
    "Credit: A. Roe / AFP",
    "Picture: MoD/Crown copyright",
    "© A. Roe / Getty Images",
    "Getty Images",
    "AP Photo/A. Roe",
    "AFP / A. Roe",
    "Reuters/A. Roe",
    "A. Roe/Reuters",
    "Map: The Valley Desk",
    "Map data: OpenStreetMap contributors, ODbL",
    "Image via Wikimedia Commons, CC BY-SA 4.0",
    "Wikimedia Commons",
    "Licence: CC BY 4.0",
    "License: CC0",
    "This work is licensed under CC BY 4.0.",
    "Licensed under a Creative Commons Attribution 4.0 International licence.",
    "Text: CC BY-NC 4.0",
    "*Photo: A. Roe, CC BY 2.0*",
    "(Photo: A. Roe)",
    "[Image: A. Roe / CC0]",
    "Header image: Unsplash",
    "Photo courtesy of the US Navy",
    "Courtesy: US Navy",
    "Satellite image ©2025 Maxar Technologies",
    "Graphic: Valley Desk",
    "Chart: Valley Desk",
    "Illustration by A. Roe",
    "Foto: A. Roe",
    "Photo credits: A. Roe; B. Poe",
    "US Navy, Public domain",
    "DVIDS, public domain",
    "Image: DVIDS, public domain",
    "Photo: A. Roe / MINUSMA archive, CC BY-NC-SA 2.0",
    "Finnish Border Guard, CC BY 4.0",
    "Mil.ru, CC BY 4.0, via Wikimedia Commons",
    "President.gov.ua, CC BY-NC-ND 4.0",
    "Photo: Ministry of Defence (OGL v3.0)",
    "© 2025 Planet Labs PBC",
    "Open Government Licence v3.0",
    "Image: ESA/Copernicus Sentinel data, 2025",
]
FURNITURE = [
    "Previous",
    "Next",
    "Share",
    "Share this",
    "Share this article",
    "Tags: dam, river",
    "Tags",
    "Read more",
    "Read more: The mill",
    "Related",
    "Related articles",
    "← Previous",
    "Next →",
    "Subscribe to our newsletter",
    "Sign up for updates",
    "We use cookies to improve your experience.",
    "This site uses cookies.",
    "Accept all cookies",
    "Cookie settings",
    "Back to top",
    "Print",
    "Email",
    "Facebook | Twitter | LinkedIn",
    "Share on X",
    "3 min read",
    "5 minute read",
    "Page 2 of 4",
    "Page 2",
    "2",
    "- 2 -",
    "[1] Dam Monthly, 3 May 2024.",
    "¹ Dam Monthly.",
    "Comments (3)",
    "Leave a comment",
    "© 2025 Valley Desk. All rights reserved.",
    "Copyright 2025 Valley Desk",
    "Follow us on X",
    "Download PDF",
    "Listen to this article",
    "Advertisement",
    "Skip to content",
    "Menu",
    "Home",
    "Home > Briefings > Dams",
    "Unsubscribe | Contact | Page 2 of 2",
    "Filed under: Dams",
    "Categories: Dams, Rivers",
    "Topics: Dams",
    "Privacy policy",
    "Terms of use",
    "You may also like",
    "More from this author",
    "View all posts",
    "Posted in Dams",
    "Log in",
    "Table of contents",
    "Contents",
    "* * *",
    "---",
    "***",
    "End",
    "ENDS",
    "-ENDS-",
]
SENTENCES = [
    "The maps are in the public domain, and so is the report that the ministry of the north wrote about them.",
    "The owner of Getty Images has asked the court of the valley to stop the sale of the mill and its land.",
    "The next mill to close will be the one that stands by the bridge at the end of the valley.",
    "Share prices fell.",
    "Page after page was read out.",
]


def said_in_forecast(parts):
    return [parts.text[each.start : each.end] for each in parts.sentences if each.section == "forecast"]


@pytest.mark.parametrize("line", CREDITS)
def test_credits_are_told_apart(line):
    parts = read_parts(f"The dam\n\n{line}\n\n{PROSE}\n\nForecast\n\nIt may open.\n\n{line}")
    assert (parts.title, parts.body, parts.credits) == ("The dam", (PROSE,), (line.strip("*"),) * 2)
    assert said_in_forecast(parts) == ["It may open."]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_left_out(line):
    parts = read_parts(f"{line}\n\nThe dam\n\nJane Doe\n\n{PROSE}\n\nForecast\n\nIt may open.\n\n{line}")
    assert (parts.title, parts.byline, parts.body, parts.credits) == ("The dam", "Jane Doe", (PROSE,), ())
    assert said_in_forecast(parts) == ["It may open."]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_is_neither(sentence):
    parts = read_parts(f"The dam\n\n{PROSE}\n\n{sentence}")
    assert (parts.body, parts.credits) == ((PROSE, sentence), ())
