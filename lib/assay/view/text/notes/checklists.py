"""What is wrong with a checklist file, or with the folder that a team's checklists lie in."""

from assay.model.note import Code
from assay.model.yaml_files import ChecklistFiles
from assay.view.text.notes.template import Said, Words
from assay.view.text.notes.yaml_files import key


def _no_check(said: Said) -> str:
    close = ", near to it: {close}" if said["close"] else ""
    return key(f"{{key}} is {{found}}, which runs can't be asked{close}; docs/checklists.md has all")(said)


WORDS: dict[Code, Words] = {
    ChecklistFiles.LISTS_GONE: "There is no folder {file}, which ASSAY_CHECKLISTS names: no checklist holds.",
    ChecklistFiles.LISTS_NO_FOLDER: "{file} is no folder of checklists, as ASSAY_CHECKLISTS should name: none holds.",
    ChecklistFiles.LISTS_CLOSED: "The folder {file} cannot be read: {error}; no checklist holds.",
    ChecklistFiles.NO_LIST_NAME: (
        "{file}: a checklist is called as its file is, and {name!r} is no such name; allowed: small letters, digits "
        "and -, such as our-promotion.yaml."
    ),
    ChecklistFiles.LIST_TWICE: "{file}: a checklist {name!r} stands in {first} too; keep one, until then none holds.",
    ChecklistFiles.NO_CHECKLIST: "There is no checklist {name!r}; there are {allowed}.",
    ChecklistFiles.ITEMS_OR_SECTIONS: key("a checklist has either items or sections, and this one has none or both"),
    ChecklistFiles.ITEM_TWICE: key("{key} is {name!r}, as in line {first}; what an item is called has to be its own"),
    ChecklistFiles.NO_SLUG: key(
        "{key} is {found}; allowed: small letters, digits and -, at most {most}, such as three-seeds"
    ),
    ChecklistFiles.NO_CHECK: _no_check,
    ChecklistFiles.NO_PROOF: key("{key} is missing, which an item with needs: automatic can't do without"),
    ChecklistFiles.PROVED_SIGNATURE: key("{key} is {found}, but an item with needs: signature is proved by no run"),
    ChecklistFiles.NO_SIGNING_ROLE: key("{key} is {found}; an item with needs: signature has one of {allowed}"),
    ChecklistFiles.ROLE_UNSIGNED: key("{key} is {found}, which only an item with needs: signature has"),
}
