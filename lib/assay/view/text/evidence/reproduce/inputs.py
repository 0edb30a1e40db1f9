"""The data and the seeds of a run, and how to see that they are the same again."""

import json

from assay.model.evidence.files import SPLITS, tag_of
from assay.model.evidence.reproduction import Reproduction
from assay.model.runs.data import Dataset
from assay.view.text.escape import code, short
from assay.view.text.evidence.reproduce.shell import SHA256, fenced, hidden
from assay.view.text.numbers import count

_LONGEST, _MOST = 200, 20


def data(found: Reproduction) -> list[str]:
    """Names, rows, digests and sources; then how to check them."""
    named = found.datasets[:_MOST]
    parts = ["\n".join(map(_dataset, named))] if named else ["No dataset is on record."]
    if rest := len(found.datasets) - len(named):
        parts.append(f"And {count(rest, 'dataset')} more.")
    digests = {one.name: one.digest for one in named if one.digest}
    if digests:
        parts.append("MLflow's digest covers the first 10,000 rows of a table. A frame has the one on record where")
        name, digest = next(iter(digests.items()))
        lines = ["import mlflow", f"mlflow.data.from_pandas(frame).digest == {json.dumps(digest)}  # {_brief(name)}"]
        parts.append(f"{fenced(lines, 'python')}")
    if found.splits and SHA256.fullmatch(found.splits):
        same = f"{code(SPLITS)} has SHA-256 {code(found.splits)}"
        parts.append(
            f"Which row went where is logged: {same}. The new run's tag {code(tag_of(SPLITS))} must be the same."
        )
    return parts


def _brief(text: str) -> str:
    return json.dumps(short(text, 60))


def _dataset(own: Dataset) -> str:
    """A bullet: `digits` (train), 1,257 rows, digest `9f3c1e07`, from `https://…`."""
    use = f" ({code(own.context)})" if own.context else ""
    rows = f", {count(own.rows, 'row')}" if own.rows is not None else ""
    digest = f", digest {code(short(own.digest, _LONGEST))}" if own.digest else ", no digest"
    source = f", from {code(short(_source(own), _LONGEST))}" if own.source else ""
    return f"- {code(short(own.name, _LONGEST))}{use}{rows}{digest}{source}"


def _source(own: Dataset) -> str:
    source = hidden(own.source)
    return source if not own.source_type else f"{own.source_type}: {source}"


def seeds(found: Reproduction) -> list[str]:
    """The seed params, and every level that was set."""
    params = ", ".join(f"{code(short(name, 60))} = {code(short(value, 60))}" for name, value in found.seeds)
    levels = found.environment.seeds
    parts = [f"Seed params: {params}."] if params else []
    if levels:
        told = "\n".join(f"- {code(short(level, 60))}: {code(short(done, 60))}" for level, done in levels.items())
        parts.append(f"What the training set:\n\n{told}")
    return parts or ["No seed is on record: digits may differ for that alone."]


def machine(found: Reproduction) -> list[str]:
    """What it ran on, for digits that another machine makes otherwise."""
    own = found.environment
    gpus = ", ".join(code(short(one, 60)) for one in own.gpus)
    memory = f"{own.ram_bytes / 1e9:,.0f} GB of memory" if own.ram_bytes else ""
    facts = [
        code(short(own.platform, _LONGEST)) if own.platform else "",
        code(short(own.cpu, 80)) if own.cpu else "",
        count(own.cpus, "CPU") if own.cpus else "",
        memory,
        f"GPU {gpus}" if gpus else "",
        f"CUDA {code(short(own.cuda, 30))}" if own.cuda else "",
    ]
    threads = ", ".join(f"{code(short(name, 60))} {n:,}" for name, n in own.threads.items())
    known = [one for one in facts if one]
    parts = [f"It ran on {', '.join(known)}."] if known else []
    return [*parts, *([f"Threads: {threads}. Other numbers of threads may change the last digits."] if threads else [])]
