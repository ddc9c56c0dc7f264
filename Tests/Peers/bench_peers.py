"""Times qsim's workloads beside other simulators, each pair in the same minute, and prints a table.

usage: bench_peers.py --ours QSIM [--write FILE.md] [--rounds 5] [--threads T] [--only WORD] [--quick]
                      [--peers NAMES] [--environments DIRECTORY]

Each of our measurements stands between two of the peer's: a window. Windows in which the peer moved by more
than a fifth are dropped, since the machine's load changed; the figures are medians over the windows that
are left. A peer that took over SLOWER times the fastest of its row in the first round is not timed again.
A program whose values differ from ours is shown without a ratio. Set-up and compilation are not
timed; the first call is shown apart from the warm ones.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent

# Relative agreement asked of each precision before a ratio is shown.
AGREEMENT = {"double": 1e-9, "single": 2e-4}

GRADIENT = ["pennylane-default", "pennylane-lightning", "tensorcircuit", "qulacs", "mindquantum"]
CHAIN = ["pennylane-lightning", "qulacs", "mindquantum"]
STATE = ["qulacs", "qulacs-optimized", "pennylane-lightning", "aer"]

# (workload, its extents, our precision, peers); the first of each workload makes up --quick.
ROWS = [
    ("gradient", {"qubits": 4, "layers": 3, "batch": 32}, "double", GRADIENT + ["deepquantum"]),
    ("gradient", {"qubits": 8, "layers": 3, "batch": 32}, "double", GRADIENT + ["deepquantum"]),
    ("gradient", {"qubits": 10, "layers": 4, "batch": 64}, "double", GRADIENT + ["deepquantum"]),
    ("gradient", {"qubits": 12, "layers": 4, "batch": 32}, "double", GRADIENT + ["deepquantum"]),
    ("vqe", {"qubits": 12, "layers": 4}, "double", CHAIN),
    ("vqe", {"qubits": 16, "layers": 3}, "double", CHAIN),
    ("vqe", {"qubits": 20, "layers": 2}, "double", CHAIN),
    ("statevector", {"qubits": 12, "depth": 10}, "double", STATE),
    ("statevector", {"qubits": 20, "depth": 10}, "double", STATE),
    ("statevector", {"qubits": 20, "depth": 10}, "single", ["qsimcirq", "aer-single"]),
    ("statevector", {"qubits": 24, "depth": 10}, "double", ["qulacs-optimized", "aer"]),
    ("statevector", {"qubits": 24, "depth": 10}, "single", ["qsimcirq", "aer-single"]),
    ("statevector", {"qubits": 28, "depth": 10}, "single", ["qsimcirq"]),
    ("statevector", {"qubits": 24, "depth": 10, "entangler": "random"}, "double", ["aer"]),
    ("statevector", {"qubits": 24, "depth": 10, "entangler": "random"}, "single", ["qsimcirq"]),
    ("dense", {"qubits": 24, "depth": 14}, "single", ["qsimcirq", "qsimcirq-3", "qsimcirq-4"]),
    ("sampling", {"qubits": 20, "depth": 10, "samples": 1000000}, "double", ["aer"]),
    ("density", {"qubits": 10, "depth": 20}, "double", ["aer"]),
    ("kernel", {"qubits": 6, "samples": 50}, "double", ["qiskit", "pennylane-lightning"]),
    ("kernel", {"qubits": 8, "samples": 200}, "double", ["qiskit"]),
    ("kernel", {"qubits": 10, "samples": 500}, "double", ["qiskit"]),
]

# Peers that compute in another precision than the row says.
SINGLE = {"qsimcirq", "qsimcirq-3", "qsimcirq-4", "aer-single", "deepquantum"}
# Peers with an environment of their own; all others share .venv-peers.
OWN_ENVIRONMENT = {"mindquantum", "deepquantum"}
CHECKED = ("value", "sum", "gradientNorm", "inputGradientNorm")
# Shares of a million outcomes have standard errors of 5e-4 at most: five of the difference of two.
SHARE_AGREEMENT = 3.6e-3
# A peer may move by this share within a window.
STEADY = 0.2
# Peers this many times as slow as the fastest in the first round cannot be the fastest of a quieter one.
SLOWER = 2.0


def flags(extents):
    return [word for name, size in extents.items() for word in (f"--{name}", str(size))]


def command(program, workload, extents, precision, options):
    """The command line that times one program."""
    common = [*flags(extents), "--threads", str(options.threads)]
    if program == "hilbert":
        # Density matrices are in double precision alone.
        settings = [] if workload == "density" else ["--precision", precision]
        return [options.ours, "bench", workload, *common, *settings, "--format", "json"]
    environment = f".venv-peers-{program}" if program in OWN_ENVIRONMENT else ".venv-peers"
    python = pathlib.Path(options.environments) / environment / "bin" / "python"
    return [str(python), str(HERE / f"{workload}.py"), program, *common]


def measure(line):
    """Runs one command; returns its record, or a sentence on what went wrong."""
    try:
        outcome = subprocess.run(line, capture_output=True, text=True, timeout=900)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"did not run: {error.__class__.__name__}"
    for text in reversed(outcome.stdout.splitlines()):
        if text.startswith("{") and text.endswith("}"):
            return json.loads(text)
    try:
        return json.loads(outcome.stdout)
    except json.JSONDecodeError:
        lines = outcome.stderr.strip().splitlines() or ["no output"]
        return f"exit code {outcome.returncode}: {lines[-1][:100]}"


def disagreement(record, ours, tolerance):
    """The first checked value that differs by more than the tolerance, or None."""
    for key in CHECKED:
        if key in record and key in ours:
            gap = abs(record[key] - ours[key])
            if gap > tolerance * max(abs(ours[key]), abs(record[key])):
                return f"{key} {record[key]:.12g}, ours {ours[key]:.12g}"
    if "ones" in record and "ones" in ours and abs(record["ones"] - ours["ones"]) > SHARE_AGREEMENT:
        return f"ones {record['ones']:.6g}, ours {ours['ones']:.6g}"
    return None


def time_row(workload, extents, precision, peers, options):
    """For each peer its windows: (the peer's record, ours, the peer's again)."""
    windows = {name: [] for name in peers}
    for turn in range(options.rounds):
        for name in peers if turn == 0 else near_fastest(windows):
            window = []
            for program in (name, "hilbert", name):
                record = measure(command(program, workload, extents, precision, options))
                print(f"  {workload} {program}: {brief(record)}", file=sys.stderr, flush=True)
                window.append(record)
            fault = next((record for record in window if isinstance(record, str)), None)
            windows[name].append(fault or window)
    return windows


def near_fastest(windows):
    """The peers that ran, but for those much slower than the fastest in the first round."""
    first = {
        name: min(found[0][0]["medianMs"], found[0][2]["medianMs"])
        for name, found in windows.items()
        if not any(isinstance(window, str) for window in found)
    }
    return [name for name in first if first[name] <= SLOWER * min(first.values())]


def brief(record):
    return record if isinstance(record, str) else f"{record['medianMs']:.4g} ms"


def rows_of_table(workload, extents, precision, windows):
    what = f"{workload}: " + ", ".join(f"{name} {size}" for name, size in extents.items())
    for name, found in windows.items():
        label = f"| {what}, {precision} | {name}"
        kind = "single" if name in SINGLE or precision == "single" else "double"
        if kind == "single" and precision == "double":
            label += " (single)"
        if isinstance(found[-1], str):
            yield f"{label} | {found[-1]} | | | | |"
            continue
        steady = [w for w in found if is_steady(w)]
        used = steady or found
        theirs = statistics.median(statistics.mean([w[0]["medianMs"], w[2]["medianMs"]]) for w in used)
        ours = statistics.median(w[1]["medianMs"] for w in used)
        first = statistics.median(w[1]["firstMs"] for w in used)
        note = disagreement(found[-1][0], found[-1][1], AGREEMENT[kind])
        ratio = f"differs: {note}" if note else f"{theirs / ours:.1f}"
        yield (
            f"{label} | {theirs:.4g} | {ours:.4g} | {first:.4g} | {ratio} "
            f"| {len(steady)} of {len(found)} |"
        )


def is_steady(window):
    before, after = window[0]["medianMs"], window[2]["medianMs"]
    return abs(before - after) <= STEADY * min(before, after)


def write(path, lines):
    """The rows so far: a run that is cut off leaves what it has."""
    target = pathlib.Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(lines) + "\n")


def processor():
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text()
        return next(l.split(":", 1)[1].strip() for l in text.splitlines() if "model name" in l)
    except (OSError, StopIteration):
        return platform.machine()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ours", required=True, help="the qsim program")
    parser.add_argument("--write", help="a Markdown file for the table")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--only", default="", help="rows and peers whose text holds this word")
    parser.add_argument("--peers", default="", help="these peers alone, by name, with commas")
    parser.add_argument("--quick", action="store_true", help="the smallest row of each workload")
    parser.add_argument("--environments", default=".", help="where the Python environments lie")
    options = parser.parse_args()

    rows, seen = [], set()
    for workload, extents, precision, peers in ROWS:
        if options.quick and workload in seen:
            continue
        seen.add(workload)
        if options.only and options.only not in f"{workload} {extents}":
            peers = [p for p in peers if options.only in p]
        if options.peers:
            peers = [p for p in peers if p in options.peers.split(",")]
        if peers:
            rows.append((workload, extents, precision, peers))

    lines = [
        f"{datetime.date.today()}, {processor()}, {options.threads} threads; medians of "
        f"{options.rounds} rounds in milliseconds; ratio: peer's time to ours.",
        "",
        "| Workload | Peer | Peer, ms | Hilbert, ms | First call, ms | Ratio | Steady windows |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        lines += rows_of_table(*row[:3], time_row(*row, options))
        if options.write:
            write(options.write, lines)
    print("\n".join(lines))


if __name__ == "__main__":
    main()
