"""The command line: `drive-dashboard`."""

import typer

from dashboard.check import check
from dashboard.demo.command import demo
from dashboard.export.command import measures
from dashboard.intake.command import import_records, rejected
from dashboard.serve import serve

app = typer.Typer(
    help="The operational dashboard of a Drive Project.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("import")(import_records)
app.command("rejected")(rejected)
app.command("demo")(demo)
app.command("measures")(measures)
app.command("serve")(serve)
app.command("check")(check)


def main() -> None:
    """The entry point."""
    app()


if __name__ == "__main__":
    main()
