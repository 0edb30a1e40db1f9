"""What is wrong with a tracking server."""

from assay.model.note import Code
from assay.model.problems import Servers
from assay.view.text.notes.template import Words

_VARIABLES = "MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN"


def _stranger(found: str) -> str:
    return f"{{server}} answers, but not as an MLflow server ({found}); check the address, its port and path."


WORDS: dict[Code, Words] = {
    Servers.NO_ADDRESS: (
        "{server} is no address of a tracking server; write http://host:port, and in a password %2F, "
        "%3F, %23 and %40 for /, ?, # and @."
    ),
    Servers.NAME_UNKNOWN: "No machine answers to the name in {server}; check the address and your network.",
    Servers.PROXY: ("The proxy on the way to {server} does not answer; check HTTP_PROXY, HTTPS_PROXY and NO_PROXY."),
    Servers.TLS: (
        "{server} offers no TLS connection to be trusted; try http://, or name its certificate in "
        "MLFLOW_TRACKING_SERVER_CERT_PATH."
    ),
    Servers.NOTHING_LISTENS: "Nothing listens at {server}; start the MLflow server there or check the address.",
    Servers.SILENT: "{server} does not answer in time; check that the server is well, then try again.",
    Servers.NO_WAY: "No way leads to {server}; check the address and your network.",
    Servers.BREAKING_OFF: "{server} breaks the connection; check that the server is well, then try again.",
    Servers.NOT_ASKED: "{server} cannot be asked ({error}); check MLflow's MLFLOW_… variables.",
    Servers.WHO: f"{{server}} asks who we are (401); set {_VARIABLES}.",
    Servers.FORBIDDEN: (
        f"{{server}} does not let us read (403); set {_VARIABLES} to an account that may, or give an "
        "address that the server allows."
    ),
    Servers.NOT_THERE: "{server} has no such run or file; it may have been deleted for good.",
    Servers.FAILING: "{server} keeps failing ({status}); look at the server's log, then try again.",
    Servers.QUESTION_REFUSED: "{server} refuses a question of ours ({status}, {error}); update MLflow there.",
    Servers.STRANGE_ANSWER: _stranger("{kind}"),
    Servers.STRANGE_STATUS: _stranger("status {status}"),
    Servers.STRANGE_FORM: _stranger("JSON of another form"),
    Servers.NO_EXPERIMENTS: _stranger("JSON without experiments"),
    Servers.NEWER_RUNS: "{server} gives runs in a form that only a newer Assay may read.",
}
