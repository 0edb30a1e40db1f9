"""Links that reproduce what is on the page, and the way from one page to the next."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from assay.ui.frame import ABLATION, CHECKLIST, COMPARE, LEAKAGE, PAGES, REPRODUCIBILITY, REVIEW, TRADEOFFS, home
from assay.view.text.escape import code, short

_LIST = "list-left"

Choices = Mapping[str, str | Sequence[str] | None]


def query(choices: Choices) -> dict[str, list[str]]:
    """Choices as query parameters; None, "" and empty lists are left out."""
    lists = {key: [value] if isinstance(value, str) else list(value or ()) for key, value in choices.items()}
    return {key: [v for v in values if v] for key, values in lists.items() if any(values)}


def address(path: str, choices: Choices) -> str:
    """The whole URL of a page with these choices, as this browser reaches it; relative where nobody knows."""
    here = st.context.url or ""
    root, _, page = here.partition("?")[0].rstrip("/").rpartition("/")
    root = root if (PAGES / f"{page}.py").is_file() else f"{root}/{page}".lstrip("/")
    return f"{root}/{path}?{urlencode(query(choices), doseq=True)}".removesuffix("?")


def copy(path: str, choices: Choices) -> None:
    """A link that names every choice, those too that the page made by itself."""
    with st.popover("Copy link", icon=":material/link:", type="tertiary"):
        st.code(address(path, choices), language=None, wrap_lines=True)
        st.caption("Holds every input of this page, those too that it filled by itself; not how a table is sorted.")


def to_run(run_id: str, label: str, *, icon: str = "") -> None:
    """A link to one run's page; `label` is Markdown."""
    st.page_link(home(), label=label, icon=icon or None, query_params={"run": run_id})


def to_runs(label: str, choices: Choices | None = None, *, icon: str = ":material/arrow_back:") -> None:
    """A link to the list of runs; without choices it goes on where the reader left it, ticks included."""
    left = st.session_state.get(_LIST, {})
    st.page_link(home(), label=label, icon=icon, query_params=left if choices is None else query(choices))


def to_search(choices: Choices) -> None:
    """A link to the search at a glance."""
    label, icon = "Search at a glance", ":material/scatter_plot:"
    st.page_link(home(), label=label, icon=icon, query_params=query(choices))


def to_tradeoffs(choices: Choices) -> None:
    """A link to the front of an experiment; `choices`: without `traded-` before their names."""
    given = {f"traded-{name}": value for name, value in choices.items()}
    st.page_link(str(TRADEOFFS), label="Trade-offs", icon=":material/scatter_plot:", query_params=query(given))


def to_ablation(choices: Choices) -> None:
    """A link to what each component of an experiment adds; `choices`: without `ablated-` before their names."""
    given = {f"ablated-{name}": value for name, value in choices.items()}
    st.page_link(str(ABLATION), label="Ablation", icon=":material/extension:", query_params=query(given))


def to_leakage(label: str, choices: Choices) -> None:
    """A link to the checks of these runs; `choices`: without `leak-` before their names."""
    given = {f"leak-{name}": value for name, value in choices.items()}
    st.page_link(str(LEAKAGE), label=label, icon=":material/water_drop:", query_params=query(given))


def to_reproducibility(label: str, choices: Choices) -> None:
    """A link to the record of these runs; `choices`: without `record-` before their names."""
    given = {f"record-{name}": value for name, value in choices.items()}
    st.page_link(str(REPRODUCIBILITY), label=label, icon=":material/replay:", query_params=query(given))


def to_checklist(label: str, choices: Choices) -> None:
    """A link to what these runs prove; `choices`: without `checked-` before their names, and the `checklist`."""
    given = {name if name == "checklist" else f"checked-{name}": value for name, value in choices.items()}
    st.page_link(str(CHECKLIST), label=label, icon=":material/checklist:", query_params=query(given))


def to_review(review: str, label: str, *, icon: str = "") -> None:
    """A link to one review; `label` is Markdown."""
    st.page_link(str(REVIEW), label=label, icon=icon or None, query_params={"review": review})


def to_reviews(label: str) -> None:
    """A link to all reviews."""
    st.page_link(str(REVIEW), label=label, icon=":material/gavel:")


def to_open(choices: Choices) -> None:
    """A link to the form that opens a review of these sides; `choices`: `baseline`, `candidate`, `metric`, `in`."""
    given = {f"new-{name}": value for name, value in choices.items()}
    label, icon = "Open a review", ":material/gavel:"
    st.page_link(str(REVIEW), label=label, icon=icon, query_params={"new": ["1"], **query(given)})


def leave_from(choices: Choices) -> None:
    """Remembers what the list of runs shows, for the way back to it."""
    st.session_state[_LIST] = query(choices)


def to_compare(label: str, choices: Choices, *, disabled: bool = False, second: str = "") -> None:
    """The button that opens the comparison of what is ticked; `second`: the key of one more on a page."""
    form: Literal["primary", "secondary"] = "secondary" if second else "primary"
    key = second or "to-compare"
    if st.button(label, type=form, icon=":material/compare_arrows:", disabled=disabled, key=key):
        st.switch_page(COMPARE, query_params=query(choices))


def asked_run() -> str:
    """The run in the URL; writes it there again, because a link within a page leaves the address bar behind."""
    run_id = st.query_params.get("run", "")
    st.query_params["run"] = run_id
    st.session_state["looked-at-run"] = True
    return run_id


def asked_search(metric: str) -> None:
    """Writes the metric of a search into the address, for the same reason."""
    st.query_params["search"] = metric
    st.session_state["looked-at-run"] = True


def left_run(inputs: Mapping[str, object]) -> None:
    """Takes a run or search that was looked at out of the address bar; for the list of runs, before its `inputs`.

    They keep nothing that the link from there does not say: each becomes what `inputs` says. Forgotten alone it would
    still be seen, where the reader went on before the browser heard that it is out of sight.
    """
    if st.session_state.pop("looked-at-run", False):
        for key, nothing in inputs.items():
            if key not in st.query_params and key in st.session_state:
                st.session_state[key] = nothing
        st.query_params.update({})


def crossed(to: str) -> None:
    """Brings the address up to date where a link led from one page to the other that shares it; before their inputs."""
    came = st.session_state.get("compare-or-curves")
    st.session_state["compare-or-curves"] = to
    if came not in (None, to):
        st.query_params.update({})


def said_unknown(known: Iterable[str]) -> None:
    """Names what the address asks for that this page has no input for, and inputs of one value that it gives several,
    as a mistyped link does; after the inputs.
    """
    _said_several()
    unknown = [key for key in st.query_params if key not in known]
    if unknown:
        names = ", ".join(code(short(key, 60)) for key in unknown)
        words = ", ".join(code(key) for key in known)
        st.warning(
            f"The link holds {names}, which this page does not know and left out; it knows {words}.",
            icon=":material/link_off:",
        )


def _said_several() -> None:
    for key in st.query_params:
        given = dict.fromkeys(st.query_params.get_all(key))
        if len(given) > 1 and isinstance(held := st.session_state.get(key), str):
            st.warning(
                f"The link holds {len(given)} values of {code(key)}, of which this page takes one; shown is "
                f"{code(short(held, 60))}.",
                icon=":material/link_off:",
            )


def ticks() -> list[str]:
    """The runs whose rows the address ticks."""
    return list(dict.fromkeys(st.query_params.get_all("tick")))


def tick(run_ids: Sequence[str]) -> None:
    """Writes the ticked rows into the address."""
    if list(run_ids) == st.query_params.get_all("tick"):
        return
    if run_ids:
        st.query_params["tick"] = list(run_ids)
    else:
        st.query_params.pop("tick", None)


def shown() -> str:
    """The metric that the address wants drawn; empty: the first."""
    return st.query_params.get("shown", "")


def show(metric: str) -> None:
    """Writes the metric that is drawn into the address."""
    if metric == st.query_params.get("shown", ""):
        return
    if metric:
        st.query_params["shown"] = metric
    else:
        st.query_params.pop("shown", None)
