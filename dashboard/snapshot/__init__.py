"""The facts of one version of the database, read-only and shared; the lens is the only way in."""

from dashboard.snapshot.lens import Lens
from dashboard.snapshot.snapshot import Snapshot, read_snapshot
from dashboard.snapshot.store import Store, snapshot_of

__all__ = ["Lens", "Snapshot", "Store", "read_snapshot", "snapshot_of"]
