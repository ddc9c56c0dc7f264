"""Computes what each circuit of this folder should give, with NumPy and nothing of Hilbert.

usage: python expected.py [DIRECTORY]     writes NAME.expected.json for each NAME.qasm; here by default

A record holds `circuit`, `qubits`, `probabilities` (over all qubits before the final measurements,
bit strings with qubit 0 rightmost, entries above 1e-12) and `expectations` (observables of OBSERVABLES
and their values). Where Qiskit is installed its state of the same file is compared with ours first.
"""

import ast
import json
import math
import operator
import pathlib
import re
import sys

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
SMALLEST = 1e-12

OBSERVABLES = {
    "adder": ["Z5", "Z5*Z9", "X1", "Z1*Z5"],
    "bell": ["Z0*Z1", "X0*X1", "Y0*Y1", "Z0"],
    "bernstein-vazirani": ["Z0 + Z1 + Z2 + Z3 + Z4 + Z5", "X6"],
    "brickwork": ["Z0", "0.5*Z0*Z1 - X2", "X0*Y3*Z7 + 0.25*Z4"],
    "ghz": ["X0*X1*X2*X3*X4", "Z0*Z4", "Z2"],
    "grover": ["Z0 - Z1 + Z2", "X0"],
    "hardware-efficient": ["Z0*Z1 + Z1*Z2 + Z2*Z3 + Z3*Z4 + Z4*Z5", "-0.5*Z0", "X0*X5"],
    "ising": [
        "-1.0*Z0*Z1 - Z1*Z2 - Z2*Z3 - Z3*Z4 - Z4*Z5"
        " - 0.8*X0 - 0.8*X1 - 0.8*X2 - 0.8*X3 - 0.8*X4 - 0.8*X5",
        "Z0*Z1 + 0.5*X0",
        "Y2",
    ],
    "phase-estimation": ["Z0", "Z4", "Z5"],
    "qaoa": ["Z0*Z1 + Z1*Z2 + Z2*Z3 + Z3*Z4 + Z4*Z5 + Z0*Z5", "X0"],
    "qft": ["Z0", "X3", "X4*X3"],
    "swap-test": ["Z0", "Z1", "Z1*Z2"],
    "teleportation": ["X2", "Y2", "Z2"],
    "w-state": ["Z0 + Z1 + Z2 + Z3", "X0*X1 + Y0*Y1", "Z0*Z1*Z2*Z3"],
}

X = np.array([[0, 1], [1, 0]], complex)
Y = np.array([[0, -1j], [1j, 0]])
Z = np.diag([1, -1]).astype(complex)
I = np.eye(2, dtype=complex)
H = np.array([[1, 1], [1, -1]], complex) / math.sqrt(2)


def u(theta, phi, lam):
    c, s = math.cos(theta / 2), math.sin(theta / 2)
    return np.array(
        [[c, -np.exp(1j * lam) * s], [np.exp(1j * phi) * s, np.exp(1j * (phi + lam)) * c]]
    )


def rotation(pauli, theta):
    return math.cos(theta / 2) * np.eye(len(pauli)) - 1j * math.sin(theta / 2) * pauli


# Operand 0 is the least significant bit of a matrix index, as everywhere in Hilbert.
GATES = {
    "x": lambda: X,
    "h": lambda: H,
    "cx": lambda: controlled(X),
    "cz": lambda: controlled(Z),
    "swap": lambda: np.eye(4)[[0, 2, 1, 3]],
    "ccx": lambda: controlled(controlled(X)),
    "cswap": lambda: controlled(np.eye(4)[[0, 2, 1, 3]]),
    "rx": lambda a: rotation(X, a),
    "ry": lambda a: rotation(Y, a),
    "rz": lambda a: rotation(Z, a),
    "rzz": lambda a: rotation(np.kron(Z, Z), a),
    "cp": lambda a: controlled(np.diag([1, np.exp(1j * a)])),
    "cry": lambda a: controlled(rotation(Y, a)),
    "u": u,
    "u3": u,
}


def controlled(matrix):
    """Adds a control below: operand 0 is the control, `matrix` acts on the rest."""
    return np.kron(np.eye(len(matrix)), np.diag([1, 0])) + np.kron(matrix, np.diag([0, 1]))


def number(text):
    """Evaluates an angle: numbers, pi, the four operations and signs."""
    operations = {
        ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
        ast.Div: operator.truediv, ast.USub: operator.neg, ast.UAdd: operator.pos,
    }  # fmt: skip

    def value(node):
        if isinstance(node, ast.Constant):
            return float(node.value)
        if isinstance(node, ast.Name) and node.id == "pi":
            return math.pi
        if isinstance(node, ast.BinOp):
            return operations[type(node.op)](value(node.left), value(node.right))
        if isinstance(node, ast.UnaryOp):
            return operations[type(node.op)](value(node.operand))
        raise ValueError(f"not an angle: {text}")

    return value(ast.parse(text.strip(), mode="eval").body)


def apply(state, matrix, qubits, count):
    """Applies a matrix to `qubits` of a state whose axis 0 is its highest qubit."""
    axes = [count - 1 - q for q in reversed(qubits)]
    tensor = matrix.reshape([2] * (2 * len(qubits)))
    moved = np.tensordot(tensor, state, (range(len(qubits), 2 * len(qubits)), axes))
    return np.moveaxis(moved, range(len(qubits)), axes)


def final_state(text):
    """Runs a file of gates on single qubits and whole registers; returns its 2^n amplitudes."""
    text = re.sub(r"//[^\n]*", "", text)
    statements = [s.strip() for s in text.split(";") if s.strip()]
    first, count = {}, 0
    for register, size in re.findall(r"\bqreg (\w+)\[(\d+)\]", text):
        first[register] = (count, int(size))
        count += int(size)
    state = np.zeros([2] * count, complex)
    state[(0,) * count] = 1
    for statement in statements:
        word, arguments, rest = re.fullmatch(
            r"([\w.]+)\s*(?:\((.*)\))?\s*(.*)", statement, re.S
        ).groups()
        if word in ("OPENQASM", "include", "qreg", "creg", "barrier", "measure"):
            continue
        matrix = GATES[word](*(number(a) for a in arguments.split(","))) if arguments else None
        matrix = GATES[word]() if matrix is None else matrix
        operands = []
        for operand in rest.split(","):
            register, index = re.fullmatch(r"(\w+)(?:\[(\d+)\])?", operand.strip()).groups()
            start, size = first[register]
            operands.append([start + int(index)] if index else range(start, start + size))
        width = max(len(o) for o in operands)
        for k in range(width):
            chosen = [o[k] if len(o) > 1 else o[0] for o in operands]
            state = apply(state, matrix, chosen, count)
    return state.reshape(-1)


def expectation(text, state):
    """The mean of a sum such as `0.5*Z0*Z1 - X2`."""
    count = int(math.log2(len(state)))
    total = 0.0
    for sign, term in re.findall(r"([+-]?)\s*([\w.*]+)", text):
        coefficient, image = (-1.0 if sign == "-" else 1.0), state.reshape([2] * count)
        for factor in term.split("*"):
            if factor[0] in "XYZ":
                pauli = {"X": X, "Y": Y, "Z": Z}[factor[0]]
                image = apply(image, pauli, [int(factor[1:])], count)
            else:
                coefficient *= float(factor)
        total += coefficient * np.vdot(state, image.reshape(-1)).real
    return float(total)


def check_against_qiskit(path, state):
    try:
        from qiskit import qasm2
        from qiskit.quantum_info import Statevector
    except ImportError:
        return
    circuit = qasm2.load(path, custom_instructions=qasm2.LEGACY_CUSTOM_INSTRUCTIONS)
    circuit.remove_final_measurements()
    gap = np.abs(np.asarray(Statevector(circuit)) - state).max()
    if gap > 1e-13:
        raise SystemExit(f"{path.name}: our state and Qiskit's differ by {gap:.1e}")


def main(directory):
    for path in sorted(HERE.glob("*.qasm")):
        state = final_state(path.read_text())
        check_against_qiskit(path, state)
        count = int(math.log2(len(state)))
        probabilities = np.abs(state) ** 2
        record = {
            "circuit": path.name,
            "qubits": count,
            "probabilities": {
                format(i, f"0{count}b"): float(p)
                for i, p in enumerate(probabilities)
                if p > SMALLEST
            },
            "expectations": [
                {"observable": o, "value": expectation(o, state)} for o in OBSERVABLES[path.stem]
            ],
        }
        target = pathlib.Path(directory) / f"{path.stem}.expected.json"
        target.write_text(json.dumps(record, indent=1) + "\n")


main(sys.argv[1] if len(sys.argv) > 1 else HERE)
