"""What is wrong with the cache, or keeps it from being up to date."""

from assay.model.note import Code
from assay.model.problems import Caches
from assay.view.text.notes.template import Words

_UNUSABLE = "{{path}} cannot be {}: {}; let this user write there, or name another folder in ASSAY_DATA."
_DAMAGED = "The cache of {{uri}} is damaged: {}. `assay sync --full` rebuilds it."

WORDS: dict[Code, Words] = {
    Caches.UNFILLED: "There is no cache yet: run `assay sync`, or leave out --no-sync.",
    Caches.UNREAD: "The tracking store has not been read yet; the first sync is under way or still to come.",
    Caches.REPLACED: "The data behind this view has been replaced by newer data; reload the page.",
    Caches.SNAPSHOT_CLOSED: "The cache file {file} cannot be read. `assay sync --full` rebuilds it.",
    Caches.SNAPSHOT_UNWRITTEN: "The snapshot {file} cannot be written: {error}.",
    Caches.BUSY: "Another sync of this store is under way; wait until it is done.",
    Caches.FILE_UNWRITTEN: _UNUSABLE.format("written", "{error}"),
    Caches.FILE_UNREAD: _UNUSABLE.format("read", "{error}"),
    Caches.FILE_UNLOCKED: _UNUSABLE.format("locked", "{error}"),
    Caches.FILE_UNREMOVED: _UNUSABLE.format("removed", "{error}"),
    Caches.FOLDER_UNMADE: _UNUSABLE.format("made", "{error}"),
    Caches.WRONG_KIND: _UNUSABLE.format("used", "it is of the wrong kind"),
    Caches.FILE_DAMAGED: _DAMAGED.format("{file} cannot be read"),
    Caches.POINTER_INCOMPLETE: _DAMAGED.format("{file} is incomplete"),
    Caches.SNAPSHOT_CUT: _DAMAGED.format("{file} is missing or was cut short"),
    Caches.NOTHING_TO_ADD_TO: _DAMAGED.format("there is no whole snapshot that the new rows could be added to"),
    Caches.NOTHING_TO_CONFIRM: _DAMAGED.format("there is no snapshot to confirm"),
    Caches.STORE_GAVE_NOTHING: "{uri} gave nothing to build a cache from.",
    Caches.SYNC_STOPPED: "The sync stopped on an unexpected error ({error}).",
    Caches.SYNC_LATE: (
        "No sync has come through for more than {waited:g} s, though one is due every {every:g} s; the server's log "
        "may say why."
    ),
}
