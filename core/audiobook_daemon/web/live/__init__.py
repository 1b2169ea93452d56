"""What happens, told to whoever looks on while it happens.

`Live.subscribe` lends a `Subscription`: what stands in the event log comes in order, complete, and numbered, so that
one can go on where one was; what passes (how far a run is, how an instance does) comes as it stands last. The log is
its own queue and the rest is kept once for each thing, so a slow onlooker costs no memory.
"""

from audiobook_daemon.web.live.live import Live
from audiobook_daemon.web.live.messages import Message
from audiobook_daemon.web.live.progress import Step
from audiobook_daemon.web.live.subscription import Subscription

__all__ = ["Live", "Message", "Step", "Subscription"]
