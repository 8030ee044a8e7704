"""The command line: `drive-dashboard`.

Each command is imported when it is asked for: a pack does not wait for what an import needs.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

# Where each command lives: its module, and its name there.
COMMANDS = {
    "import": ("dashboard.intake.command", "import_records"),
    "rejected": ("dashboard.intake.command", "rejected"),
    "demo": ("dashboard.demo.command", "demo"),
    "measures": ("dashboard.export.command", "measures"),
    "pack": ("dashboard.export.pack_command", "pack_command"),
    "return": ("dashboard.export.return_command", "return_command"),
    "release": ("dashboard.snapshot.command", "release"),
    "serve": ("dashboard.serve", "serve"),
    "check": ("dashboard.check", "check"),
    "copy": ("dashboard.upkeep.command", "copy"),
    "backup": ("dashboard.upkeep.command", "backup"),
    "restore": ("dashboard.upkeep.command", "bring_back"),
    "erase": ("dashboard.upkeep.command", "erase_person"),
    "retain": ("dashboard.upkeep.command", "reduce_to_counts"),
    "annotate": ("dashboard.keeping.command", "annotate"),
    "targets": ("dashboard.keeping.command", "targets_kept"),
    "audit": ("dashboard.export.trail", "audit"),
    "users": ("dashboard.access.command", "users"),
}


class _Commands(Mapping[str, Any]):
    """Commands as Typer knows them, by name."""

    def __getitem__(self, name: str) -> Any:
        module, own = COMMANDS[name]
        found = getattr(import_module(module), own)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(add_completion=False)
            alone.command()(found)
            found = alone
        command = get_command(found)
        command.name = name
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class _AsAsked(TyperGroup):
    def __init__(self, **given: Any) -> None:
        super().__init__(**{**given, "commands": _Commands()})


app = typer.Typer(
    cls=_AsAsked, no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False
)


@app.callback()
def drive_dashboard() -> None:
    """The operational dashboard of a Drive Project."""


def main() -> None:
    """The entry point."""
    app()


if __name__ == "__main__":
    main()
