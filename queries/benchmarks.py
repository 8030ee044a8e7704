"""The published results that local ones are put beside, once, with their source."""

from dataclasses import dataclass

SOURCE = (
    "University of Bristol, three-year evaluation of the Drive Project, 2016-2019: over 500 cases, "
    "and a trial of 2,627 people randomised in three areas"
)


@dataclass(frozen=True)
class Published:
    """A published result. `value`: the share that is fewer, or that had less risk; None where
    only a difference was published. `words`: how it is said beside the local one."""

    value: float | None
    words: str


PUBLISHED = {
    "physical_abuse_reduction": Published(0.82, "82% fewer"),
    "sexual_abuse_reduction": Published(0.88, "88% fewer"),
    "harassment_stalking_reduction": Published(0.75, "75% fewer"),
    "jealous_controlling_reduction": Published(0.73, "73% fewer"),
    "risk_reduced_rate": Published(0.82, "82% of cases"),
    "police": Published(0.30, "30% fewer"),
    "hearings": Published(None, "fewer than control"),
    "repeats": Published(None, "fewer than control"),
}
OF_CONTROL = (
    "Published of MARAC: repeat and serial cases were heard less than those of the control group "
    "(p < .001), for a year after closure too. Published of police: no change in the control group."
)
