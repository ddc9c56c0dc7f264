"""Final states of random circuits, by Qiskit, beside their OpenQASM 2 text.

writes qiskit_states.json: a list of circuits, each with `name`, `qubits`, `dialect` ("qelib1": only
gates that qelib1.inc as Qiskit ships it defines; "qiskit": also those of BEYOND), `qasm` (the text), `state` (re, im; qubit 0 is the least significant bit of the index),
`probabilities` over all qubits, and `expectations`, each an observable as qsim writes it and its value.

The text is drawn from a generator of fixed seed, and Qiskit reads that same text, so that signs,
phases and the expressions of angles are all Qiskit's. Every gate of a dialect occurs in its circuits.
"""

import json
import pathlib
import random
import sys

import numpy as np
from qiskit import qasm2
from qiskit.circuit.library import CCZGate, ECRGate, RYYGate, RZXGate, iSwapGate
from qiskit.quantum_info import SparsePauliOp, Statevector

# name: (angles, qubits)
QELIB1 = {
    "id": (0, 1), "x": (0, 1), "y": (0, 1), "z": (0, 1), "h": (0, 1), "s": (0, 1), "sdg": (0, 1),
    "t": (0, 1), "tdg": (0, 1), "sx": (0, 1), "sxdg": (0, 1), "rx": (1, 1), "ry": (1, 1),
    "rz": (1, 1), "p": (1, 1), "u1": (1, 1), "u2": (2, 1), "u3": (3, 1), "u": (3, 1), "U": (3, 1),
    "CX": (0, 2), "cx": (0, 2), "cy": (0, 2), "cz": (0, 2), "ch": (0, 2), "csx": (0, 2),
    "cp": (1, 2), "cu1": (1, 2), "crx": (1, 2), "cry": (1, 2), "crz": (1, 2), "cu3": (3, 2),
    "cu": (4, 2), "swap": (0, 2), "rxx": (1, 2), "rzz": (1, 2), "ccx": (0, 3), "cswap": (0, 3),
}  # fmt: skip

# Names that Qiskit's own gates bear, and that qelib1.inc does not define.
BEYOND = {
    "iswap": (0, 2, iSwapGate), "ecr": (0, 2, ECRGate), "ryy": (1, 2, RYYGate),
    "rzx": (1, 2, RZXGate), "ccz": (0, 3, CCZGate),
}  # fmt: skip

EXPRESSIONS = [
    "pi/2", "-pi/3", "2*pi/5", "0.7310585786", "cos(0.4)+0.1", "3*(pi-1.5)/4", "sqrt(2)/3",
    "ln(3)", "-exp(-0.5)", "2^0.5", "1.5e-1", "-(0.25+pi/7)", "sin(pi/5)*tan(0.3)", "4.0", "pi",
    "-2^2/7", "1-2-0.3", "8/4/3",
]  # fmt: skip


def angle(generator):
    if generator.random() < 0.5:
        return generator.choice(EXPRESSIONS)
    return f"{generator.uniform(-6.3, 6.3):.12g}"


def circuit_text(gates, qubits, length, generator):
    """Draws `length` gates; those of `gates` that fit come up equally often, in shuffled rounds."""
    fitting = [name for name, form in gates.items() if form[1] <= qubits]
    split = qubits > 4
    registers = [("a", 3), ("b", qubits - 3)] if split else [("q", qubits)]
    places = [f"{name}[{i}]" for name, size in registers for i in range(size)]
    lines = ["OPENQASM 2.0;", 'include "qelib1.inc";']
    lines += [f"qreg {name}[{size}];" for name, size in registers]
    round_ = []
    for index in range(length):
        if not round_:
            round_ = generator.sample(fitting, len(fitting))
        name = round_.pop()
        angles, width = gates[name][:2]
        operands = ", ".join(generator.sample(places, width))
        arguments = ", ".join(angle(generator) for _ in range(angles))
        lines.append(f"{name}({arguments}) {operands};" if angles else f"{name} {operands};")
        if index % 17 == 16:
            lines.append(f"barrier {', '.join(name for name, _ in registers)};")
    return "\n".join(lines) + "\n"


def observables(qubits, generator):
    """Pauli sums, each as text and as (coefficient, {qubit: letter}) terms."""
    sums = [[(1.0, {q: "Z"})] for q in range(qubits)]
    for _ in range(3):
        terms = []
        for _ in range(generator.randint(1, 5)):
            chosen = sorted(generator.sample(range(qubits), generator.randint(1, qubits)))
            terms.append(
                (round(generator.uniform(-2, 2), 3), {q: generator.choice("XYZ") for q in chosen})
            )
        sums.append(terms)
    return sums


def text_of(terms):
    parts = []
    for coefficient, letters in terms:
        factors = "*".join(f"{letter}{q}" for q, letter in letters.items())
        sign = "-" if coefficient < 0 else "+"
        parts.append(f"{sign} {abs(coefficient)}*{factors}")
    text = " ".join(parts)
    return text[2:] if text.startswith("+") else "-" + text[2:]


def operator_of(terms, qubits):
    return SparsePauliOp.from_sparse_list(
        [("".join(l.values()), list(l.keys()), c) for c, l in terms], num_qubits=qubits
    )


def main(directory):
    generator = random.Random(20240611)
    known = list(qasm2.LEGACY_CUSTOM_INSTRUCTIONS)
    extra = [
        qasm2.CustomInstruction(name, angles, width, gate, builtin=True)
        for name, (angles, width, gate) in BEYOND.items()
    ]
    plans = [("qelib1", n, 14 + 10 * n) for n in range(1, 9)]
    plans += [("qelib1", n, 60) for n in (2, 3, 3, 4, 5, 6)]
    plans += [("qiskit", n, 8 + 8 * n) for n in range(2, 9)]

    records = []
    for number, (dialect, n, length) in enumerate(plans):
        gates = dict(QELIB1) if dialect == "qelib1" else {**QELIB1, **BEYOND}
        if dialect == "qiskit":
            length = max(length, len(gates))
        text = circuit_text(gates, n, length, generator)
        circuit = qasm2.loads(
            text, custom_instructions=known + (extra if dialect == "qiskit" else [])
        )
        state = Statevector(circuit)
        amplitudes = np.asarray(state)
        records.append(
            {
                "name": f"{dialect}-{number:02d}-{n}qubits",
                "qubits": n,
                "dialect": dialect,
                "qasm": text,
                "state": {"re": amplitudes.real.tolist(), "im": amplitudes.imag.tolist()},
                "probabilities": (np.abs(amplitudes) ** 2).tolist(),
                "expectations": [
                    {
                        "observable": text_of(terms),
                        "value": float(
                            state.expectation_value(operator_of(terms, n)).real
                        ),
                    }
                    for terms in observables(n, generator)
                ],
            }
        )
    for dialect, gates in (("qelib1", QELIB1), ("qiskit", BEYOND)):
        words = {
            line.replace("(", " ").split()[0]
            for r in records
            if r["dialect"] == dialect
            for line in r["qasm"].splitlines()
        }
        missing = set(gates) - words
        if missing:
            raise SystemExit(f"{dialect}: no circuit holds {sorted(missing)}")
    path = pathlib.Path(directory) / "qiskit_states.json"
    path.write_text(json.dumps(records, indent=1) + "\n")


main(sys.argv[1])
