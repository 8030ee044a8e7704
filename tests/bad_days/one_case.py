"""A service of one case, of 5 January 2026."""

import small_tables
from sqlalchemy import Engine

from dashboard.database import connect
from dashboard.database import database_url as parsed

SERVICE = """
areas
area_code | name   | county    | population
B1        | Slough | berkshire | 160713

service_users
service_user_id
S1

referrals
referral_id | service_user_id | area_code | received_on
R1          | S1              | B1        | 2026-01-02

cases
case_id | referral_id | area_code | allocated_on
C1      | R1          | B1        | 2026-01-05
"""


def fill(engine: Engine) -> None:
    with engine.begin() as connection:
        small_tables.write(connection, SERVICE)
    engine.dispose()


def engine_of(url: str) -> Engine:
    return connect(parsed(url))
