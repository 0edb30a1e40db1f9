"""The words for what keeps the journal from being read or written, and for what is not as it was written."""

from collections.abc import Mapping

from assay.model.note import Code
from assay.model.review.notes import JournalNote as Says
from assay.view.text.notes.template import Said, Words

_DISTRUST = "Somebody or something changed the journal past Assay: compare it with a backup."


def _of(said: Said) -> str:
    return f": {error}" if (error := str(said.get("error") or "").rstrip(".")) else ""


def _person(said: Said) -> str:
    how = "is gone, and no entry says that they were erased" if said["gone"] else "is not who was written down"
    return f"Who made entry {said['seq']:,} {how}. {_DISTRUST}"


def _evidence(said: Said) -> str:
    how = "is gone" if said["gone"] else "is not what was frozen"
    return f"The evidence {said['sha256'][:8]} of entry {said['seq']:,} {how}. {_DISTRUST}"


def _other(said: Said) -> str:
    where = f"the head that {said['file']} keeps" if said["file"] else "the head that was given"
    return f"No entry has {where} ({said['hash'][:12]}): this is another journal, or its end was written anew."


WORDS: Mapping[Code, Words] = {
    Says.JOURNAL_GONE: lambda said: f"The journal {said['file']} cannot be opened{_of(said)}.",
    Says.JOURNAL_CLOSED: lambda said: f"This user may not read the journal {said['file']}{_of(said)}.",
    Says.JOURNAL_READ_ONLY: (
        "The journal {file} cannot be written to, so nothing was saved: let this user write there, or name another "
        "file in ASSAY_JOURNAL."
    ),
    Says.JOURNAL_FULL: (
        "The disk of the journal {file} is full or failing, so nothing was saved: make room, then save again."
    ),
    Says.JOURNAL_NONE: "There is no journal {file} yet: the first review makes it.",
    Says.JOURNAL_NEWER: (
        "The journal {file} was written by a newer version of Assay (its schema is {found}, this one knows {known}): "
        "update Assay."
    ),
    Says.JOURNAL_BUSY: "The journal {file} is being written by somebody else for long; nothing was saved, try again.",
    Says.JOURNAL_DAMAGED: lambda said: f"{said['file']} is damaged{_of(said)}. Put a backup in its place.",
    Says.JOURNAL_SCHEME: "ASSAY_JOURNAL names {file}: a journal is a path or sqlite:///…, not {found}.",
    Says.JOURNAL_OTHER: "{file} is a database of something else, not a journal: name another file in ASSAY_JOURNAL.",
    Says.CHAIN_HASH: f"Entry {{seq:,}} is not what was written. {_DISTRUST}",
    Says.CHAIN_LINK: f"Entry {{seq:,}} does not follow from the one before it. {_DISTRUST}",
    Says.CHAIN_GAP: f"Entry {{expected:,}} is missing: the next one is {{seq:,}}. {_DISTRUST}",
    Says.CHAIN_VERSION: f"Entry {{seq:,}} is version {{version:,}} of {{subject}}, out of turn. {_DISTRUST}",
    Says.CHAIN_BODY: f"What entry {{seq:,}} says is not what was written. {_DISTRUST}",
    Says.CHAIN_BODY_GONE: f"What entry {{seq:,}} said is gone, and no entry erased it. {_DISTRUST}",
    Says.CHAIN_PERSON: _person,
    Says.CHAIN_EVIDENCE: _evidence,
    Says.CHAIN_CUT: (
        f"Entries up to {{known:,}} were written ({{file}} says so), and the last one here is {{last:,}}. {_DISTRUST}"
    ),
    Says.CHAIN_OTHER: _other,
    Says.CHAIN_TRIGGER: (
        "What keeps entries from being changed is gone or was changed itself ({names}): entries are whole, and no "
        "longer protected."
    ),
}
