"""In which fields of code, data and machine do runs differ, and does that part replicates of one thing?"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assay.analysis.evidence.code import commit_of, image_of
from assay.model.evidence.environment import Environment
from assay.model.evidence.files import SPLITS
from assay.model.evidence.record import RecordedReplicates, RunRecord
from assay.model.evidence.reproducibility import OF_REPEATS, Field, FieldDifference, FieldKind, FieldValue
from assay.model.runs.data import Datasets, Use

_GIB = 2**30
_NONE, _NOT_KEPT = "none", "not kept"
WHOLE = (FieldKind.PACKAGES,)

Named = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RunFields:
    """What one run has on record, by kind and name; of a kind in WHOLE it has all or nothing, so a lack is a value."""

    run_id: str
    kinds: Mapping[FieldKind, Named]

    def value(self, field: Field) -> tuple[bool, str | None]:
        """Whether it is on record, and what it is; None for a package that is not there."""
        own = self.kinds.get(field.kind, {})
        return field.name in own or (field.kind in WHOLE and bool(own)), own.get(field.name)


def fields_of(run: RunRecord) -> RunFields:
    """Everything of a run that can differ; seeds without their number, which replicates differ in."""
    own = run.logged.environment
    found: dict[FieldKind, Mapping[str, str | None]] = {
        FieldKind.CODE: {"commit": commit_of(run), "changes": _changes(own) if own else None},
        FieldKind.DATA: {use.value: _data(run, use) for use in Use} if run.datasets else {},
        FieldKind.SPLITS: {"splits": run.hashes.get(SPLITS)},
        FieldKind.CONTAINER: {"image": image_of(run), "container": (own.container or _NONE) if own else None},
        FieldKind.COMMAND: {"command": _command(own), "script": run.started},
        FieldKind.PARAMS: dict(run.ignored),
        **(_of_machine(own) if own else {}),
    }
    known: dict[FieldKind, Named] = {
        kind: {name: value for name, value in named.items() if value} for kind, named in found.items()
    }
    if own and own.packages:
        known[FieldKind.PACKAGES] = _packages(own)
    return RunFields(run.run_id, {kind: named for kind, named in known.items() if named})


def _data(run: RunRecord, use: Use) -> str | None:
    names = (" ".join(filter(None, one.identity)) for one in run.datasets if one.use is use)
    return " + ".join(dict.fromkeys(names)) or None


def _of_machine(own: Environment) -> dict[FieldKind, Mapping[str, str | None]]:
    levels = {level: done for level, done in own.seeds.items() if level != "seed"}
    return {
        FieldKind.PYTHON: {"python": own.python, "implementation": own.implementation},
        FieldKind.HARDWARE: {
            "platform": own.platform,
            "cpu": own.cpu,
            "cpus": str(own.cpus) if own.cpus else None,
            "ram": f"{own.ram_bytes / _GIB:.1f} GiB" if own.ram_bytes else None,
            "gpus": ", ".join(own.gpus) or _NONE,
            "cuda": own.cuda,
            "cudnn": own.cudnn,
        },
        FieldKind.THREADS: {name: str(n) for name, n in own.threads.items()},
        FieldKind.SEEDS: {level: "set" if done.isdigit() else done for level, done in levels.items()},
    }


def _packages(own: Environment) -> Named:
    """Versions, with the commit of what is from a repository."""
    commits = {name: source.commit for name, source in own.sources.items() if source.commit}
    if not commits:
        return own.packages
    return {
        name: f"{version} @ {commits[name]}" if name in commits else version for name, version in own.packages.items()
    }


def _changes(own: Environment) -> str | None:
    if own.code is None or own.code.dirty is None:
        return None
    if not own.code.dirty:
        return _NONE
    kept = own.changes
    return f"{kept.lines:,} lines, {kept.sha256[:8]}" if kept and kept.sha256 else _NOT_KEPT


def _command(own: Environment | None) -> str | None:
    return (" ".join(own.argv) or own.command) if own else None


def drawn_by_seed(data: Sequence[Hashable], seeds: Sequence[str | None]) -> bool:
    """Whether replicates differ in their data as they do in their seed: each seed has data of its own, and one set."""
    if None in seeds:
        return False
    pairs = {*zip(seeds, data, strict=True)}
    return len(pairs) == len({*seeds}) == len({*data})


def recorded(
    run_ids: Sequence[str],
    code: Mapping[str, str | None],
    used: Mapping[str, Datasets],
    seeds: Mapping[str, str | None],
) -> RecordedReplicates:
    """Of these replicates, by their commits, the data that they `used`, and their seeds; who logged none has none."""
    data, by_seed = _varied({one: used[one] for one in run_ids}, seeds)
    return RecordedReplicates(
        n=len(run_ids),
        commits=tuple(dict.fromkeys(commit for one in run_ids if (commit := code[one]))),
        data=data,
        by_seed=by_seed,
    )


def _varied(used: Mapping[str, Datasets], seeds: Mapping[str, str | None]) -> tuple[tuple[Datasets, ...], bool]:
    """The different data that replicates used for one purpose, by their digests, and whether each seed drew its own.

    Of several purposes one that seeds do not explain, else that of most sets; who logged none has none that differ.
    """
    found = []
    for use in Use:
        own = {run_id: data for run_id, every in used.items() if (data := tuple(d for d in every if d.use is use))}
        keys = {run_id: frozenset(one.digest or one.identity for one in data) for run_id, data in own.items()}
        sets = {key: own[run_id] for run_id, key in keys.items()}
        drawn = drawn_by_seed([*keys.values()], [seeds[run_id] for run_id in keys])
        found.append((tuple(sets.values()), drawn and len(sets) > 1))
    return max(found, key=lambda one: (len(one[0]) > 1 and not one[1], len(one[0])))


def differences(
    runs: Sequence[RunFields],
    labels: Mapping[str, str],
    replicates: Iterable[Sequence[str]],
    seeds: Mapping[str, str | None],
    against: Sequence[RunFields] = (),
) -> tuple[tuple[FieldDifference, ...], dict[FieldKind, int]]:
    """The fields in which runs differ, also from those `against`, and how many of each kind were compared.

    Of runs `against`, a field that takes the same values on both sides is no difference, unless it parts replicates.
    `labels`: run → its configuration; `replicates`: the runs that stand as replicates of one, of every configuration,
    with their `seeds`. Differences that part replicates come first.
    """
    every = (*runs, *against)
    groups = [own for own in replicates if len(own) > 1]
    found: list[FieldDifference] = []
    compared: dict[FieldKind, int] = {}
    for kind in FieldKind:
        if kind in OF_REPEATS:
            continue
        fields, differing = _differing(kind, every)
        if fields:
            compared[kind] = fields
        for field in differing:
            known = {run.run_id: value for run in every for there, value in (run.value(field),) if there}
            parted = (own[0] for own in groups if _parts(field, [one for one in own if one in known], known, seeds))
            parts = tuple(dict.fromkeys(labels[one] for one in parted))
            own, others = _values(runs, known, labels), _values(against, known, labels)
            if parts or not others or {one.value for one in own} != {one.value for one in others}:
                found.append(FieldDifference(field, own, others, parts, len(every) - len(known)))
    return tuple(sorted(found, key=lambda one: -one.status.severity)), compared


def _differing(kind: FieldKind, runs: Sequence[RunFields]) -> tuple[int, list[Field]]:
    """How many fields of a kind two runs have on record, and those in which they differ.

    Most runs say the same, so what is looked at name by name are the different records, not the runs.
    """
    times: Counter[frozenset[tuple[str, str]]] = Counter()
    for run in runs:
        if own := run.kinds.get(kind):
            times[frozenset(own.items())] += 1
    records = [(dict(own), n) for own, n in times.items()]
    compared, differing = 0, []
    for name in sorted({name for own, _ in records for name in own}):
        known = [(own.get(name), n) for own, n in records if name in own or kind in WHOLE]
        if sum(n for _, n in known) > 1:
            compared += 1
            if len({value for value, _ in known}) > 1:
                differing.append(Field(kind, name))
    return compared, differing


def _parts(field: Field, own: Sequence[str], known: Mapping[str, str | None], seeds: Mapping[str, str | None]) -> bool:
    """Whether these replicates are parted by a field; data that each seed draws for itself part nothing."""
    values = [known[one] for one in own]
    if len({*values}) < 2:
        return False
    drawn = field.kind in (FieldKind.DATA, FieldKind.SPLITS)
    return not (drawn and drawn_by_seed(values, [seeds[one] for one in own]))


def across(runs: Sequence[RunFields]) -> tuple[tuple[Field, ...], int]:
    """The fields in which these runs differ, and how many were on record of two of them."""
    found = [_differing(kind, runs) for kind in FieldKind]
    return tuple(field for _, differing in found for field in differing), sum(fields for fields, _ in found)


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
