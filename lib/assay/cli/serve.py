"""`assay serve`: the dashboard, from any folder."""

import os
import socket

import click

from assay import settings
from assay.cli.options import place_options, settings_of


@click.command(
    epilog="""Streamlit's own variables hold too, such as STREAMLIT_SERVER_BASE_URL_PATH behind a proxy, and a
    .streamlit/secrets.toml of the working directory."""
)
@place_options
@click.option("--host", default="127.0.0.1", show_default=True, metavar="H", help="The address to listen on.")
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535), metavar="P", help="The port.")
def serve(tracking_uri: str | None, data: str | None, policy: str | None, host: str, port: int) -> None:
    """Serve the dashboard, /api/health, and a process that keeps the cache up to date."""
    settings_of(tracking_uri, data, policy)
    _try(host, port)
    named = {"MLFLOW_TRACKING_URI": tracking_uri, "ASSAY_DATA": data, "ASSAY_POLICY": policy}
    os.environ.update({variable: value for variable, value in named.items() if value})
    from streamlit.web import cli as streamlit

    app = settings.ROOT / "app.py"  # Streamlit finds its options in .streamlit beside it, wherever this is started.
    streamlit.main(["run", str(app), "--server.address", host, "--server.port", str(port)], standalone_mode=False)


def _try(host: str, port: int) -> None:
    """Raises UsageError where nobody can listen; without a host a server would listen on every address."""
    if not host.strip():
        raise click.UsageError("--host is empty; 0.0.0.0 listens on every address.")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        socket.create_server((host, port), family=family).close()
    except (OSError, UnicodeError) as error:
        why = (getattr(error, "strerror", None) or str(error)).partition(" (while")[0]
        raise click.UsageError(f"can't listen on {host}, port {port}: {why}.") from None
