"""The command line: `drive-dashboard`."""

import typer

from dashboard.access.command import users
from dashboard.check import check
from dashboard.demo.command import demo
from dashboard.export.command import measures
from dashboard.export.pack_command import pack_command
from dashboard.export.return_command import return_command
from dashboard.export.trail import audit
from dashboard.intake.command import import_records, rejected
from dashboard.keeping.command import annotate, targets_kept
from dashboard.serve import serve
from dashboard.snapshot.command import release
from dashboard.upkeep.command import backup, bring_back, copy, erase_person, reduce_to_counts

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
app.command("pack")(pack_command)
app.command("return")(return_command)
app.command("release")(release)
app.command("serve")(serve)
app.command("check")(check)
app.command("copy")(copy)
app.command("backup")(backup)
app.command("restore")(bring_back)
app.command("erase")(erase_person)
app.command("retain")(reduce_to_counts)
app.command("annotate")(annotate)
app.command("targets")(targets_kept)
app.command("audit")(audit)
app.add_typer(users, name="users")


def main() -> None:
    """The entry point."""
    app()


if __name__ == "__main__":
    main()
