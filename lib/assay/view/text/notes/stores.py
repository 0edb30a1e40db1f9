"""What is wrong with a store, its artifacts and the folders in it."""

from assay.model.note import Code
from assay.model.problems import Artifacts, PassedOver, Stores, Unusable
from assay.view.text.notes.template import Said, Words

_FORMS = "sqlite:///path/to/mlflow.db, a folder of runs such as ./mlruns, or the http(s) address of an MLflow server"

UNUSABLE: dict[str, str] = {
    Unusable.META_MISSING: "whose meta.yaml is missing",
    Unusable.META_LINK: "whose meta.yaml is a symbolic link, which is not followed",
    Unusable.META_IRREGULAR: "whose meta.yaml is not a regular file",
    Unusable.META_CLOSED: "whose meta.yaml cannot be read ({error})",
    Unusable.META_NO_YAML: "whose meta.yaml is not valid YAML",
    Unusable.META_EMPTY: "whose meta.yaml is empty",
    Unusable.META_NO_FIELDS: "whose meta.yaml holds no fields",
    Unusable.FIELD_MISSING: "whose meta.yaml has no {field}",
    Unusable.FIELD_OTHER: "whose meta.yaml names {field} {found!r}, not that of its folder",
    Unusable.CLOSED: "which cannot be read ({error})",
    Unusable.PARTLY_CLOSED: "parts of which cannot be read ({error})",
    Unusable.ID_OF_LIVE: "whose id a live experiment has",
    Unusable.ID_TWICE: "whose id {kept} has as well",
}


def _passed_over(one: str, many: str, at: str = "{where}") -> Words:
    def words(said: Said) -> str:
        reason = said.get("reason")
        first = at if reason is None else f"{at}, {UNUSABLE[str(reason)]}"
        template = f"{{n}} {one}: {first}." if said["n"] == 1 else f"{{n}} {many}; the first is {first}."
        return template.format_map(said)

    return words


def _word(template: str) -> Words:
    """Words that say a column's name as people write it."""
    return lambda said: template.format_map(said | {"what": str(said["what"]).replace("_", " ")})


WORDS: dict[Code, Words] = {
    Stores.URI_EMPTY: f"The tracking URI is empty; give {_FORMS}.",
    Stores.URI_UNKNOWN: f"{{uri}} is no tracking URI that Assay reads; give {_FORMS}.",
    Stores.POSTGRESQL: (
        "{uri} is a PostgreSQL database, which Assay does not read yet; "
        "give the http address of an MLflow server that runs on it."
    ),
    Stores.OTHER_MACHINE: "{uri} names another machine; a local folder is written file:///path/to/mlruns.",
    Stores.FILE_UNNAMED: ("{uri} names no file; write sqlite:/// and the path, with four slashes when it is absolute."),
    Stores.IN_MEMORY: "{uri} is a database in memory, which no one else can read; give a file's path.",
    Stores.RUN_MISSING: "The store {path} has no run {run!r}; it may have been deleted for good.",
    Stores.RUN_FOLDER_MISSING: "The store in {path} has no run {run!r}; it may have been deleted for good.",
    Stores.FOLDER_MISSING: "There is no folder {path}; name the mlruns folder of an MLflow file store.",
    Stores.FILE_FOR_FOLDER: (
        "{path} is a file, not the folder of an MLflow file store; a database is sqlite:///{path}."
    ),
    Stores.FOLDER_CLOSED: "{path} cannot be read ({error}); ask for permission to read it.",
    Stores.FOLDER_EMPTY: (
        "{path} is empty; name the mlruns folder of an MLflow file store, whose folders each have a meta.yaml."
    ),
    Stores.SINGLE_EXPERIMENT: "{path} is a single experiment or run; name the mlruns folder above it.",
    Stores.NO_EXPERIMENT: (
        "{path} holds {names} but no experiment; name the mlruns folder of an MLflow file store, whose folders each "
        "have a meta.yaml."
    ),
    Stores.FILE_MISSING: "There is no file {path}; check the tracking URI (relative paths start at {home}).",
    Stores.SLASH_MISSING: (
        "There is no file {path} (relative paths start at {home}); {meant} is written sqlite:///{meant}."
    ),
    Stores.FILE_CLOSED: "{path} cannot be looked at ({error}); ask its owner for permission.",
    Stores.FILE_HIDDEN: "{path} cannot be looked at: {error}.",
    Stores.FILE_FORBIDDEN: "{path} may not be read by this user; ask its owner for permission to read it.",
    Stores.FOLDER_FOR_FILE: "{path} is a folder, not an SQLite file; give the folder itself or the .db file in it.",
    Stores.IRREGULAR: "{path} is not a regular file; give the path of an SQLite file.",
    Stores.FILE_EMPTY: "{path} is empty; it is not an MLflow store yet.",
    Stores.WEB_PAGE: (
        "{path} is not an SQLite database, it is a web page; download the file itself instead of the page that shows "
        "it."
    ),
    Stores.LFS_POINTER: (
        "{path} is not an SQLite database, it is a Git LFS pointer; run `git lfs pull` to get the file itself."
    ),
    Stores.NO_DATABASE: (
        "{path} is not an SQLite database, it starts with other bytes; check that this is the store's own file."
    ),
    Stores.CHANGING: "{path} changes all the time; try again when less is written to it.",
    Stores.LOCKED: "{path} stayed locked by another program for {seconds:.0f} s; try again when it is done.",
    Stores.NOT_COPIED: (
        "{path} was left by a crashed writer and could not be copied to {folder} to be read ({error}); free some space "
        "or open it once with MLflow."
    ),
    Stores.DAMAGED: "{path} is damaged; restore it from a backup or copy it again.",
    Stores.DAMAGED_HEAD: (
        "{path} is damaged (only {size} bytes are left of it); restore it from a backup or copy it again."
    ),
    Stores.TRUNCATED: (
        "{path} is damaged (truncated: {size:,} of {expected:,} bytes); restore it from a backup or copy it again."
    ),
    Stores.NO_STORE: "{path} is no MLflow store that Assay can read: {error}.",
    Stores.NOT_READ: lambda said: f"{said['path']} cannot be read by SQLite: {said['error'] or 'unknown reason'}.",
    Stores.NO_TABLES: (
        "{path} is an SQLite file but no MLflow store: it holds no tables and lacks {missing}; "
        "check that this is the file MLflow writes to."
    ),
    Stores.TABLES_MISSING: (
        "{path} is an SQLite file but no MLflow store: it holds {held} and lacks {missing}; "
        "check that this is the file MLflow writes to."
    ),
    Stores.COLUMNS_MISSING: "{path} has no column {missing}: a schema that only a newer Assay may read.",
    Artifacts.ELSEWHERE: (
        "The artifacts lie at {scheme}…, where the database alone does not lead; give the http address "
        "of the MLflow server that serves them as the tracking URI."
    ),
    Artifacts.OUTSIDE: (
        "The artifacts lie in {folder!r}, outside the folders of this store, and are not opened; name a folder above "
        "them in ASSAY_ARTIFACT_ROOTS, or move them beside the database."
    ),
    Artifacts.OLD_PATH: (
        "The artifacts were recorded under an old path, {folder!r}, and do not lie beside the database either; copy "
        "them there, or name the folder they are in now in ASSAY_ARTIFACT_ROOTS."
    ),
    Artifacts.NOT_LISTED: "The artifacts in {folder} cannot be listed: {error}.",
    Artifacts.ABSENT: "There is no artifact file {path!r} in {folder}.",
    Artifacts.NOT_COPIED_TO: "The artifact {path!r} cannot be copied to {target}: {error}.",
    Artifacts.SENDS_MORE: "The server sends more of {path!r} than the {size:,} bytes that it lists; reload to retry.",
    Artifacts.NOT_DOWNLOADED: "The artifact {path!r} cannot be written to {target}: {error}.",
    Artifacts.NAME_REFUSED: "The server refuses the name {path!r}; copy the file from where it keeps its artifacts.",
    Artifacts.NO_PATH: "{path!r} is no path of an artifact; it must be relative, with / and without .. in it.",
    Artifacts.LEADING_OUT: "The artifact {path!r} is a link that leads out of its run's folder; it is not opened.",
    Artifacts.ID_NO_FOLDER: "The run {run!r} of experiment {experiment!r} has an id that cannot be a folder's name.",
    Artifacts.RUN_ID_NO_FOLDER: "The run id {run!r} cannot be a folder's name, so its artifacts are not fetched.",
    Artifacts.NOT_KEPT: "{target} cannot be written: {error}.",
    PassedOver.EXPERIMENT_FOLDERS: _passed_over("experiment folder is left out", "experiment folders are left out"),
    PassedOver.RUN_FOLDERS: _passed_over("run folder is left out", "run folders are left out"),
    PassedOver.FOLDERS_STATUS: _passed_over(
        "run has a status unknown to MLflow and is taken as RUNNING",
        "runs have a status unknown to MLflow and are taken as RUNNING",
    ),
    PassedOver.METRIC_LINES: _passed_over(
        "metric line is skipped because it holds no value",
        "metric lines are skipped because they hold no value",
        "in {where}",
    ),
    PassedOver.LINKS: _passed_over("symbolic link is not followed", "symbolic links are not followed"),
    PassedOver.INPUTS: _passed_over(
        "dataset input is left out because its files cannot be read",
        "dataset inputs are left out because their files cannot be read",
    ),
    PassedOver.DATABASE_WORD: _word("{n} runs have a {what} unknown to MLflow and are taken as {instead}."),
    PassedOver.SERVER_WORD: _word(
        "{n} {n:run has|runs have} a {what} unknown to MLflow and {n:is|are} taken as {instead}."
    ),
    PassedOver.NEWER_SCHEMA: (
        "The schema of {path} (revision {revision}) is newer than MLflow {version} knows; what Assay reads was found."
    ),
}
