"""The tour: once for whoever first signs in, when asked for, and never unasked else."""

from streamlit.testing.v1 import AppTest

from dashboard.access import Role
from dashboard.shell.tour import steps

FIRST = steps(Role.MANAGER)[0]


def on_tour(app: AppTest) -> list[str]:
    """The titles of the steps that are open."""
    titles = {step.title for role in Role for step in steps(role)}
    shown = [each.value for each in app.markdown]
    return [title for title in titles for text in shown if text.startswith(f"**{title}**\n")]


def test_it_opens_on_the_first_visit_and_never_again(a_browser, people):
    people.grant("tara@example.org", Role.MANAGER)
    assert on_tour(a_browser("tara@example.org")) == [FIRST.title]
    assert on_tour(a_browser("tara@example.org")) == []


def test_it_can_be_skipped_and_asked_for_again(a_browser, people):
    people.grant("tess@example.org", Role.MANAGER)
    app = a_browser("tess@example.org").button(key="tour-leave").click().run()
    assert on_tour(app) == []
    assert on_tour(app.button(key="guide-tour").click().run()) == [FIRST.title]
