"""Alive, ready, fresh: what a supervisor, a proxy and a monitor ask.

| path | 200 | 503 |
|---|---|---|
| `/healthz/live` | the process answers | - |
| `/healthz/ready` | it has records to show | it is still reading them, or cannot |
| `/healthz/fresh` | the database answers and the records are recent | one of them is not so |

Each answers with the same JSON object: `state` ("starting", "not ready" or "ready"; asked
whether it is fresh, "stale" or "fresh"), `because` in words, `records_to`, `read_at` and `made_up`.
No number about the service is in it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard.database import DatabaseNotUsable
from dashboard.serving import metrics
from dashboard.serving.settings import Serving
from dashboard.snapshot import Store
from dashboard.snapshot.snapshot import LONDON

NO_STORE = {"cache-control": "no-store"}


class Health:
    """What is known about the server's state. `warm`: the first reading has been tried."""

    def __init__(self, store: Callable[[], Store]) -> None:
        self._store = store
        self.warm = False

    def ready(self) -> dict[str, Any]:
        """Without asking the database."""
        snapshot = self._store().held
        if snapshot is None:
            if not self.warm:
                return {"state": "starting", "because": "The records are being read."}
            return {"state": "not ready", "because": "The case database cannot be used."}
        return {
            "state": "ready",
            "because": "",
            "records_to": snapshot.latest.isoformat() if snapshot.latest else None,
            "read_at": snapshot.read_at.isoformat(timespec="seconds"),
            "made_up": snapshot.made_up,
        }

    def fresh(self) -> dict[str, Any]:
        """The same, after asking the database; stale where it is away or the records are old."""
        if not self.warm:
            return self.ready()
        try:
            snapshot = self._store().current()
        except DatabaseNotUsable:
            return self.ready()
        state = self.ready()
        reasons = []
        away = self._store().away_since
        if away is not None:
            reasons.append(f"The case database has been away since {away:%Y-%m-%d %H:%M}.")
        most = snapshot.settings.stale_days
        if snapshot.latest is None:
            reasons.append("No records have been loaded.")
        elif (age := (datetime.now(LONDON).date() - snapshot.latest).days) > most:
            reasons.append(f"The last record is {age} days old; the limit is {most}.")
        return state | {"state": "stale" if reasons else "fresh", "because": " ".join(reasons)}


def routes(health: Health, serving: Serving) -> list[Route]:
    """The three paths of health, and the metrics for those who may read them."""

    async def live(_: Request) -> Response:
        return JSONResponse({"state": "alive"}, headers=NO_STORE)

    async def ready(_: Request) -> Response:
        said = health.ready()
        return JSONResponse(said, 200 if said["state"] == "ready" else 503, headers=NO_STORE)

    async def fresh(_: Request) -> Response:
        said = await run_in_threadpool(health.fresh)
        return JSONResponse(said, 200 if said["state"] == "fresh" else 503, headers=NO_STORE)

    async def counted(request: Request) -> Response:
        caller = request.client.host if request.client else ""
        if not serving.may_read_metrics(caller):
            words = "The metrics are read from this computer, or from DRIVE_METRICS_FROM.\n"
            return Response(words, 403, media_type="text/plain")
        content, kind = await run_in_threadpool(metrics.exposition)
        return Response(content, headers={"content-type": kind, **NO_STORE})

    answers = {
        "healthz/live": live,
        "healthz/ready": ready,
        "healthz/fresh": fresh,
        "metrics": counted,
    }
    return [Route(f"{serving.base}/{path}", answer) for path, answer in answers.items()]
