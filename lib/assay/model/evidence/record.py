"""What is on record of a run, so that somebody else could get its result again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assay.model.evidence.environment import LoggedEnvironment
from assay.model.runs.data import Datasets


class RecordCheck(StrEnum):
    """Every check, in the order shown; REPEATS is of what runs did, the others of what they logged."""

    CODE_VERSION = "code_version"
    CODE_CLEAN = "code_clean"
    DATA_ACCESS = "data_access"
    DATA_VERSION = "data_version"
    SEEDS = "seeds"
    ENVIRONMENT = "environment"
    PACKAGES = "packages"
    HARDWARE = "hardware"
    CONTAINER = "container"
    COMMAND = "command"
    PIPELINE = "pipeline"
    LOGGING = "logging"
    REPEATS = "repeats"


RECORDS = tuple(check for check in RecordCheck if check is not RecordCheck.REPEATS)


class Element(StrEnum):
    """The five elements that a record is summed up as."""

    CODE = "code"
    DATA_ACCESS = "data_access"
    DATA_VERSION = "data_version"
    LOGGING = "logging"
    PIPELINE = "pipeline"


ELEMENTS: Mapping[Element, tuple[RecordCheck, ...]] = {
    Element.CODE: (RecordCheck.CODE_VERSION, RecordCheck.CODE_CLEAN),
    Element.DATA_ACCESS: (RecordCheck.DATA_ACCESS,),
    Element.DATA_VERSION: (RecordCheck.DATA_VERSION,),
    Element.LOGGING: (RecordCheck.LOGGING, RecordCheck.SEEDS, RecordCheck.ENVIRONMENT, RecordCheck.HARDWARE),
    Element.PIPELINE: (RecordCheck.PIPELINE, RecordCheck.COMMAND, RecordCheck.PACKAGES, RecordCheck.CONTAINER),
}
"""What each is made of; packages or a container rebuild the same thing, so one of these is enough."""

NEEDED = tuple(check for checks in ELEMENTS.values() for check in checks if check is not RecordCheck.CONTAINER)
"""What must be on record for a run to be run again."""


@dataclass(frozen=True, slots=True)
class RecordedReplicates:
    """What the `n` runs that stand as replicates of one have on record: their different `commits` and `data`.

    `by_seed`: each seed drew data of its own.
    """

    n: int = 1
    commits: tuple[str, ...] = ()
    data: tuple[Datasets, ...] = ()
    by_seed: bool = False


@dataclass(frozen=True, slots=True)
class RunRecord:
    """All that is known of one run.

    `commit`: by its tags; `started`: MLflow's own name of what was started, `project`: the entry point of its
    MLproject, `image`: that of its project; `params`, `metrics`: how many it logged; `seeds`: seed params with their
    values, `ignored`: those that make no configuration and may say why digits differ; `hashes`: SHA-256 of the evidence
    that its tags name, by path. `replicates`: itself among them.
    """

    run_id: str
    commit: str | None = None
    started: str | None = None
    project: str | None = None
    image: str | None = None
    has_model: bool = False
    params: int = 0
    metrics: int = 0
    seeds: tuple[tuple[str, str], ...] = ()
    ignored: tuple[tuple[str, str], ...] = ()
    datasets: Datasets = ()
    hashes: Mapping[str, str] = field(default_factory=dict)
    replicates: RecordedReplicates = field(default_factory=RecordedReplicates)
    logged: LoggedEnvironment = field(default_factory=LoggedEnvironment)
