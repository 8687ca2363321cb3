"""A guess at the language of a text, by the share of its commonest small words."""

from __future__ import annotations

import re
from collections import Counter

SMALL_WORDS = {
    "en": "the of and to in a is that for on with as by are was be has have from it its at this will an or not",
    "fr": "le la les de des du et à en un une est que qui dans pour sur par au aux avec ne pas se sont ce plus",
    "de": "der die das und in zu den von mit ist des im für auf nicht ein eine dem sich als auch es an werden",
    "es": "el la los las de y en que un una es por con para del se al su no como más lo sus ha este",
    "it": "il la le di e in che un una è per con del della si al non dei da sono nel alla più gli",
    "pt": "o a os as de e em que um uma é por com para do da no na se ao não mais dos das foi",
    "nl": "de het een en van in is dat op te voor met zijn aan niet door er om ook als bij naar uit",
    "pl": "w i na z do że się nie jest to o po za od przez dla jak są oraz ale który przy",
    "ru": "и в не на что с по как из у к за от его это для но о же до при был",
    "uk": "і в не на що з та у як до за від це для його про або але при був є",
}
ENOUGH_SHARE = 0.12
# With so many English ones no other language can be meant, and most texts are English.
PLAIN_SHARE = 0.25
READ_AT_MOST = 20_000

_WORD = re.compile(r"[^\W\d_]+")
_SETS = {language: frozenset(words.split()) for language, words in SMALL_WORDS.items()}


def guess_language(text: str) -> str:
    """The ISO 639-1 code of the language whose small words are commonest, "und" where none is common."""
    every = _WORD.findall(text[:READ_AT_MOST].lower())
    if not every:
        return "und"
    if sum(map(_SETS["en"].__contains__, every)) >= PLAIN_SHARE * len(every):
        return "en"
    words = Counter(every)
    counts = {language: sum(words[word] for word in small & words.keys()) for language, small in _SETS.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] / words.total() >= ENOUGH_SHARE else "und"
