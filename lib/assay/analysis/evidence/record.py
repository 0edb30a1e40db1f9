"""What is on record of a run, and what is not, so that somebody else could get its result again?"""

import re
from collections.abc import Iterable, Mapping

from assay.analysis.evidence.addresses import has_address, is_reached
from assay.analysis.evidence.code import commit_of, image_of, is_pinned, named_commit, short
from assay.model.evidence.check import Check, CheckStatus
from assay.model.evidence.environment import HIDDEN, Environment, PackageSource
from assay.model.evidence.files import CHANGES, ENVIRONMENT, LOGGED_BY, RECIPE, SPLITS
from assay.model.evidence.notes import RecordNote as Says
from assay.model.evidence.record import RecordCheck, RunRecord
from assay.model.note import Note, Quote, Value, note
from assay.model.runs.data import Dataset

_PIN = re.compile(r"[A-Za-z0-9][\w.-]*(\[[\w, .-]*\])?\s*={2,3}\s*[^\s*,;]+(\s*;.*)?", re.ASCII)
_CONDA_PIN = re.compile(r"[A-Za-z0-9][\w.-]*={1,2}[^\s*=,]+(=\S+)?", re.ASCII)
_CODE = "code"
_LEVELS = ("random", "numpy", "torch_cpu", "torch_gpus", "cudnn", "pythonhashseed", "tensorflow")
_ALWAYS = ("random", "numpy", "pythonhashseed")
_UNSET = ("not", "no ", "false", "none")
_NAMED = 5

LOG_ENVIRONMENT = Quote(LOGGED_BY[ENVIRONMENT])
LOG_CHANGES = Quote(LOGGED_BY[CHANGES])
LOG_IMAGE = Quote('evidence.log_environment(image="name@sha256:…")')
LOG_SEEDS = Quote("evidence.seed_everything(seed)")
LOG_INPUT = Quote('mlflow.log_input(dataset, context="training")')
LOG_PARAMS = Quote("mlflow.log_params(params)")
LOG_METRICS = Quote("mlflow.log_metrics(metrics)")


def records(run: RunRecord) -> tuple[Check, ...]:
    """What one run has on record, in the order of RECORDS."""
    return (
        _code_version(run),
        _code_clean(run),
        _data_access(run),
        _data_version(run),
        _seeds(run),
        _environment(run),
        _packages(run),
        _hardware(run),
        _container(run),
        _command(run),
        _pipeline(run),
        _logging(run),
    )


def is_pin(line: str) -> bool:
    """Whether a line of requirements names one version."""
    return bool(_PIN.fullmatch(line) or _CONDA_PIN.fullmatch(line))


def _code_version(run: RunRecord) -> Check:
    check, found = RecordCheck.CODE_VERSION, named_commit(run)
    if not found:
        return _lacks(check, Says.NO_COMMIT, run)
    sources = _sources(run) if run.logged.environment and run.logged.environment.code else ("mlflow.source.git.commit",)
    if commit_of(run) is None:
        return _warns(check, note(Says.COMMIT_NO_HASH, found=found[:100]), sources)
    if len(commits := run.replicates.commits) > 1:
        named = tuple(map(short, commits[:_NAMED]))
        vary = note(Says.COMMITS_VARY, n=len(commits), runs=run.replicates.n, commits=named)
        return _warns(check, vary, sources)
    return _passes(check, note(Says.COMMIT_KNOWN, commit=short(found)), sources)


def _code_clean(run: RunRecord) -> Check:
    check, found = RecordCheck.CODE_CLEAN, run.logged.environment
    code = found.code if found else None
    if found is None or code is None or code.dirty is None:
        return _lacks(check, Says.NO_TREE, run)
    if code.tracked is False:
        return _warns(check, note(Says.SCRIPT_UNTRACKED, script=code.script or ""), _sources(run))
    if not code.dirty:
        return _passes(check, note(Says.TREE_CLEAN), _sources(run))
    kept = found.changes
    if kept and kept.sha256 and run.hashes.get(CHANGES, kept.sha256) == kept.sha256:
        return _passes(check, note(Says.TREE_KEPT, lines=kept.lines), (ENVIRONMENT, CHANGES))
    if kept and not kept.sha256:
        return _warns(check, note(Says.TREE_TOO_LARGE, bytes=kept.bytes), _sources(run))
    return _warns(check, note(Says.TREE_DIRTY, line=LOG_CHANGES), _sources(run))


def _data_access(run: RunRecord) -> Check:
    check, inputs = RecordCheck.DATA_ACCESS, run.datasets
    known = [one for one in inputs if one.source or one.source_type]
    if not known:
        return _lacks(check, Says.NO_DATA_SOURCE, run, LOG_INPUT)
    local = [one for one in inputs if one.source_type != _CODE and not is_reached(one)]
    if local:
        said = note(Says.DATA_LOCAL, n=len(local), of=len(inputs), names=_names(local))
        return _warns(check, said, ("inputs",))
    made = [one for one in inputs if one.source_type == _CODE]
    if not made:
        return _passes(check, note(Says.DATA_REACHED, n=len(inputs)), ("inputs",))
    if commit_of(run) is None:
        return _warns(check, note(Says.DATA_FROM_UNKNOWN_CODE, n=len(made)), ("inputs",))
    return _passes(check, note(Says.DATA_FROM_CODE, n=len(made)), ("inputs",))


def _data_version(run: RunRecord) -> Check:
    check, inputs, hashed = RecordCheck.DATA_VERSION, run.datasets, SPLITS in run.hashes
    if not inputs and not hashed:
        return _lacks(check, Says.NO_DATA_VERSION, run, LOG_INPUT)
    sources = (*(("inputs",) if inputs else ()), *((SPLITS,) if hashed else ()))
    if len(data := run.replicates.data) > 1:
        if run.replicates.by_seed:
            return _passes(check, note(Says.DATA_BY_SEED, n=len(data)), sources)
        names = _names(one for own in data for one in own)
        return _warns(check, note(Says.DATA_VARIES, n=len(data), runs=run.replicates.n, names=names), sources)
    if hashed:
        return _passes(check, note(Says.SPLITS_HASHED, n=len(inputs)), sources)
    if lacking := [one for one in inputs if not one.digest]:
        said = note(Says.DIGESTS_LACK, n=len(lacking), of=len(inputs), names=_names(lacking))
        return _warns(check, said, sources)
    return _passes(check, note(Says.DIGESTS_KNOWN, n=len(inputs)), sources)


def _names(datasets: Iterable[Dataset]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.name for one in datasets))[:_NAMED]


def _seeds(run: RunRecord) -> Check:
    check, found = RecordCheck.SEEDS, run.logged.environment
    levels = {level: done for level, done in (found.seeds if found else {}).items() if level != "seed"}
    if not levels and not (found and found.seeds):
        if run.seeds:
            said = note(Says.SEED_PARAM, params=tuple(name for name, _ in run.seeds), line=LOG_SEEDS)
            return _warns(check, said, ("params",))
        return _lacks(check, Says.NO_SEEDS, run, LOG_SEEDS)
    unset = {level for level, said in levels.items() if said.lower().startswith(_UNSET)}
    lacking = tuple(level for level in _LEVELS if level not in levels or (level in _ALWAYS and level in unset))
    if lacking:
        return _warns(
            check,
            note(Says.SEEDS_PARTLY, lacking=lacking, levels=tuple(one for one in levels if one not in lacking)),
            _sources(run),
        )
    done = tuple(level for level in levels if level not in unset)
    child = "child" in levels["pythonhashseed"]
    return _passes(check, note(Says.SEEDS_SET, levels=done, child=child), _sources(run))


def _environment(run: RunRecord) -> Check:
    check, found = RecordCheck.ENVIRONMENT, run.logged.environment
    if found is None:
        return _lacks(check, Says.NO_ENVIRONMENT, run)
    return _whole(
        check,
        run,
        {"python": found.python, "platform": found.platform},
        Says.ENVIRONMENT_PARTLY,
        note(Says.ENVIRONMENT_KNOWN, python=found.python or "", platform=found.platform or ""),
    )


def _packages(run: RunRecord) -> Check:
    check, found, asked = RecordCheck.PACKAGES, run.logged.environment, run.logged.requirements
    if found and found.packages:
        local = tuple(name for name in local_packages(found))
        if local:
            said = note(Says.PACKAGES_LOCAL, n=len(local), of=len(found.packages), names=local[:_NAMED])
            return _warns(check, said, _sources(run))
        return _passes(check, note(Says.PACKAGES_KNOWN, n=len(found.packages)), _sources(run))
    if asked is None or not asked.lines:
        return _lacks(check, Says.NO_PACKAGES, run)
    loose = sum(not is_pin(line) for line in asked.lines)
    if loose:
        said = note(Says.REQUIREMENTS_LOOSE, n=loose, of=len(asked.lines), path=asked.path)
        return _warns(check, said, (asked.path,))
    return _passes(check, note(Says.REQUIREMENTS_PINNED, n=len(asked.lines), path=asked.path), (asked.path,))


def local_packages(found: Environment) -> tuple[str, ...]:
    """Packages that were installed from a folder of that machine, which nobody else has; the run's own repository is
    none, for whoever has its code has them too."""
    return tuple(name for name, source in found.sources.items() if not source.folder and not _is_elsewhere(source))


def _is_elsewhere(source: PackageSource) -> bool:
    return has_address(source.url) and bool(source.commit or not source.url.startswith("git"))


def _hardware(run: RunRecord) -> Check:
    check, found = RecordCheck.HARDWARE, run.logged.environment
    if found is None or not (found.cpu or found.cpus or found.ram_bytes or found.gpus):
        return _lacks(check, Says.NO_HARDWARE, run)
    said = note(
        Says.HARDWARE_KNOWN, cpu=found.cpu or "", cpus=found.cpus or 0, ram=found.ram_bytes or 0, gpus=found.gpus
    )
    named = {"cpu": found.cpu, "cpus": found.cpus, "ram": found.ram_bytes}
    return _whole(check, run, named, Says.HARDWARE_PARTLY, said)


def _container(run: RunRecord) -> Check:
    check, found, image = RecordCheck.CONTAINER, run.logged.environment, image_of(run)
    if image:
        if is_pinned(image):
            return _passes(check, note(Says.IMAGE_PINNED, image=Quote(image)), _sources(run))
        return _warns(check, note(Says.IMAGE_LOOSE, image=Quote(image)), _sources(run))
    if found and found.container:
        return _warns(check, note(Says.IMAGE_UNKNOWN, kind=found.container, line=LOG_IMAGE), _sources(run))
    return _lacks(check, Says.NO_CONTAINER, run, LOG_IMAGE)


def _command(run: RunRecord) -> Check:
    check, found = RecordCheck.COMMAND, run.logged.environment
    command = found.command if found else None
    if command:
        words = (found.argv if found else ()) or command.split()
        hidden = sum(HIDDEN in word for word in words)
        if hidden:
            return _warns(check, note(Says.COMMAND_HIDDEN, n=hidden, command=Quote(command)), _sources(run))
        return _passes(check, note(Says.COMMAND_KNOWN, command=Quote(command)), _sources(run))
    if run.started:
        said = note(Says.COMMAND_SOURCE, source=Quote(run.started), line=LOG_ENVIRONMENT)
        return _warns(check, said, ("mlflow.source.name",))
    return _lacks(check, Says.NO_COMMAND, run)


def _pipeline(run: RunRecord) -> Check:
    check = RecordCheck.PIPELINE
    if RECIPE in run.hashes or RECIPE in run.logged.files:
        return _passes(check, note(Says.PIPELINE_RECIPE), (RECIPE,))
    if run.project:
        return _passes(check, note(Says.PIPELINE_PROJECT, entry=run.project), ("mlflow.project.entryPoint",))
    return _lacks(check, Says.NO_PIPELINE, run, Quote(LOGGED_BY[RECIPE]))


def _logging(run: RunRecord) -> Check:
    check = RecordCheck.LOGGING
    if not run.params and not run.metrics:
        return _lacks(check, Says.NOTHING_LOGGED, run, LOG_METRICS)
    if not run.params:
        return _warns(check, note(Says.LOGGED_METRICS, metrics=run.metrics, line=LOG_PARAMS), ("metrics",))
    if not run.metrics:
        return _warns(check, note(Says.LOGGED_PARAMS, params=run.params, line=LOG_METRICS), ("params",))
    said = note(Says.LOGGED, params=run.params, metrics=run.metrics, model=run.has_model)
    return _passes(check, said, ("params", "metrics"))


def _whole(check: RecordCheck, run: RunRecord, named: Mapping[str, Value], partly: Says, said: Note) -> Check:
    if lacking := tuple(name for name, own in named.items() if not own):
        return _warns(check, note(partly, lacking=lacking), _sources(run))
    return _passes(check, said, _sources(run))


def _sources(run: RunRecord) -> tuple[str, ...]:
    return (ENVIRONMENT,) if run.logged.environment else ()


def _passes(check: RecordCheck, said: Note, sources: tuple[str, ...]) -> Check:
    return Check(check, CheckStatus.PASS, said, sources=sources)


def _warns(check: RecordCheck, said: Note, sources: tuple[str, ...]) -> Check:
    return Check(check, CheckStatus.WARN, said, sources=sources)


def _lacks(check: RecordCheck, code: Says, run: RunRecord, line: Quote = LOG_ENVIRONMENT) -> Check:
    """Not logged; where its file is there and cannot be read, that is why."""
    why = run.logged.reasons.get(ENVIRONMENT) if line in (LOG_ENVIRONMENT, LOG_CHANGES, LOG_IMAGE, LOG_SEEDS) else None
    return Check(check, CheckStatus.NOT_LOGGED, why or note(code, line=line))
