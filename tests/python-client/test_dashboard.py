"""The dashboard, started from Python."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
import urllib.error
import urllib.request

import pytest
from small_experiments import log

import ml_tracking


@pytest.fixture
def shown(store):
    log(store, ["cat", "dog"], ["cat", "cat"])
    found = ml_tracking.dashboard(store=store)
    yield found
    found.close()


def ask(url):
    with urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor()).open(url) as answer:
        return answer.status, answer.url


def test_it_answers_at_its_address_until_it_is_closed(store, shown):
    status, url = ask(shown.url)
    assert status == 200 and "token" not in url
    assert ml_tracking.dashboard(store=store).url == shown.url  # the one that runs
    page = ml_tracking.dashboard("pets & co", store=store, height=300)
    assert page.url.replace("/projects/pets%20%26%20co", "/") == shown.url
    assert 'height: 300px' in page._repr_html_() and repr(page) == f"Dashboard of {store}: {page.url}"
    shown.close()
    assert not page.is_running and repr(page) == f"Dashboard of {store}: ended" == page._repr_html_()[3:-4]
    with pytest.raises(urllib.error.URLError):
        ask(shown.url)
    again = ml_tracking.dashboard(store=store)
    assert ask(again.url)[0] == 200
    again.close()


def test_it_ends_with_the_process_that_started_it_however_that_ends(store):
    script = """
        import json, sys, ml_tracking
        shown = ml_tracking.dashboard(store=sys.argv[1])
        print(json.dumps([shown.url, shown._process.pid]), flush=True)
        sys.stdin.read()
    """
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    child = subprocess.Popen([sys.executable, "-c", textwrap.dedent(script), store], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, env=env, text=True)
    url, pid = json.loads(child.stdout.readline())
    assert ask(url)[0] == 200
    child.send_signal(signal.SIGKILL)
    child.wait()
    for _ in range(300):
        try:
            ask(url)
        except (urllib.error.URLError, OSError):
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("the dashboard goes on without the process that started it")


@pytest.mark.parametrize(("arguments", "error", "text"), [
    ({"project": 3}, ml_tracking.InvalidType, "project is 3"),
    ({"height": "tall"}, ml_tracking.InvalidType, "height is 'tall'"),
    ({"height": 0}, ml_tracking.InvalidValue, "height is 0"),
    ({"store": "s3:/bucket"}, ml_tracking.InvalidValue, 'store is "s3:/bucket", which is no address of a bucket'),
])
def test_what_is_no_argument_is_refused(arguments, error, text):
    with pytest.raises(error, match=text):
        ml_tracking.dashboard(**arguments)
