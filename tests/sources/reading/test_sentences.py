"""Where sentences end."""

from __future__ import annotations

import pytest

from sources.reading.language import guess_language
from sources.reading.sentences import split_sentences

# Full stops that may end a sentence and those that do not look alike.
_WITH_INITIALS = {
    "The U.S. State Department spoke in the U.S. The rest left.": [
        "The U.S. State Department spoke in the U.S.",
        "The rest left.",
    ],
    "At 4 a.m. it began. It ended at 5 p.m. The town slept.": [
        "At 4 a.m. it began.",
        "It ended at 5 p.m.",
        "The town slept.",
    ],
}


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It is shut. It will open.", ["It is shut.", "It will open."]),
        ("Gen. Syrskyi spoke. He left.", ["Gen. Syrskyi spoke.", "He left."]),
        ("The U.S. State Department spoke in the U.S. The rest left.", None),
        ("See No. 5 of the list. No. It is not.", ["See No. 5 of the list.", "No.", "It is not."]),
        ("J. Smith spoke.", ["J. Smith spoke."]),
        ("It cost 3.5 million. 12 died.", ["It cost 3.5 million.", "12 died."]),
        ("“It is shut.” He left.", ["“It is shut.”", "He left."]),
        ("Is it shut? yes! no.", ["Is it shut? yes! no."]),
        ("It is... shut.", ["It is... shut."]),
        ("It is shut e.g. today.", ["It is shut e.g. today."]),
        ("It is shut.[3] It will open.", ["It is shut.[3]", "It will open."]),
        ("It is shut. (It will open.)", ["It is shut.", "(It will open.)"]),
        ("It is shut. — . It opens.", ["It is shut.", "It opens."]),
        ("It is shut.¹ It opens.²", ["It is shut.¹", "It opens.²"]),
        ("Tanks, guns, etc. More came.", ["Tanks, guns, etc.", "More came."]),
        ("Tanks, guns, etc. were lost.", ["Tanks, guns, etc. were lost."]),
        ("The town (pop. 4,000) fell (c. 30%). It burned.", ["The town (pop. 4,000) fell (c. 30%).", "It burned."]),
        ("At 4 a.m. it began. It ended at 5 p.m. The town slept.", None),
        ("Lt. Gen. R. Ba of St. Petersburg spoke. He left.", ["Lt. Gen. R. Ba of St. Petersburg spoke.", "He left."]),
        ("It was signed on 3 Jan. 2025 in Oslo. It holds.", ["It was signed on 3 Jan. 2025 in Oslo.", "It holds."]),
        ("**It may open.** *It holds.*", ["**It may open.**", "*It holds.*"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, sentences):
    expected = sentences or _WITH_INITIALS[text]
    assert [text[each.start : each.end] for each in split_sentences(text, 0, len(text))] == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The dam is shut and the river is low.", "en"),
        ("Le barrage est fermé et la rivière est basse.", "fr"),
        ("Der Damm ist zu und die Mühle steht still.", "de"),
        ("Плотина закрыта, и вода не идёт по реке.", "ru"),
        ("12 34", "und"),
        ("Xylo qwerty plugh frotz.", "und"),
    ],
)
def test_the_language_is_guessed_by_its_small_words(text, language):
    assert guess_language(text) == language
