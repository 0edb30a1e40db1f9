"""The words for what is on record of a run, what is not, and whether it came out again."""

from collections.abc import Mapping, Sequence

from assay.model.evidence.notes import RecordNote as Says
from assay.model.note import Code
from assay.view.text.escape import flat, short
from assay.view.text.notes.template import Said, Words

_MOST_NAMED, _LONGEST = 5, 60
_GB = 1e9
_LIMIT = "1 MB"

CALLED: Mapping[str, str] = {
    "changes": "uncommitted changes",
    "script": "started script",
    "train": "training data",
    "test": "test data",
    "other": "other data",
    "python": "Python",
    "cpu": "CPU",
    "cpus": "CPUs in use",
    "ram": "memory",
    "gpus": "GPUs",
    "cuda": "CUDA",
    "cudnn": "cuDNN",
}
"""Fields that are called otherwise than they are logged."""


def _brief(text: object) -> str:
    return flat(short(str(text), _LONGEST))


def _named(names: Sequence[str], of: int = 0) -> str:
    """`a, b and 3 more`; `of`: how many there are where not all are named."""
    rest = max(of, len(names)) - min(len(names), _MOST_NAMED)
    more = f" and {rest:,} more" if rest > 0 else ""
    return ", ".join(_brief(name) for name in names[:_MOST_NAMED]) + more


def _its_runs(said: Said) -> str:
    """Said of a configuration and of one of its runs alike."""
    return f"The {said['runs']:run} of this configuration"


def _commits_vary(said: Said) -> str:
    commits = _named(said["commits"], said["n"])
    return f"{_its_runs(said)} are of {said['n']:commit} ({commits}): they need not be replicates of one thing."


def _data_varies(said: Said) -> str:
    used = f"{_its_runs(said)} used {said['n']:version} of the data ({_named(said['names'])}), not one for each seed"
    return f"{used}: they are no replicates of one thing."


def _data_local(said: Said) -> str:
    return (
        f"{said['n']:dataset} of {int(said['of']):,} ({_named(said['names'], said['n'])}) {said['n']:has|have} a path "
        "of one machine, or no source: nobody else can fetch the data there."
    )


def _seeds_set(said: Said) -> str:
    child = (
        " PYTHONHASHSEED is set for child processes only; start Python with it for hashes that repeat."
        if said["child"]
        else ""
    )
    levels = f": {_named(said['levels'], len(said['levels']))}" if said["levels"] else ""
    return f"Seeds are set at {len(said['levels'])} levels{levels}.{child}"


def _seed_param(said: Said) -> str:
    return (
        f"{_named(said['params'])} is logged as a param; nobody knows which generators were seeded with it. "
        f"{said['line']} seeds them and is noted with the environment."
    )


def _environment_known(said: Said) -> str:
    return f"Python {_brief(said['python'])} on {_brief(said['platform'])}."


def _hardware_known(said: Said) -> str:
    gpus = f"GPU {_named(said['gpus'])}" if said["gpus"] else "no GPU"
    cpus = f"{said['cpus']:CPU}" if said["cpus"] else ""
    memory = f"{said['ram'] / _GB:,.0f} GB of memory" if said["ram"] else ""
    return f"{', '.join(filter(None, (_brief(said['cpu']), cpus, memory, gpus)))}."


def _lacks(said: Said) -> str:
    return f"It lacks {_named(said['lacking'], len(said['lacking']))}."


def _packages_local(said: Said) -> str:
    return (
        f"{said['n']:package} of {int(said['of']):,} {said['n']:is|are} from {said['n']:a folder|folders} of that "
        f"machine, which nobody else can install: {_named(said['names'], said['n'])}."
    )


def _splits_hashed(said: Said) -> str:
    beside = f", beside {said['n']:dataset input}" if said["n"] else ""
    return f"The splits are logged row by row and have a hash{beside}."


def _logged(said: Said) -> str:
    model = " and a model" if said["model"] else ""
    return f"{said['params']:param}{', ' if model else ' and '}{said['metrics']:metric}{model} are logged."


def _groups(said: Said) -> str:
    """`2 setups, 5 runs`."""
    return f"{said['groups']:setup}, {said['runs']:run}"


def _differs(said: Said) -> str:
    return (
        f"Runs of the same setup and seed do not agree ({_groups(said)}); they differ in "
        f"{_named([CALLED.get(name, name) for name in said['fields']], said['n'])} too."
    )


def _disagrees(said: Said) -> str:
    first = f" Something that is not logged changed: log {said['first']} first." if said["first"] else ""
    return (
        f"Runs of the same setup and seed do not agree in {_brief(said['metric'])} ({_groups(said)}), though nothing "
        f"on record differs.{first}"
    )


WORDS: Mapping[Code, Words] = {
    Says.ENVIRONMENT_DAMAGED: "{file} is damaged or cut short and cannot be read; log it again.",
    Says.ENVIRONMENT_OF_OTHER_VERSION: (
        "The environment is of version {found}, and this Assay reads up to {known}: a newer one wrote it."
    ),
    Says.REQUIREMENTS_DAMAGED: "{file} cannot be read; log the model again.",
    Says.NO_COMMIT: "No commit is logged; {line} logs it.",
    Says.COMMIT_KNOWN: "Commit {commit}.",
    Says.COMMIT_NO_HASH: lambda said: f"The commit is logged as “{_brief(said['found'])}”, which is no hash.",
    Says.COMMITS_VARY: _commits_vary,
    Says.NO_TREE: "Nobody knows whether all code was committed; {line} logs it.",
    Says.TREE_CLEAN: "All code was committed.",
    Says.TREE_KEPT: "{lines:line} of changes {lines:was|were} not committed, and the run keeps them.",
    Says.TREE_DIRTY: "Changes were not committed, and nobody kept them; {line} keeps them.",
    Says.TREE_TOO_LARGE: lambda said: (
        f"The changes that were not committed ({said['bytes'] / 1e6:,.1f} MB) are too large to be kept (at most "
        f"{_LIMIT}); commit first."
    ),
    Says.SCRIPT_UNTRACKED: lambda said: (
        f"What was started, {_brief(said['script']) or 'a script'}, is not in the repository; add and commit it."
    ),
    Says.NO_DATA_SOURCE: "Where the data are from is not logged; {line} logs it.",
    Says.DATA_REACHED: "{n:dataset} {n:has|have} an address beyond that machine; who may read there is not on record.",
    Says.DATA_FROM_CODE: (
        "The source of {n:dataset} is the code alone, whose commit is known; files that it reads are not on record."
    ),
    Says.DATA_FROM_UNKNOWN_CODE: "The source of {n:dataset} is the code alone, whose commit is not known.",
    Says.DATA_LOCAL: _data_local,
    Says.NO_DATA_VERSION: "Which data it was is not logged; {line} logs a digest.",
    Says.DIGESTS_KNOWN: "{n:dataset} {n:has|have} a digest, which covers the first 10,000 rows.",
    Says.DIGESTS_LACK: lambda said: (
        f"{said['n']:dataset} of {int(said['of']):,} {said['n']:has|have} no digest: "
        f"{_named(said['names'], said['n'])}."
    ),
    Says.SPLITS_HASHED: _splits_hashed,
    Says.DATA_VARIES: _data_varies,
    Says.DATA_BY_SEED: (
        "Each seed has data of its own, {n:version} in all, as where seeds draw them: replicates differ for that too."
    ),
    Says.NO_SEEDS: "No seed is logged; {line} sets and notes them.",
    Says.SEEDS_SET: _seeds_set,
    Says.SEEDS_PARTLY: lambda said: (
        f"Of {_named(said['lacking'], len(said['lacking']))} nobody knows whether a seed was set; known: "
        f"{_named(said['levels'], len(said['levels'])) or 'none'}."
    ),
    Says.SEED_PARAM: _seed_param,
    Says.NO_ENVIRONMENT: "What it ran on is not logged; {line} logs it.",
    Says.ENVIRONMENT_KNOWN: _environment_known,
    Says.ENVIRONMENT_PARTLY: _lacks,
    Says.NO_PACKAGES: "No packages are logged; {line} logs them.",
    Says.PACKAGES_KNOWN: "{n:package} {n:is|are} logged with {n:its version|their versions}.",
    Says.PACKAGES_LOCAL: _packages_local,
    Says.REQUIREMENTS_PINNED: "The model asks for {n:package}, each of one version ({path}).",
    Says.REQUIREMENTS_LOOSE: "{n:package} of {of:,} that the model asks for {n:has|have} no single version ({path}).",
    Says.NO_HARDWARE: "No hardware is logged; {line} logs it.",
    Says.HARDWARE_KNOWN: _hardware_known,
    Says.HARDWARE_PARTLY: _lacks,
    Says.NO_CONTAINER: "No container image is logged; {line} logs one.",
    Says.IMAGE_PINNED: "The image is named by its digest: {image}.",
    Says.IMAGE_LOOSE: "The image {image} has no digest: its name may lead to another one tomorrow.",
    Says.IMAGE_UNKNOWN: "Ran in a container ({kind}) of which no image is logged; {line} logs it.",
    Says.NO_COMMAND: "The command is not logged; {line} logs it.",
    Says.COMMAND_KNOWN: "{command}",
    Says.COMMAND_HIDDEN: (
        "{n:value} of the command looked like {n:a secret|secrets} and {n:is|are} not on record: {command}"
    ),
    Says.COMMAND_SOURCE: "What was started is known ({source}), its arguments are not; {line} logs them.",
    Says.NO_PIPELINE: "No recipe is logged; {line} logs one.",
    Says.PIPELINE_RECIPE: "The recipe is logged.",
    Says.PIPELINE_PROJECT: "It is the entry point {entry} of an MLflow project.",
    Says.NOTHING_LOGGED: "Neither params nor metrics are logged; {line} logs metrics.",
    Says.LOGGED: _logged,
    Says.LOGGED_METRICS: "{metrics:metric} {metrics:is|are} logged and no param; {line} logs them.",
    Says.LOGGED_PARAMS: "{params:param} {params:is|are} logged and no metric; {line} logs them.",
    Says.NO_REPEATS: "No setup was run twice with the same seed.",
    Says.REPEATED: lambda said: f"The same setup and seed gave the same digits ({_groups(said)}).",
    Says.REPEAT_DIFFERS: _differs,
    Says.REPEAT_UNREAD: lambda said: (
        f"Runs of the same setup and seed do not agree ({_groups(said)}); files of some are not looked at, so nobody "
        "knows in what else they differ."
    ),
    Says.REPEAT_DISAGREES: _disagrees,
    Says.REPEAT_INCOMPARABLE: lambda said: (
        f"Runs of the same setup and seed share no metric that could repeat ({_groups(said)})."
    ),
    Says.NO_REMOTE: "The address of the repository is not on record.",
    Says.REMOTE_REFUSED: lambda said: f"The repository's address, {_brief(said['remote'])}, is none to fetch from.",
}
