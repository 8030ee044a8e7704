"""The code lists: every code that a record may hold, spelt once.

A list is *closed* when the program gives its codes a meaning (a decision is accepted or it is
not); it is *open* when a service may add its own (routes, reasons), which a mapping file does.
The order of a list is the order in which its values are shown, and for the lists marked
`ordered` it is also an order of more and less.

`also` holds other words that case systems export for the same thing; they are compared without
regard to case, spaces, hyphens or underscores, as are code and label.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Code:
    """One value of a list: how it is stored, how it is shown, what else it is called."""

    code: str
    label: str
    also: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class CodeList:
    """A named list of codes. `grows`: an unknown value is added as itself (counties only)."""

    name: str
    codes: tuple[Code, ...]
    open: bool = False
    ordered: bool = False
    grows: bool = False
    by_code: dict[str, Code] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_code", {code.code: code for code in self.codes})

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(self.by_code)

    def label(self, code: str) -> str:
        return self.by_code[code].label


SEX = CodeList(
    "sex",
    (
        Code("female", "Female", ("f", "woman")),
        Code("male", "Male", ("m", "man")),
        Code("other", "Other", ("non-binary", "intersex", "x")),
    ),
)

COUNTY = CodeList(
    "county",
    (
        Code("berkshire", "Berkshire"),
        Code(
            "buckinghamshire-mk",
            "Buckinghamshire",
            ("buckinghamshire with milton keynes", "buckinghamshire and milton keynes"),
        ),
        Code("oxfordshire", "Oxfordshire"),
    ),
    open=True,
    grows=True,
)

SECTOR = CodeList(
    "sector",
    (
        Code("police", "Police"),
        Code("probation", "Probation"),
        Code("childrens_social_care", "Children’s social care", ("children's social services",)),
        Code("adult_social_care", "Adult social care", ("adult social services",)),
        Code("housing", "Housing"),
        Code("substance_misuse", "Substance misuse", ("drug and alcohol service",)),
        Code("mental_health", "Mental health"),
        Code("health", "Health", ("nhs", "hospital", "gp")),
        Code("education", "Education", ("school",)),
        Code("victim_survivor_services", "Victim-survivor services", ("victim services",)),
        Code("idva_service", "IDVA service", ("idva",)),
        Code("community_safety", "Local authority community safety"),
        Code("other", "Other"),
    ),
    open=True,
)

ROUTE = CodeList(
    "route",
    (
        Code("operational_policing", "Operational policing", ("police",)),
        Code("partner_agency", "Partner agency", ("agency", "partner", "professional")),
        Code("marac", "MARAC"),
        Code("referral_panel", "Referral panel", ("panel", "matac", "dapp", "drive panel")),
        Code("other", "Other"),
    ),
    open=True,
)

NEED = CodeList(
    "need",
    (
        Code("alcohol", "Alcohol"),
        Code("drugs", "Drugs", ("substance misuse", "substances")),
        Code("mental_health", "Mental health"),
        Code("housing", "Housing", ("accommodation",)),
        Code("employment", "Employment and money", ("finance", "money", "debt")),
        Code("parenting", "Parenting"),
        Code("physical_health", "Physical health", ("health", "disability")),
        Code("learning", "Learning and neurodiversity", ("learning disability", "neurodiversity")),
        Code("other", "Other"),
    ),
    open=True,
)

DECISION = CodeList(
    "decision",
    (
        Code("accept", "Accepted", ("accept", "accepted", "yes", "approved")),
        Code("defer", "Deferred", ("defer", "deferred", "pending")),
        Code("decline", "Declined", ("decline", "declined", "rejected", "refused", "no")),
    ),
)

DECISION_REASON = CodeList(
    "decision_reason",
    (
        Code("meets_criteria", "Meets the criteria", ("criteria met",)),
        Code("not_eligible", "Not eligible", ("does not meet criteria", "ineligible")),
        Code("no_place", "No place available", ("no capacity", "full")),
        Code("more_information", "More information needed", ("awaiting information",)),
        Code("other_service", "Better served elsewhere", ("already engaged elsewhere",)),
        Code("out_of_area", "Lives outside the area", ("out of area",)),
        Code("in_custody", "In custody", ("custody",)),
        Code("other", "Other"),
    ),
    open=True,
)

CLOSURE_REASON = CodeList(
    "closure_reason",
    (
        Code("planned_completion", "Planned completion", ("planned", "completed", "complete")),
        Code("moved_away", "Moved away", ("moved out of area",)),
        Code("custody", "Custody", ("in custody", "prison")),
        Code("disruption_exhausted", "Disruption exhausted", ("disruption options exhausted",)),
        Code("transferred", "Transferred", ("transfer", "transferred to another service")),
        Code("no_longer_eligible", "No longer eligible", ("ineligible",)),
        Code("deceased", "Deceased", ("died", "death")),
    ),
    open=True,
)

ENGAGEMENT = CodeList(
    "engagement",
    (
        Code("direct", "Direct", ("direct work", "one to one", "engaged")),
        Code("disrupt_only", "Disrupt only", ("disrupt", "disruption", "disruption only")),
    ),
)

AGE_GROUP = CodeList(
    "age_group",
    (
        Code("adult", "Adult", ("adults", "a", "18+")),
        Code("child", "Child", ("children", "c", "under 18")),
    ),
)

RELATIONSHIP = CodeList(
    "relationship",
    (
        Code("partner", "Partner", ("spouse", "husband", "wife")),
        Code("ex_partner", "Former partner", ("ex", "ex partner", "ex spouse")),
        Code("parent", "Parent of the service user", ("mother", "father")),
        Code("child", "Child of the service user", ("son", "daughter", "stepchild")),
        Code("sibling", "Brother or sister", ("brother", "sister", "sibling")),
        Code("other", "Other", ("other family", "other relative")),
    ),
    open=True,
)

SAFETY_CONTACT_OUTCOME = CodeList(
    "safety_contact_outcome",
    (
        Code("reached", "Reached", ("made", "successful", "contacted", "kept", "attended")),
        Code("not_reached", "Not reached", ("attempted", "no answer", "unsuccessful", "missed")),
        Code("declined", "Declined support", ("refused",)),
    ),
)

CONTACT_KIND = CodeList(
    "contact_kind",
    (
        Code("in_person", "In person", ("face to face", "visit", "home visit", "office")),
        Code("telephone", "Telephone", ("phone", "call")),
        Code("video", "Video call", ("online", "teams")),
        Code("multi_agency", "With agencies", ("agency", "professionals meeting", "disruption")),
        Code("other", "Other"),
    ),
    open=True,
)

CONTACT_OUTCOME = CodeList(
    "contact_outcome",
    (
        Code("kept", "Kept", ("attended", "completed", "held", "made", "successful", "done")),
        Code("missed", "Missed", ("did not attend", "dna", "no show", "failed")),
        Code("cancelled", "Cancelled by the service", ("canceled", "cancelled")),
    ),
)

STAGE = CodeList(
    "stage",
    (
        Code("intake", "Intake", ("initial", "start", "baseline", "assessment")),
        Code("review", "Review", ("interim", "mid")),
        Code("exit", "Exit", ("closure", "close", "end", "final")),
    ),
    ordered=True,
)

RISK_LEVEL = CodeList(
    "risk_level",
    (
        Code("standard", "Standard", ("low", "std", "s")),
        Code("medium", "Medium", ("med", "m")),
        Code("high", "High", ("very high", "h")),
    ),
    ordered=True,
)

JUDGEMENT = CodeList(
    "judgement",
    (
        Code("score", "DASH score", ("no", "n", "false", "0", "by score", "visible high risk")),
        Code(
            "professional_judgement",
            "Professional judgement",
            ("yes", "y", "true", "1", "judgement", "professional"),
        ),
        Code("escalation", "Escalation", ("potential escalation", "escalating")),
    ),
)

IDVA_CHANGE = CodeList(
    "idva_change",
    (
        Code("significantly_reduced", "Significantly reduced", ("significant reduction",)),
        Code("moderately_reduced", "Moderately reduced", ("moderate reduction",)),
        Code("no_change", "No change", ("same", "unchanged")),
        Code("moderately_increased", "Moderately increased", ("moderate increase",)),
        Code("significantly_increased", "Significantly increased", ("significant increase",)),
        Code("not_known", "Not known", ("unknown", "nk")),
    ),
    ordered=True,
)

ABUSE_TYPE = CodeList(
    "abuse_type",
    (
        Code("physical", "Physical", ("physical abuse",)),
        Code("sexual", "Sexual", ("sexual abuse",)),
        Code("harassment_stalking", "Harassment and stalking", ("harassment", "stalking")),
        Code(
            "jealous_controlling",
            "Jealous and controlling",
            ("jealous and controlling behaviour", "coercive control", "controlling"),
        ),
    ),
)

SEVERITY = CodeList(
    "severity",
    (
        Code("none", "None", ("no", "0", "not present")),
        Code("standard", "Standard", ("low", "1")),
        Code("moderate", "Moderate", ("medium", "2")),
        Code("high", "High", ("severe", "3")),
    ),
    ordered=True,
)

ACTION_KIND = CodeList(
    "action_kind",
    (
        Code("enforcement", "Arrest or enforcement", ("arrest",), "disruption"),
        Code("recall", "Recall or licence condition", ("licence", "recall"), "disruption"),
        Code("civil_order", "Civil or protective order", ("order", "dvpo", "dapo"), "disruption"),
        Code("disclosure", "Disclosure (Clare’s Law)", ("dvds",), "disruption"),
        Code("tenancy", "Tenancy or housing action", ("eviction",), "disruption"),
        Code("safeguarding", "Safeguarding referral", ("child protection",), "disruption"),
        Code("information", "Information sharing", ("intelligence",), "disruption"),
        Code("substance_support", "Substance misuse support", ("treatment",), "support"),
        Code("mental_health_support", "Mental health support", (), "support"),
        Code("housing_support", "Housing support", (), "support"),
        Code("employment_support", "Employment support", (), "support"),
        Code("other", "Other", (), "other"),
    ),
    open=True,
)

INCIDENT_CATEGORY = CodeList(
    "incident_category",
    (
        Code("violence", "Violence", ("assault", "abh", "common assault")),
        Code("stalking_harassment", "Stalking and harassment", ("stalking", "harassment")),
        Code("sexual_offence", "Sexual offence", ("rape", "sexual assault")),
        Code("controlling_behaviour", "Controlling or coercive behaviour", ("coercive control",)),
        Code("criminal_damage", "Criminal damage", ("damage",)),
        Code("breach_of_order", "Breach of an order", ("breach",)),
        Code("public_order", "Public order"),
        Code("domestic_incident", "Domestic incident, no crime", ("incident", "non crime")),
        Code("other", "Other"),
    ),
    open=True,
)

ALL: tuple[CodeList, ...] = (
    SEX,
    COUNTY,
    SECTOR,
    ROUTE,
    NEED,
    DECISION,
    DECISION_REASON,
    CLOSURE_REASON,
    ENGAGEMENT,
    AGE_GROUP,
    RELATIONSHIP,
    SAFETY_CONTACT_OUTCOME,
    CONTACT_KIND,
    CONTACT_OUTCOME,
    STAGE,
    RISK_LEVEL,
    JUDGEMENT,
    IDVA_CHANGE,
    ABUSE_TYPE,
    SEVERITY,
    ACTION_KIND,
    INCIDENT_CATEGORY,
)
BY_NAME: dict[str, CodeList] = {code_list.name: code_list for code_list in ALL}
