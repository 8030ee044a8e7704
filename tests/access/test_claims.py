"""What a provider says is believed only where it was verified, and lets nobody in by halves."""

import pytest
from signed_in_people import token

from dashboard.access.claims import ClaimsNotUsable, claims_of


def test_a_verified_address_is_who_somebody_is():
    found = claims_of(token(" Ann@Example.org "))
    assert found.email == "ann@example.org"
    assert found.who == "ann@example.org"


@pytest.mark.parametrize("verified", [False, None, "yes", 0, "false"])
def test_an_address_that_nobody_verified_is_nobody_s(verified):
    found = claims_of(token(email_verified=verified))
    assert found.email is None
    assert found.who == "subject sub-of-ann@example.org"


def test_entra_says_that_the_owner_of_the_domain_is_known():
    assert claims_of(token(email_verified=None, xms_edov=True)).email == "ann@example.org"


@pytest.mark.parametrize("changed", [{"sub": ""}, {"sub": None}, {"sub": 7}])
def test_without_a_subject_nobody_comes_in(changed):
    with pytest.raises(ClaimsNotUsable, match="who you are"):
        claims_of(token(**changed))


@pytest.mark.parametrize("claim", ["iat", "exp"])
@pytest.mark.parametrize("value", [None, "soon", True, 1e300])
def test_without_times_nobody_comes_in(claim, value):
    with pytest.raises(ClaimsNotUsable):
        claims_of(token(**{claim: value}))


def test_another_claim_may_name_the_subject_and_the_groups(monkeypatch):
    monkeypatch.setenv("DRIVE_OIDC_SUBJECT_CLAIM", "oid")
    monkeypatch.setenv("DRIVE_OIDC_GROUPS_CLAIM", "roles")
    found = claims_of(token(oid="object-7", roles=["drive-managers"], groups=["others"]))
    assert found.subject == "object-7"
    assert found.groups == {"drive-managers"}


def test_groups_that_are_no_list_are_none():
    assert claims_of(token(groups="drive-managers")).groups == frozenset()


def test_each_sign_in_has_its_own_digest():
    first, again, later = claims_of(token()), claims_of(token()), claims_of(token(nonce="n2"))
    assert first.digest == again.digest
    assert first.digest != later.digest
