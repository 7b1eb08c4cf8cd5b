"""Runs MLflow's own server, and ends all of its processes with itself: the command leaves the one that answers."""

import os
import signal
import subprocess
import sys

os.environ["MLFLOW_SERVER_ENABLE_JOB_EXECUTION"] = "false"  # seven more processes, which nobody here asks for anything
server = subprocess.Popen([sys.executable, "-m", "mlflow", "server", *sys.argv[1:]], start_new_session=True)
signal.signal(signal.SIGTERM, lambda *_: os.killpg(server.pid, signal.SIGKILL))
sys.exit(server.wait())
