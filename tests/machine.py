"""Programs of the machine that tests need beside Python's own."""

import os
import shutil

import pytest


def needed(program: str, package: str, *, also_in: str | None = None) -> str:
    """Where a program of the machine is; without it a test is skipped, or fails in CI."""
    found = shutil.which(program) or (shutil.which(program, path=also_in) if also_in else None)
    if found is None:
        missing = f"{program} is not installed (Debian: apt-get install {package})"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return found
