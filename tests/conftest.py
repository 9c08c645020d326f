"""What holds for all tests: no property is timed, as no machine is always quiet; none opens a connection."""

import signal
import sys

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

CONNECTS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")


def refuse_connections(event: str, arguments: tuple[object, ...]) -> None:
    """Stops whatever would open a connection in this process; a socket of the file system is none."""
    if event in CONNECTS and not (event == "socket.connect" and isinstance(arguments[1], str | bytes)):
        raise RuntimeError(f"no test may open a connection: {event} {arguments}")


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # in the background of a shell; runs inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)
sys.addaudithook(refuse_connections)
