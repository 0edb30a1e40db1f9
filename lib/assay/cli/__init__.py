"""The `assay` command: the dashboard's answers for scripts and CI."""

import sys

import click

from assay import __version__
from assay.cli.ablation import ablation
from assay.cli.checklist import checklist
from assay.cli.comparison.command import compare
from assay.cli.demo import demo
from assay.cli.leakage import leakage
from assay.cli.output import say
from assay.cli.policy import policy
from assay.cli.reproducibility import reproducibility
from assay.cli.review.command import review
from assay.cli.runs import runs
from assay.cli.scorecard import scorecard
from assay.cli.serve import serve
from assay.cli.sync import sync
from assay.cli.tradeoffs import tradeoffs
from assay.cli.verify import verify
from assay.errors import AssayError
from assay.view.text.notes import words


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, invoke_without_command=True
)
@click.version_option(__version__, prog_name="assay")
@click.pass_context
def assay(context: click.Context) -> None:
    """Decide whether an experiment's result is real, from the command line.

    Reads runs from MLflow, never writes to it. Exit codes: 0 yes or done, 1 a gate says no, 2 bad input.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


_COMMANDS = (
    serve,
    sync,
    runs,
    compare,
    tradeoffs,
    scorecard,
    ablation,
    leakage,
    reproducibility,
    checklist,
    review,
    policy,
    verify,
    demo,
)
for command in _COMMANDS:
    assay.add_command(command)


def main() -> None:
    """Runs the command; an error people can act on is one line on stderr and exit code 2."""
    try:
        code = assay.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        hint = f" See {context.command_path} --help." if context else ""
        say(f"assay: {error.format_message()}{hint}", to_people=True)
        sys.exit(2)
    except AssayError as error:
        say(f"assay: {words(error.note)}", to_people=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)
