"""Runs circuit files that other tools have written with qsim, and compares with Qiskit Aer.

usage: check_files.py --qsim QSIM [--most-qubits 16] [--only WORD] [--keep DIRECTORY]

Circuits are those of MQT Bench and of Qiskit's library, written by Qiskit as OpenQASM 2 and 3, and PennyLane's
templates, written by PennyLane as OpenQASM 2. For each file all probabilities of all qubits, without the final
measurements, are compared with Aer's state vector: they may differ by AGREEMENT. Files that measure, reset or ask
in the middle have counts instead, compared with Aer's at SIGMAS standard errors. Files lie in a temporary folder.
Exits with 1 if a file is refused or differs, or if fewer circuits than LEAST were compared.
"""

import argparse
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np
from qiskit import QuantumCircuit, qasm2, qasm3, transpile
from qiskit_aer import AerSimulator

import file_sources

AGREEMENT = 1e-9
# Of a few thousand outcomes that are compared, none should be further off by chance.
SIGMAS = 5.0
SHOTS = 20_000
SEED = 20
# The longest run of one file, in seconds.
PATIENCE = 300
LEAST = {"MQT Bench": 28, "Qiskit library": 12}
# A complex number as Python prints it.
COMPLEX = re.compile(r"\d\.?j\b")
SUFFIX = {"OpenQASM 2": ".qasm", "OpenQASM 3": ".qasm3.qasm"}


class Refused(Exception):
    """qsim did not run a file."""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--qsim", type=pathlib.Path, required=True)
    parser.add_argument("--most-qubits", type=int, default=16)
    parser.add_argument("--only", default="")
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        return check(options, options.keep)
    with tempfile.TemporaryDirectory(prefix="hilbert-files-") as folder:
        return check(options, pathlib.Path(folder))


def check(options, folder):
    """Compares everything, prints the table and the summary, and gives the exit code."""
    rows, skipped = [], []
    print(f"{'source':<15} {'circuit':<28} {'language':<10} {'qubits':>6} {'size':>7}  result")
    for source, name, circuit, texts in circuits(options, skipped):
        if circuit is None:
            continue
        expected = Reference(circuit)
        for language, text in texts.items():
            path = folder / f"{source}-{name}{SUFFIX[language]}".replace(" ", "-").lower()
            path.write_text(text)
            try:
                agrees, result = expected.compare(options.qsim, path)
            except Refused as refusal:
                agrees, result = False, f"REFUSED: {refusal}"
            rows.append((source, name, language, agrees, expected.is_dynamic))
            print(f"{source:<15} {name:<28} {language[-10:]:<10} {circuit.num_qubits:>6} "
                  f"{len(text) // 1024:>4} kB  {result}", flush=True)
    for line in skipped:
        print(f"not compared: {line}")
    return summary(rows, only=options.only)


def summary(rows, only):
    """Prints what was compared, by source and language, and gives the exit code."""
    print()
    short = False
    for source in dict.fromkeys(row[0] for row in rows):
        mine = [row for row in rows if row[0] == source]
        # An algorithm in two sizes counts once.
        names = {row[1].removesuffix(f"-{file_sources.LARGE}") for row in mine if row[3]}
        parts = []
        for language in SUFFIX:
            files = [row for row in mine if row[2] == language]
            if files:
                parts.append(f"{sum(row[3] for row in files)} of {len(files)} files of {language}")
        counted = sum(row[4] for row in mine)
        print(f"{source}: {len(names)} circuits agree; " + ", ".join(parts)
              + (f"; {counted} by counts" if counted else ""))
        if not only and len(names) < LEAST.get(source, 0):
            print(f"  expected {LEAST[source]} circuits at least")
            short = True
    wrong = [row for row in rows if not row[3]]
    for source, name, language, *_ in wrong:
        print(f"does not agree: {source}, {name}, {language}")
    missing = [source for source in LEAST if not any(row[0] == source for row in rows)]
    return 1 if wrong or short or (missing and not only) else 0


def circuits(options, skipped):
    """(source, name, circuit, texts by language) for every circuit that could be built."""
    def chosen(name):
        return options.only in name

    for name, circuit, reason in file_sources.mqt_bench(options.most_qubits, chosen):
        if circuit is None:
            skipped.append(f"MQT Bench, {name}: {reason}")
        else:
            yield "MQT Bench", name, circuit, written(circuit, f"MQT Bench, {name}", skipped)
    for name, build in file_sources.qiskit_library():
        if chosen(name):
            circuit = build()
            yield ("Qiskit library", name, circuit,
                   written(circuit, f"Qiskit library, {name}", skipped))
    for name, build in file_sources.pennylane():
        if chosen(name):
            text = build()
            # PennyLane writes global phases too, which Qiskit does not read and probabilities do not show.
            lines = [line for line in text.splitlines() if not line.startswith("gphase")]
            circuit = qasm2.loads(
                "\n".join(lines), custom_instructions=qasm2.LEGACY_CUSTOM_INSTRUCTIONS)
            yield "PennyLane", name, circuit, {"OpenQASM 2": text}


def written(circuit, name, skipped):
    """The circuit in the languages that Qiskit can write it in, its gates taken apart where it must be."""
    texts = {}
    for language, write in (("OpenQASM 2", qasm2.dumps), ("OpenQASM 3", qasm3.dumps)):
        reason = ""
        for taken_apart in (False, True):
            try:
                text = write(in_basis(circuit) if taken_apart else circuit)
                if COMPLEX.search(text):
                    raise ValueError("written with complex parameters, which the language has not")
                texts[language] = text
                break
            except Exception as error:
                reason = f"{type(error).__name__}: {error}".split("\n")[0]
        if language not in texts:
            skipped.append(f"{name} in {language}: {reason}"[:160])
    return texts


def in_basis(circuit):
    """The circuit in one-qubit gates and CX."""
    return transpile(circuit, basis_gates=["u", "cx"], optimization_level=0)


class Reference:
    """What Aer makes of a circuit: probabilities, or counts where it measures in the middle."""

    def __init__(self, circuit):
        bare = circuit.remove_final_measurements(inplace=False)
        names = set(bare.count_ops())
        self.is_dynamic = bool(
            names & {"measure", "reset", "if_else", "while_loop", "for_loop", "switch_case"})
        simulator = AerSimulator(method="statevector", seed_simulator=SEED)
        if self.is_dynamic:
            compiled = transpile(circuit, simulator, optimization_level=0)
            self.counts = simulator.run(compiled, shots=SHOTS).result().get_counts()
        else:
            compiled = transpile(bare, simulator, optimization_level=0)
            compiled.save_statevector()
            state = np.asarray(simulator.run(compiled).result().get_statevector())
            self.probabilities = np.abs(state) ** 2

    def compare(self, qsim, path):
        """Whether qsim agrees on a file, and how far it is off, in words."""
        if self.is_dynamic:
            found = run(qsim, path, ["--shots", str(SHOTS), "--seed", str(SEED)])["counts"]
            worst = 0.0
            for key in found.keys() | self.counts.keys():
                first, second = found.get(key, 0), self.counts.get(key, 0)
                worst = max(worst, abs(first - second) / math.sqrt(max(first + second, 25)))
            return worst <= SIGMAS, f"counts differ by {worst:.1f} standard errors at most"
        found = run(qsim, path, ["--probabilities", "--all"])["probabilities"]
        values = np.zeros_like(self.probabilities)
        for bits, probability in found.items():
            values[int(bits.replace(" ", ""), 2)] = probability
        worst = float(np.max(np.abs(values - self.probabilities)))
        return worst <= AGREEMENT, f"{worst:.1e}"


def run(qsim, path, flags):
    """What qsim says of a file, as JSON."""
    command = [str(qsim), "run", str(path), *flags, "--format", "json"]
    try:
        result = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        raise Refused(f"more than {PATIENCE} seconds") from None
    if result.returncode != 0:
        raise Refused((result.stderr.strip().splitlines() or ["no message"])[0])
    return json.loads(result.stdout)


if __name__ == "__main__":
    sys.exit(main())
