"""What is there before the first visitor is let in."""

import subprocess
import sys


def test_what_plotly_looks_for_is_imported_before_anybody_is_served():
    # Plotly takes pandas from the modules there are, also half imported by another visitor.
    asked = "import sys, dashboard.server; print('pandas' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True)
    assert answer.stdout == "True\n"
