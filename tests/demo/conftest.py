"""Made-up services, each made once: the default one, and a larger one for proportions."""

import pytest
from made_up import TODAY, Service, make


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The service at its default size."""
    return make(tmp_path_factory.mktemp("demo"), None, 1, TODAY)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A service large enough for proportions to be near what they are meant to be."""
    return make(tmp_path_factory.mktemp("large-demo"), 3000, 2, TODAY)
