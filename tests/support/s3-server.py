"""moto's S3 server, one write at a time: moto looks at a condition first and writes then, which lets two writers in between win
together once in some thousand writes. S3 decides and writes in one step."""

import sys
import threading

from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import run_simple

application = DomainDispatcherApplication(create_backend_app)
one_write = threading.Lock()


def one_write_at_a_time(environment, start_response):
    if environment["REQUEST_METHOD"] in ("GET", "HEAD"):
        return application(environment, start_response)
    with one_write:
        return application(environment, start_response)


run_simple(
    "127.0.0.1",
    int(sys.argv[1]),
    one_write_at_a_time,
    threaded=True,
    request_handler=MotoRequestHandler,
)
