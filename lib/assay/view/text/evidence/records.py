"""What each check on a run's record is called and looks for, the line that logs it, and what fields are called."""

from collections.abc import Mapping

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.files import ENVIRONMENT, LOGGED_BY, RECIPE
from assay.model.evidence.matrix import CheckCell
from assay.model.evidence.record import Element, RecordCheck
from assay.model.evidence.reproducibility import Field, FieldKind
from assay.model.note import Quote
from assay.view.text.escape import flat, short
from assay.view.text.notes.record import CALLED

NAMES: Mapping[str, str] = {
    RecordCheck.CODE_VERSION: "code version",
    RecordCheck.CODE_CLEAN: "code clean",
    RecordCheck.DATA_ACCESS: "data access",
    RecordCheck.DATA_VERSION: "data version",
    RecordCheck.SEEDS: "seeds",
    RecordCheck.ENVIRONMENT: "environment",
    RecordCheck.PACKAGES: "packages",
    RecordCheck.HARDWARE: "hardware",
    RecordCheck.CONTAINER: "container",
    RecordCheck.COMMAND: "command",
    RecordCheck.PIPELINE: "pipeline",
    RecordCheck.LOGGING: "logging",
    RecordCheck.REPEATS: "repeats",
}
LOOKS_FOR: Mapping[str, str] = {
    RecordCheck.CODE_VERSION: "The commit of the code, one for all replicates.",
    RecordCheck.CODE_CLEAN: "Whether all code was committed, or the rest is kept with the run.",
    RecordCheck.DATA_ACCESS: "Where the data are from: an address beyond that machine, or the code alone.",
    RecordCheck.DATA_VERSION: "A digest of the data, one for all replicates, or a hash of the splits.",
    RecordCheck.SEEDS: "Every level of random numbers that was seeded.",
    RecordCheck.ENVIRONMENT: "Python and platform.",
    RecordCheck.PACKAGES: "Packages with their versions, or what the logged model asks for.",
    RecordCheck.HARDWARE: "CPU, memory and GPU.",
    RecordCheck.CONTAINER: "The container image with its digest.",
    RecordCheck.COMMAND: "The command with its arguments.",
    RecordCheck.PIPELINE: "A recipe, or an entry point of an MLflow project.",
    RecordCheck.LOGGING: "Params, metrics and a model.",
    RecordCheck.REPEATS: "Whether a second run of the same setup and seed gave the same digits.",
}
ELEMENTS: Mapping[Element, str] = {
    Element.CODE: "Code",
    Element.DATA_ACCESS: "Data access",
    Element.DATA_VERSION: "Data version",
    Element.LOGGING: "Logging",
    Element.PIPELINE: "Pipeline",
}
_ENVIRONMENT = LOGGED_BY[ENVIRONMENT]
_LOGGED: Mapping[str, str] = {
    RecordCheck.CODE_VERSION: _ENVIRONMENT,
    RecordCheck.CODE_CLEAN: "evidence.log_environment(changes=True)",
    RecordCheck.DATA_ACCESS: 'mlflow.log_input(dataset, context="training")',
    RecordCheck.DATA_VERSION: 'mlflow.log_input(dataset, context="training")',
    RecordCheck.SEEDS: "evidence.seed_everything(seed)",
    RecordCheck.ENVIRONMENT: _ENVIRONMENT,
    RecordCheck.PACKAGES: _ENVIRONMENT,
    RecordCheck.HARDWARE: _ENVIRONMENT,
    RecordCheck.CONTAINER: 'evidence.log_environment(image="name@sha256:…")',
    RecordCheck.COMMAND: _ENVIRONMENT,
    RecordCheck.PIPELINE: LOGGED_BY[RECIPE],
    RecordCheck.LOGGING: "mlflow.log_params(params)",
}
_IMPORT = "from assay import evidence\n"
FIRST = f"{_IMPORT}evidence.seed_everything(seed)\nevidence.log_environment(changes=True)"
"""What to log first: it answers most of what is asked."""

_LONGEST = 60


def logs(cell: CheckCell) -> str:
    """The line that logs what the cell lacks, with its import; empty where nothing is lacking, or none would help."""
    values = dict(cell.check.note.values)
    found = values.get("line") or values.get("first")
    lacking = cell.check.status is CheckStatus.NOT_LOGGED
    line = str(found) if isinstance(found, Quote) else _LOGGED.get(cell.check.check, "") if lacking else ""
    return f"{_IMPORT}{line}" if line.startswith("evidence.") else line


def field(own: Field) -> str:
    """`commit`, `training data`, `threads of torch`, a package by its name."""
    name = flat(short(own.name, _LONGEST))
    if own.kind is FieldKind.THREADS:
        return f"threads of {name}"
    if own.kind is FieldKind.PARAMS:
        return f"param {name}"
    if own.kind is FieldKind.SEEDS:
        return f"seed of {name}"
    return name if own.kind is FieldKind.PACKAGES else CALLED.get(name, name)
