"""The real program, for tests and benches: GANTRY names its file."""

import os
import subprocess
import tempfile

GANTRY = os.path.realpath(os.environ.get("GANTRY", "build/bin/gantry"))
PATIENCE = 60  # seconds; far more than anything here needs
NEVER_ALONE = ("setpriv", "--pdeathsig", "KILL")  # it ends with the thread that started it


class Home(tempfile.TemporaryDirectory):
    """A folder to run the program in, with what the program keeps of its own hidden in it."""

    def __enter__(self):
        return self

    def path(self, name=""):
        return os.path.join(self.name, name)

    def write(self, name, data):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as file:
            file.write(data)

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def names(self, folder=""):
        """Every file below the folder, by its path from there."""
        top = self.path(folder)
        return sorted(os.path.relpath(os.path.join(at, name), top)
                      for at, _, names in os.walk(top) for name in names)

    def start(self, *words, **pipes):
        own = {f"XDG_{name}_HOME": self.path("." + name.lower())
               for name in ("CONFIG", "STATE", "CACHE", "DATA")}
        own |= {"HOME": self.name, "NO_COLOR": "1", "XDG_RUNTIME_DIR": self.path(".run"),
                "XDG_CONFIG_DIRS": self.path(".system")}
        return subprocess.Popen([*NEVER_ALONE, GANTRY, *words], cwd=self.name,
                                env=os.environ | own, **pipes)

    def run(self, *words):
        """Runs a command to its end: its status, and what it wrote to both outputs."""
        process = self.start(*words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True)
        try:
            out, err = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        return subprocess.CompletedProcess(words, process.returncode, out, err)


class Served:
    """A `cs serve` of the real program while a `with` lasts."""

    def __init__(self, home, *words, folder="served", listen="127.0.0.1:0"):
        self.process = home.start("cs", "serve", folder, "--listen", listen, *words,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("listening cs "):
            raise RuntimeError(f"cs serve said {line!r}")
        self.port = int(line.rsplit(":", 1)[1])

    def url(self, path=""):
        return f"cs://127.0.0.1:{self.port}/{path}"

    def resident_bytes(self):
        with open(f"/proc/{self.process.pid}/statm") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGESIZE")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
