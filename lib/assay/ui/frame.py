"""Around every page: navigation, title, age of the data, and the one place where a page's errors are shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from assay import settings
from assay.errors import AssayError
from assay.model.policy import Policy
from assay.model.sync import Freshness, SyncStatus
from assay.queries import freshness, policies
from assay.queries.runs import inventory
from assay.settings import Settings
from assay.ui import browser, load, sign_in
from assay.uri import shown
from assay.view.text import times
from assay.view.text.escape import sentence
from assay.view.text.notes import as_markdown
from assay.view.text.numbers import count
from assay.workspace import Desk, Workspace

LOGO = Path(__file__).parent / "logo"
PAGES = settings.ROOT / "pages"
RUNS, RUN, SEARCH = (PAGES / f"{name}.py" for name in ("runs", "run", "search"))
COMPARE, CURVES, TRADEOFFS = (PAGES / f"{name}.py" for name in ("compare", "curves", "tradeoffs"))
ABLATION, LEAKAGE, POLICY = (PAGES / f"{name}.py" for name in ("ablation", "leakage", "policy"))
REPRODUCIBILITY, CHECKLIST, REVIEW = (PAGES / f"{name}.py" for name in ("reproducibility", "checklist", "review"))
QUESTIONS = {
    "Runs": "What has been run, and what is new?",
    "Run": "What did this run log?",
    "Search": "What did the search find, and is its winner more than luck?",
    "Compare": "Is the difference between configurations larger than the noise?",
    "Trade-offs": "Which configurations are not beaten on every objective, and who meets the thresholds?",
    "Ablation": "What does each component contribute, and do they interact?",
    "Leakage": "Could the score be too good for a reason other than the model?",
    "Reproducibility": "Could someone else get this again?",
    "Checklist": "What is proved, and what is left to people?",
    "Review": "May this candidate be promoted; if not, what is missing?",
    "Curves": "How did a metric move while runs were going on?",
    "Policy": "Which rules decide, whose are they, and where do they stand?",
}


@dataclass(frozen=True, slots=True)
class Context:
    """What a page stands on: one look at the data for the whole rerun, and when that began (UTC)."""

    desk: Desk

    @property
    def work(self) -> Workspace:
        """What runs are asked of; only for pages that do not begin without any."""
        assert self.desk.work is not None
        return self.desk.work

    @property
    def now(self) -> datetime:
        """When the rerun began (UTC)."""
        return self.desk.now


def page() -> StreamlitPage:
    """Sets the window up and finds the page that the URL asks for; `/compare?curve=METRIC` has curves.

    Somebody who may not read gets the way in and nothing else: the rerun ends here.
    """
    st.set_page_config(page_title="Assay", page_icon=str(LOGO / "mark.svg"), layout="wide")
    st.logo(str(LOGO / "assay.svg"), size="medium")
    outsider = sign_in.outsider()
    compare = CURVES if "curve" in st.query_params else COMPARE
    found = st.navigation(
        [
            st.Page(home(), title="Runs", icon=":material/list:", default=True, help=QUESTIONS["Runs"]),
            st.Page(
                compare,
                title="Compare",
                url_path="compare",
                icon=":material/compare_arrows:",
                help=QUESTIONS["Compare"],
            ),
            st.Page(TRADEOFFS, title="Trade-offs", icon=":material/scatter_plot:", help=QUESTIONS["Trade-offs"]),
            st.Page(ABLATION, title="Ablation", icon=":material/extension:", help=QUESTIONS["Ablation"]),
            st.Page(LEAKAGE, title="Leakage", icon=":material/water_drop:", help=QUESTIONS["Leakage"]),
            st.Page(
                REPRODUCIBILITY,
                title="Reproducibility",
                icon=":material/replay:",
                help=QUESTIONS["Reproducibility"],
            ),
            st.Page(
                CHECKLIST,
                title="Checklist",
                url_path="checklist",
                icon=":material/checklist:",
                visibility="hidden",
            ),
            st.Page(REVIEW, title="Review", url_path="review", icon=":material/gavel:", help=QUESTIONS["Review"]),
            st.Page(POLICY, title="Policy", url_path="policy", icon=":material/rule:", help=QUESTIONS["Policy"]),
        ],
        position="hidden" if outsider else "top",
    )
    if outsider:
        sign_in.show(outsider)
        st.stop()
    return found


def home() -> Path:
    """The file behind `/` in this rerun: `/?run=ID` is one run's, `/?search=METRIC` a search at a glance."""
    pages = {"run": RUN, "search": SEARCH}
    return next((file for key, file in pages.items() if key in st.query_params), RUNS)


@contextmanager
def errors_shown() -> Iterator[None]:
    """Shows what a page could not do as one sentence; everything unexpected goes to Streamlit and the log."""
    try:
        yield
    except AssayError as error:
        st.error(as_markdown(error.note), icon=":material/error:")


def begin(title: str, *, without_runs: bool = False) -> Context:
    """The page's head; ends the rerun with what to do when there is nothing to look at yet.

    `without_runs`: a page of the journal goes on, and only says that no runs have been read.
    """
    current = settings.read()
    found = freshness.current(current)
    head = _head(title)
    policy = policies.current(current.policy)
    if found.snapshot is not None:
        with head, st.container(horizontal=True, vertical_alignment="center", width="content", gap="small"):
            _age(current, policy, found.snapshot.name, found.problem is not None)
    desk = Desk(current, policy, found.snapshot, datetime.now(UTC))
    with head:
        sign_in.show_account(desk, acts=without_runs)
    if found.snapshot is None and without_runs:
        _unread(found)
    elif found.snapshot is None:
        _waiting(current)
        st.stop()
    elif found.problem:
        _banner(found)
    return Context(desk)


def _head(title: str) -> DeltaGenerator:
    """Title and question on one row, which has room for the age of the data."""
    head = st.container(horizontal=True, vertical_alignment="bottom")
    with head:
        with st.container(horizontal=True, gap=None, width="content"):
            st.title(title, anchor=False, width="content")
            browser.attend()
        st.markdown(f":gray[{QUESTIONS[title]}]", width="stretch")
    return head


@st.fragment(run_every="10s")
def _age(current: Settings, policy: Policy, shown: str, away: bool) -> None:
    """How old the data are, kept up to date by itself; offers newer data instead of swapping them unasked.

    The page runs again when the store went away or came back since (`away`: how it was), for its banner.
    """
    found = freshness.current(current)
    if away != (found.problem is not None):
        st.rerun()
    if found.snapshot is not None and found.snapshot.name != shown:
        if st.button("Newer data: show them", icon=":material/sync:", type="tertiary", key="newer"):
            st.rerun()
        return
    st.caption(_label(current, policy, found), width="content")
    if warnings := found.status.warnings:
        with st.popover(count(len(warnings), "warning"), icon=":material/warning:", type="tertiary"):
            for warning in warnings:
                st.caption(as_markdown(warning))


def _label(current: Settings, policy: Policy, found: Freshness) -> str:
    now = datetime.now(UTC)
    seconds = found.age_seconds(now)
    assert found.snapshot is not None
    age = times.ago(seconds or 0.0)
    store = "the demo" if current.demo else sentence(_store(current))
    experiments = load.answer(Workspace(current, policy, found.snapshot), inventory.experiments, False)
    held = f"{count(sum(e.runs for e in experiments), 'run')} in {count(len(experiments), 'experiment')}"
    return f":material/sync: synced {age} from {store}, {held}"


def _store(current: Settings) -> str:
    """The store's short name: a server's host, a file's or folder's last part."""
    uri = shown(current.tracking_uri)
    scheme, separator, rest = uri.partition("://")
    if separator and scheme.startswith("http"):
        return rest.split("/", 1)[0]
    return rest.rstrip("/").rsplit("/", 1)[-1] if separator else uri.rstrip("/").rsplit("/", 1)[-1]


def _banner(found: Freshness) -> None:
    """The store is away: what is shown, and how old it is."""
    assert found.snapshot is not None
    assert found.problem is not None
    since = times.moment(found.snapshot.complete_as_of)
    st.warning(f"{as_markdown(found.problem)} What you see is complete as of {since}.", icon=":material/cloud_off:")


def _unread(found: Freshness) -> None:
    """No runs have been read yet: a page that has something without them says why."""
    why = f"{as_markdown(found.problem)} " if found.problem else ""
    st.warning(f"{why}The runs have not been read yet, so nothing is compared with them.", icon=":material/cloud_off:")


@st.fragment(run_every="1s")
def _waiting(current: Settings) -> None:
    """The first sync: how far it is, what is wrong, or what to do; reruns the page once there is a snapshot."""
    found = freshness.current(current)
    if found.snapshot is not None:
        st.rerun()
    if current.demo and not current.demo_store.exists():
        st.info("The demo's store is not there yet: `assay demo` or `make demo` makes it.", icon=":material/inbox:")
        st.caption("To see your own runs, use `assay serve --tracking-uri …` or `make run MLFLOW_TRACKING_URI=…`.")
        return
    if found.problem:
        st.error(as_markdown(found.problem), icon=":material/error:")
        st.caption("Assay tries again by itself; this page goes on as soon as the store answers.")
        return
    store = sentence(shown(current.tracking_uri))
    st.header("Reading the store for the first time", anchor=False)
    st.progress(_share(found.status), text=f"{_progress(found.status)} from {store}")


def _share(status: SyncStatus) -> float:
    if status.progress is None or not status.progress[1]:
        return 0.0
    return min(status.progress[0] / status.progress[1], 1.0)


def _progress(status: SyncStatus) -> str:
    if status.progress is None:
        return "Waiting for the first answer"
    done, total = status.progress
    return f"{done:,} of {total:,} runs" if total else count(done, "run")
