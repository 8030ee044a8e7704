"""What stands between the network and the screens: who may ask, what is answered, what is told."""

from dashboard.serving.settings import Serving, ServingNotUsable

__all__ = ["Serving", "ServingNotUsable"]
