"""By which rule a figure is a claim: each with what it means and an example that a test reads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's name as `FoundClaim.rule` has it, what it finds, and a sentence to show it.

    Several may come of one construction of `measuring.CONSTRUCTIONS`; what somebody selected has none of them.
    """

    name: str
    means: str
    example: str


RULES = (
    Rule("strong", "a force that is so many strong", "The army keeps a 3,000-strong garrison there."),
    Rule("strength_before", "a force that has, or consists of, so many", "The army has 3,000 soldiers on the island."),
    Rule("strength_after", "so many of a force are somewhere", "Some 3,000 soldiers are on the island."),
    Rule("left_home", "so many left home, town or country", "Some 300 people left their homes."),
    Rule("forced", "so many were made to flee", "The floods forced 300 families to leave."),
    Rule("brought_to", "a force that is brought to so many", "The transfer raised the garrison to 600 men."),
    Rule("taken_as", "people who are taken for something", "The rebels took 57 soldiers prisoner."),
    Rule("in_custody", "people who are in somebody's hands", "Some 20 nurses remain in the group's custody."),
    Rule("placed_at", "a crowd or toll that somebody puts at so many", "Organisers put the crowd at 300,000."),
    Rule("aboard", "people on board of something", "The ferry sank with 317 aboard."),
    Rule("verb_before", "a verb of the measure that has the figure as its object", "The raid destroyed 14 tanks."),
    Rule("passive_after", "what was done to so many", "Some 34 villagers were killed."),
    Rule("verb_after", "what so many did", "Some 34 villagers died."),
    Rule("state_after", "in what state so many are", "Some 34 villagers are missing."),
    Rule("noun_itself", "a counted noun that is the measure", "The army suffered 300 casualties."),
    Rule("participle_of_noun", "a participle before the counted noun", "The ministry showed 34 captured soldiers."),
    Rule("part_of_count", "a part of a count, which has its measure", "Some 34 villagers, including 6 children, died."),
    Rule("among", "so many among those who suffered it", "Among the dead were 34 children."),
    Rule("noun_before", "a total that reaches the figure", "The death toll rose to 34."),
    Rule(
        "inherited_figure",
        "another figure for what the sentence has counted before",
        "The ministry said 34 soldiers died; the rebels put the figure at 60.",
    ),
    Rule("volley", "missiles or drones that something was attacked with", "The navy hit the port with 40 missiles."),
    Rule("counted_object", "what a verb of counting takes", "The commission registered 57 parties."),
    Rule("plain_count", "any other count of people or things", "Some 300 miners walked to the capital."),
)
