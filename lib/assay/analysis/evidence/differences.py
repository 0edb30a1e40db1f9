"""In which fields of code, data and machine do runs differ, and does that part replicates of one thing?"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assay.analysis.evidence.record import commit_of, image_of
from assay.model.evidence.environment import Environment
from assay.model.evidence.files import SPLITS
from assay.model.evidence.record import RunRecord
from assay.model.evidence.reproducibility import Field, FieldDifference, FieldKind, FieldValue
from assay.model.runs.data import Use

_GIB = 2**30
_NONE, _NOT_KEPT = "none", "not kept"


@dataclass(frozen=True, slots=True)
class RunFields:
    """What one run has on record: field → value; `whole`: the kinds of which it has all, so that a lack is a value."""

    run_id: str
    values: Mapping[Field, str]
    whole: frozenset[FieldKind] = frozenset()

    def value(self, field: Field) -> tuple[bool, str | None]:
        """Whether it is on record, and what it is; None for a package that is not there."""
        found = self.values.get(field)
        return found is not None or field.kind in self.whole, found


def fields_of(run: RunRecord) -> RunFields:
    """Everything of a run that can differ; seeds without their number, which replicates differ in."""
    found: dict[tuple[FieldKind, str], str | None] = {
        (FieldKind.CODE, "commit"): commit_of(run),
        (FieldKind.SPLITS, "splits"): run.hashes.get(SPLITS),
        (FieldKind.CONTAINER, "image"): image_of(run),
        **{(FieldKind.DATA, use.value): _data(run, use) for use in Use},
    }
    own = run.logged.environment
    if own:
        found |= _of_environment(own)
    known = {Field(*key): value for key, value in found.items() if value}
    return RunFields(run.run_id, known, frozenset({FieldKind.PACKAGES}) if own and own.packages else frozenset())


def _data(run: RunRecord, use: Use) -> str | None:
    names = (" ".join(filter(None, one.identity)) for one in run.datasets if one.use is use)
    return " + ".join(dict.fromkeys(names)) or None


def _of_environment(own: Environment) -> dict[tuple[FieldKind, str], str | None]:
    levels = {level: done for level, done in own.seeds.items() if level != "seed"}
    return {
        (FieldKind.CODE, "changes"): _changes(own),
        (FieldKind.PYTHON, "python"): own.python,
        (FieldKind.PYTHON, "implementation"): own.implementation,
        (FieldKind.HARDWARE, "platform"): own.platform,
        (FieldKind.HARDWARE, "cpu"): own.cpu,
        (FieldKind.HARDWARE, "cpus"): str(own.cpus) if own.cpus else None,
        (FieldKind.HARDWARE, "ram"): f"{own.ram_bytes / _GIB:.1f} GiB" if own.ram_bytes else None,
        (FieldKind.HARDWARE, "gpus"): ", ".join(own.gpus) or _NONE,
        (FieldKind.HARDWARE, "cuda"): own.cuda,
        (FieldKind.HARDWARE, "cudnn"): own.cudnn,
        (FieldKind.CONTAINER, "container"): own.container or _NONE,
        **{(FieldKind.THREADS, name): str(n) for name, n in own.threads.items()},
        **{(FieldKind.SEEDS, level): "set" if done.isdigit() else done for level, done in levels.items()},
        **{(FieldKind.PACKAGES, name): _package(own, name) for name in own.packages},
    }


def _package(own: Environment, name: str) -> str:
    source = own.sources.get(name)
    return f"{own.packages[name]} @ {source.commit}" if source and source.commit else own.packages[name]


def _changes(own: Environment) -> str | None:
    if own.code is None or own.code.dirty is None:
        return None
    if not own.code.dirty:
        return _NONE
    kept = own.changes
    return f"{kept.lines:,} lines, {kept.sha256[:8]}" if kept and kept.sha256 else _NOT_KEPT


def drawn_by_seed(data: Sequence[Hashable], seeds: Sequence[str | None]) -> bool:
    """Whether replicates differ in their data as they do in their seed: each seed has data of its own, and one set."""
    if None in seeds:
        return False
    pairs = {*zip(seeds, data, strict=True)}
    return len(pairs) == len({*seeds}) == len({*data})


def differences(
    runs: Sequence[RunFields],
    labels: Mapping[str, str],
    replicates: Iterable[Sequence[str]],
    seeds: Mapping[str, str | None],
    against: Sequence[RunFields] = (),
) -> tuple[tuple[FieldDifference, ...], dict[FieldKind, int]]:
    """The fields in which runs differ, also from those `against`, and how many of each kind were compared.

    `labels`: run → its configuration; `replicates`: the runs that stand as replicates of one, of every configuration,
    with their `seeds`. Differences that part replicates come first.
    """
    every = (*runs, *against)
    fields = sorted({field for run in every for field in run.values})
    groups = [own for own in replicates if len(own) > 1]
    found, compared = [], defaultdict[FieldKind, int](int)
    for field in fields:
        known = {run.run_id: value for run in every for there, value in (run.value(field),) if there}
        if len(known) < 2:
            continue
        compared[field.kind] += 1
        if len({*known.values()}) > 1:
            parts = [own[0] for own in groups if _parts(field, [one for one in own if one in known], known, seeds)]
            found.append(
                FieldDifference(
                    field,
                    _values(runs, known, labels),
                    _values(against, known, labels),
                    tuple(dict.fromkeys(labels[one] for one in parts)),
                    len(every) - len(known),
                )
            )
    return tuple(sorted(found, key=lambda one: -one.status.severity)), dict(compared)


def _parts(field: Field, own: Sequence[str], known: Mapping[str, str | None], seeds: Mapping[str, str | None]) -> bool:
    """Whether these replicates are parted by a field; data that each seed draws for itself part nothing."""
    values = [known[one] for one in own]
    if len({*values}) < 2:
        return False
    drawn = field.kind in (FieldKind.DATA, FieldKind.SPLITS)
    return not (drawn and drawn_by_seed(values, [seeds[one] for one in own]))


def across(runs: Sequence[RunFields]) -> tuple[tuple[Field, ...], int]:
    """The fields in which these runs differ, and how many were on record of two of them."""
    differing, looked = [], 0
    for field in sorted({field for run in runs for field in run.values}):
        values = [value for run in runs for there, value in (run.value(field),) if there]
        looked += len(values) > 1
        if len({*values}) > 1:
            differing.append(field)
    return tuple(differing), looked


def _values(
    runs: Sequence[RunFields], known: Mapping[str, str | None], labels: Mapping[str, str]
) -> tuple[FieldValue, ...]:
    """Every value with its runs, that of most runs first."""
    found: dict[str | None, list[str]] = {}
    for run in runs:
        if run.run_id in known:
            found.setdefault(known[run.run_id], []).append(run.run_id)
    ordered = sorted(found.items(), key=lambda one: -len(one[1]))
    return tuple(
        FieldValue(value, tuple(own), tuple(dict.fromkeys(labels.get(one, "") for one in own)))
        for value, own in ordered
    )
