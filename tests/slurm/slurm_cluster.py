"""A Slurm cluster of one controller and one node, here, for as long as the tests run.

Everything it has (key, configuration, state, logs) lies in a folder of its own; nothing of a Slurm
that this machine may have already is read or touched.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

DAEMONS = ("munged", "slurmctld", "slurmd")
_START, _STOP = 60, 10
_CONFIGURATION = """\
ClusterName=apkg
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller_port}
SlurmdPort={node_port}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket={folder}/munge.socket
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
# What needs neither control groups nor a database.
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc={folder}/completed.txt
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
MailProg=/bin/true
MpiDefault=none
ReturnToService=2
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory={memory}
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One job that Slurm has ended: its number, name and state."""

    number: int
    name: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """The cluster; ``environment`` is what its clients (``srun``, Toil) need."""

    folder: Path
    environment: dict[str, str]

    def ask(self, *command):
        """What one of Slurm's clients prints."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}\n{self.logs()}"
        return done.stdout

    def ended(self):
        """All jobs, once none is left running, by Slurm's own file of what has ended."""
        _until(self, lambda: not self.unfinished(), "all jobs have ended")
        text = self.ask("sacct", "--completion", "-n", "-P", "-o", "JobID,JobName%200,State")
        rows = [line.split("|") for line in text.splitlines()]
        return [Job(number=int(n), name=name, state=state) for n, name, state in rows]

    def unfinished(self):
        """The jobs that wait or run, by number."""
        return self.ask("squeue", "-h", "-o", "%i").split()

    def running(self):
        """The jobs that run, by number."""
        return self.ask("squeue", "-h", "-o", "%i", "--states=RUNNING").split()

    def until(self, is_so, what):
        """Wait for something; it must not take longer than a minute."""
        _until(self, is_so, what)

    def logs(self):
        """The last lines of every daemon's log."""
        texts = []
        for path in sorted(self.folder.glob("*.log")):
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
            texts += [f"--- {path.name}", *lines]
        return "\n".join(texts)


def missing():
    """The daemons that are not installed."""
    return [name for name in DAEMONS if _program(name) is None]


@contextmanager
def running_cluster():
    """Start a cluster; its daemons are stopped in the end, whatever happens."""
    with ExitStack() as stack:
        # Not in pytest's folder: munge refuses a socket that others cannot reach, and the path
        # of a socket must be short.
        folder = Path(f"/tmp/apkg-slurm-{secrets.token_hex(4)}")
        folder.mkdir(mode=0o755)
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        cluster = Cluster(folder=folder, environment=_environment(folder))
        _configure(folder)
        _start(stack, cluster, "munged", *_munge_options(folder))
        _until(cluster, (folder / "munge.socket").exists, "munged makes its socket")
        for name in ("slurmctld", "slurmd"):
            _start(stack, cluster, name, "-D", "-f", str(folder / "slurm.conf"))
        _until(cluster, lambda: _state(cluster) == "idle", "the node is idle")
        # Before the daemons go: a job's own process would outlive them.
        stack.callback(_cancel_all, cluster)
        yield cluster


def _environment(folder):
    # A job that runs these tests may be one of another Slurm.
    # Measuring what they run takes as long again, and other tests measure the same lines.
    others = ("SLURM_", "TOIL_SLURM_", "COVERAGE_PROCESS")
    outside = {k: v for k, v in os.environ.items() if not k.startswith(others)}
    return outside | {"SLURM_CONF": str(folder / "slurm.conf")}


def _configure(folder):
    for name in ("state", "spool"):
        (folder / name).mkdir()
    key = folder / "munge.key"
    key.touch(mode=0o600)
    key.write_bytes(secrets.token_bytes(1024))
    controller_port, node_port = _free_ports(2)
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    text = _CONFIGURATION.format(
        host=socket.gethostname().split(".")[0],
        controller_port=controller_port,
        node_port=node_port,
        user=pwd.getpwuid(os.getuid()).pw_name,
        folder=folder,
        cpus=min(2, os.cpu_count() or 1),
        # Leave a tenth: what a node has is to be no less than what it says.
        memory=int(pages * 0.9) >> 20,
    )
    (folder / "slurm.conf").write_text(text, encoding="utf-8")


def _free_ports(number):
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(number)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def _munge_options(folder):
    files = {"key-file": "munge.key", "socket": "munge.socket", "seed-file": "munge.seed"}
    files |= {"pid-file": "munged.pid", "log-file": "munge.log"}
    return ["--foreground", *(f"--{option}={folder / name}" for option, name in files.items())]


def _program(name):
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])
    return shutil.which(name, path=path)


def _start(stack, cluster, name, *options):
    with (cluster.folder / f"{name}.log").open("wb") as log:
        daemon = subprocess.Popen(
            [_program(name), *options],
            env=cluster.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            # Ctrl-C is for the tests; they stop the daemons in order.
            start_new_session=True,
        )
    stack.callback(_stop, daemon)


def _stop(daemon):
    daemon.send_signal(signal.SIGTERM)
    try:
        daemon.wait(_STOP)
    except subprocess.TimeoutExpired:
        os.killpg(daemon.pid, signal.SIGKILL)
        daemon.wait()


def _until(cluster, is_so, what):
    limit = time.monotonic() + _START
    while not is_so():
        assert time.monotonic() < limit, f"waited {_START} s until {what}\n{cluster.logs()}"
        time.sleep(0.2)


def _state(cluster):
    done = subprocess.run(
        ["sinfo", "-h", "-o", "%t"],
        env=cluster.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()


def _cancel_all(cluster):
    for number in cluster.unfinished():
        cluster.ask("scancel", number)
    _until(cluster, lambda: not cluster.unfinished(), "no job is left")
