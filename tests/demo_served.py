"""A demonstration served to browsers, for as long as a test looks at it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from lesson_engine.cli.demo.serving import DemoServer
from lesson_engine.cli.demo.showing import Showing
from lesson_engine.messages import Language


@contextmanager
def served(showing: Showing, address: str = "127.0.0.1", language: Language = "en") -> Iterator[DemoServer]:
    """The server; it is over when the context is left."""
    with DemoServer((address, 0), showing, language) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
