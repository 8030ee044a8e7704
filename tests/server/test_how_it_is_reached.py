"""What the environment says about names, path and who may read the metrics."""

import pytest

from dashboard.serving import ServingNotUsable
from dashboard.serving.settings import serving


def test_without_settings_only_this_computer():
    reached = serving("127.0.0.1", {})
    assert reached.hosts == ("localhost", "127.0.0.1", "::1")
    assert reached.base == ""
    assert reached.may_read_metrics("127.0.0.1")
    assert reached.may_read_metrics("::1")
    assert not reached.may_read_metrics("10.0.0.5")
    assert not reached.may_read_metrics("")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::"])  # noqa: S104
def test_others_reach_it_by_a_name_that_was_given(host):
    with pytest.raises(ServingNotUsable, match=r"DRIVE_ALLOWED_HOSTS=drive\.example\.org"):
        serving(host, {})
    assert serving(host, {"DRIVE_ALLOWED_HOSTS": "drive.example.org"}).answers_to(
        "drive.example.org"
    )


def test_names_and_networks_are_listed_with_commas():
    reached = serving(
        "127.0.0.1",
        {
            "DRIVE_ALLOWED_HOSTS": "Drive.Example.org, *.inside.example",
            "DRIVE_METRICS_FROM": "10.0.0.5, 10.1.0.0/16",
        },
    )
    assert reached.answers_to("drive.example.org:443")
    assert reached.answers_to("a.inside.example")
    assert reached.may_read_metrics("10.0.0.5")
    assert reached.may_read_metrics("10.1.200.3")
    assert not reached.may_read_metrics("10.0.0.6")


@pytest.mark.parametrize("given", ["drive", "/drive", "/drive/"])
def test_a_base_path_is_one_path_however_it_is_written(given):
    assert serving("localhost", {"DRIVE_BASE_PATH": given}).base == "/drive"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DRIVE_ALLOWED_HOSTS", "https://drive.example.org"),
        ("DRIVE_ALLOWED_HOSTS", "*"),
        ("DRIVE_BASE_PATH", "/a b"),
        ("DRIVE_BASE_PATH", "/../x"),
        ("DRIVE_METRICS_FROM", "everybody"),
    ],
)
def test_what_is_no_setting_is_refused_in_words(name, value):
    with pytest.raises(ServingNotUsable, match=name):
        serving("127.0.0.1", {name: value})
