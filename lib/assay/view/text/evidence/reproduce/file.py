"""`REPRODUCE.md` of one run: what is missing first, then the blocks to run in order, then what to expect."""

import re
from collections.abc import Sequence

from assay.model.evidence.notes import RecordNote
from assay.model.evidence.reproduction import Reproduction
from assay.model.note import note
from assay.uri import scheme_of, shown
from assay.view.text.escape import block, code, flat, short
from assay.view.text.evidence.reproduce.checkout import address, checkout, patch
from assay.view.text.evidence.reproduce.command import command
from assay.view.text.evidence.reproduce.expected import expected
from assay.view.text.evidence.reproduce.inputs import data, machine, seeds
from assay.view.text.evidence.reproduce.packages import image, python
from assay.view.text.evidence.reproduce.shell import fenced, hidden, word
from assay.view.text.notes import as_markdown

_ID = 8
_ESCAPED = re.compile(r"(?P<kept>\\`|(?P<fence>`+).*?(?<!`)(?P=fence)(?!`))|\\(?P<tame>[.,;:()'\"%=/-])")
_HOW = (
    "Run the blocks marked `sh` in this order, each with `bash -e` in the same folder, empty at first. "
    "Read them before: they fetch and run the code of this run. Nothing else here is to be run as it stands."
)
_NEW_RUN = "The training logs a new run to this store, given without user and password; name another if it should not."


def reproduce(found: Reproduction) -> str:
    """The whole file; no text of the run is run, closes its block or acts as Markdown."""
    seed = f", seed {found.seeds[0][1]}" if found.seeds else ""
    title = code(short(f"{found.label or found.run_id[:_ID]}{seed}", 100))
    parts = [
        f"# How to run {title} again",
        f"Run {code(found.run_id)} of experiment {code(short(found.experiment, 100))}. {_HOW}",
        *_section("What is missing", _missing(found)),
        *_section("Code", checkout(found)),
        *_section("Changes that were not committed", patch(found, _store(found))),
        *_section("Python and packages", [*python(found), *image(found)]),
        *_section("Machine", machine(found)),
        *_section("Data", data(found)),
        *_section("Recipe", _recipe(found)),
        *_section("Seeds", seeds(found)),
        *_section("Command", [*_told(found), *command(found, _store(found))]),
        *_section("What to expect", expected(found)),
    ]
    return "\n\n".join(parts).encode("utf-8", "replace").decode() + "\n"


def _section(heading: str, parts: Sequence[str]) -> list[str]:
    return [f"## {heading}", *parts] if parts else []


def _missing(found: Reproduction) -> list[str]:
    remote = found.environment.code.remote if found.environment.code else None
    refused = (note(RecordNote.REMOTE_REFUSED, remote=shown(remote)),) if remote and address(remote) is None else ()
    notes = (*refused, *found.missing)
    return ["\n".join(f"- {_tame(as_markdown(one))}" for one in notes)] if notes else ["Nothing that Assay looks for."]


def _tame(text: str) -> str:
    """Markdown without those of its backslashes that people reading the file as text need not see."""
    return _ESCAPED.sub(lambda found: found["kept"] or found["tame"], text)


def _store(found: Reproduction) -> list[str]:
    """The line that says where runs are; a comment where its address lost what nobody may see."""
    if "…" in found.tracking_uri:
        return [f"# MLFLOW_TRACKING_URI is as it is for you; on record is {flat(found.tracking_uri)}"]
    # MLflow 3 writes to no folder of runs unless it is told to.
    folder = ["export MLFLOW_ALLOW_FILE_STORE=true"] if scheme_of(found.tracking_uri) in ("", "file") else []
    return [f"export MLFLOW_TRACKING_URI={word(found.tracking_uri)}", *folder]


def _told(found: Reproduction) -> list[str]:
    return [_NEW_RUN] if found.environment.argv else []


def _recipe(found: Reproduction) -> list[str]:
    return [fenced(block(hidden(found.recipe)).splitlines(), "yaml")] if found.recipe else []
