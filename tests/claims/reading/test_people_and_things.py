"""Who and what is counted: people who leave, votes and parties, nouns that two counts share."""

import pytest

# Sentence -> claims as (as written, measure, subject, speaker, stance).
SENTENCES = [
    (
        "More than 10.5 million votes had been cast by Sunday evening.",
        [("More than 10.5 million", "other", "votes", None, "asserts")],
    ),
    ("By then, 57 parties had registered.", [("57", "other", "parties", None, "asserts")]),
    (
        "The electoral board registered 57 parties.",
        [("57", "other", "parties", "The electoral board", "asserts")],
    ),
    ("Some 400 soldiers left the base on Monday.", [("Some 400", "other", "soldiers", None, "asserts")]),
    ("Some 400 guests left on Monday.", [("Some 400", "other", "guests", None, "asserts")]),
    ("About 300 people have left the country.", [("About 300", "displaced", "people", None, "asserts")]),
    ("The flood forced 300 families to flee.", [("300", "displaced", "families", None, "asserts")]),
    ("The flood forced 300 families into tents.", [("300", "displaced", "families", None, "asserts")]),
    ("The flood forced 300 engines into repair.", [("300", "other", "engines", None, "asserts")]),
    ("The army forced 300 men to dig.", [("300", "other", "men", None, "asserts")]),
    ("The navy lost four of its 12 destroyers.", [("four", "destroyed", "destroyers", None, "asserts")]),
    (
        "Eight Indian and four Chinese soldiers were wounded.",
        [
            ("Eight", "wounded", "Indian soldiers", None, "asserts"),
            ("four", "wounded", "Chinese soldiers", None, "asserts"),
        ],
    ),
    (
        "The raid left four fighters killed and six wounded.",
        [("four", "killed", "fighters", None, "asserts"), ("six", "wounded", "fighters", None, "asserts")],
    ),
    ("About 2,000 US troops were deployed.", [("About 2,000", "deployed", "US troops", None, "asserts")]),
    ("According to WHO, 300 nurses died.", [("300", "killed", "nurses", "WHO", "asserts")]),
    ("The governor put the number of dead at 87.", [("87", "killed", "dead", "The governor", "asserts")]),
    ("Traders put the number at about 3,000 lorries.", [("about 3,000", "other", "lorries", "Traders", "asserts")]),
    (
        "The International Bureau on Missing Sailors estimates that 700 people are missing.",
        [("700", "missing", "people", "The International Bureau on Missing Sailors", "estimates")],
    ),
    (
        "Kyiv counts 600 dead, rejecting Moscow's claim of 3,000.",
        [("600", "killed", None, "Kyiv", "asserts")],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_a_sentence_gives_exactly_these_claims(sentence, expected, claims_of):
    found = [(c.as_written, c.measure, c.subject, c.speaker, c.stance) for c in claims_of(sentence)]

    assert found == expected
