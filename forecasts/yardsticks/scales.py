"""The yardsticks that Hindsight knows."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from forecasts.yardsticks.band import Term, UnknownYardstick, Yardstick

PHIA_2025 = Yardstick(
    slug="phia-2025",
    version="2025",
    name="PHIA Probability Yardstick",
    source=(
        "Professional Head of Intelligence Assessment, Explaining uncertainty in UK intelligence assessment, "
        "24 March 2025"
    ),
    url="https://www.gov.uk/government/publications/explaining-uncertainty-in-uk-intelligence-assessment",
    terms=(
        Term("remote_chance", ("remote chance",), 0.0, 0.05, low_open=True),
        Term("highly_unlikely", ("highly unlikely",), 0.10, 0.20),
        Term("unlikely", ("unlikely",), 0.25, 0.35),
        Term("realistic_possibility", ("realistic possibility",), 0.40, 0.50, high_open=True),
        Term("likely", ("likely", "probable", "probably"), 0.55, 0.75),
        Term("highly_likely", ("highly likely",), 0.80, 0.90),
        Term("almost_certain", ("almost certain", "almost certainly"), 0.95, 1.0, high_open=True),
    ),
    advice="The gaps between the bands are deliberate: a number that falls in one has no term.",
)

ICD_203 = Yardstick(
    slug="icd-203",
    version="2015",
    name="ICD 203 expressions of likelihood",
    source=(
        "US Director of National Intelligence, Intelligence Community Directive 203, Analytic Standards, 2 January 2015"
    ),
    url="https://www.dni.gov/files/documents/ICD/ICD-203.pdf",
    terms=(
        Term("almost_no_chance", ("almost no chance", "remote", "remote chance", "remote possibility"), 0.01, 0.05),
        Term("very_unlikely", ("very unlikely", "highly improbable"), 0.05, 0.20),
        Term("unlikely", ("unlikely", "improbable", "improbably"), 0.20, 0.45),
        Term("roughly_even_chance", ("roughly even chance", "roughly even odds"), 0.45, 0.55),
        Term("likely", ("likely", "probable", "probably"), 0.55, 0.80),
        Term("very_likely", ("very likely", "highly probable"), 0.80, 0.95),
        Term("almost_certain", ("almost certain", "almost certainly", "nearly certain"), 0.95, 0.99),
    ),
    advice=(
        "Do not mix the two rows of words in one product, and do not put a likelihood and a confidence level "
        "into one sentence."
    ),
)

KENT_1964 = Yardstick(
    slug="kent-1964",
    version="1964",
    name="Words of estimative probability",
    source="Sherman Kent, Words of Estimative Probability, Studies in Intelligence, Fall 1964",
    url="https://www.cia.gov/resources/csi/studies-in-intelligence/archives/vol-8-no-4/words-of-estimative-probability/",
    terms=(
        Term("almost_certainly_not", ("almost certainly not",), 0.02, 0.12),
        Term("probably_not", ("probably not",), 0.20, 0.40),
        Term("chances_about_even", ("chances about even", "chances are about even"), 0.40, 0.60),
        Term("probable", ("probable", "probably"), 0.63, 0.87),
        Term("almost_certain", ("almost certain", "almost certainly"), 0.87, 0.99),
    ),
    advice="“Possible” has no number.",
)

IPCC_AR5 = Yardstick(
    slug="ipcc-ar5",
    version="2010",
    name="IPCC calibrated likelihood",
    source="Mastrandrea et al., Guidance Note for Lead Authors of the IPCC Fifth Assessment Report, 2010",
    url="https://www.ipcc.ch/site/assets/uploads/2018/05/uncertainty-guidance-note.pdf",
    terms=(
        Term("exceptionally_unlikely", ("exceptionally unlikely",), None, 0.01),
        Term("extremely_unlikely", ("extremely unlikely",), None, 0.05),
        Term("very_unlikely", ("very unlikely",), None, 0.10),
        Term("unlikely", ("unlikely",), None, 0.33),
        Term("about_as_likely_as_not", ("about as likely as not",), 0.33, 0.66),
        Term("more_likely_than_not", ("more likely than not",), 0.50, None, low_open=True),
        Term("likely", ("likely",), 0.66, None),
        Term("very_likely", ("very likely",), 0.90, None),
        Term("extremely_likely", ("extremely likely",), 0.95, None),
        Term("virtually_certain", ("virtually certain",), 0.99, None),
    ),
    advice="Cumulative and one-sided by design: a judgement is scored only with an explicit number.",
)

STIX_WEP = Yardstick(
    slug="stix-wep",
    version="2.1",
    name="STIX words of estimative probability",
    source="OASIS, STIX Version 2.1, Appendix A, confidence scales",
    url="https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html",
    terms=(
        Term("impossible", ("impossible",), 0.0, 0.0),
        Term("highly_unlikely", ("highly unlikely",), 0.01, 0.19),
        Term("unlikely", ("unlikely",), 0.20, 0.39),
        Term("even_chance", ("even chance",), 0.40, 0.59),
        Term("likely", ("likely",), 0.60, 0.79),
        Term("highly_likely", ("highly likely",), 0.80, 0.99),
        Term("certain", ("certain",), 1.0, 1.0),
    ),
    advice="For interchange only.",
)

DEFAULT = PHIA_2025
YARDSTICKS: Mapping[str, Yardstick] = MappingProxyType(
    {yardstick.slug: yardstick for yardstick in (PHIA_2025, ICD_203, KENT_1964, IPCC_AR5, STIX_WEP)}
)


def get(slug: str) -> Yardstick:
    """The yardstick with this slug; raises UnknownYardstick."""
    try:
        return YARDSTICKS[slug]
    except KeyError:
        raise UnknownYardstick(f"no yardstick {slug!r}; known are {', '.join(YARDSTICKS)}") from None
