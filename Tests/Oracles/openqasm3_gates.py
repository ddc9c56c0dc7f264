"""Writes DIRECTORY/openqasm3_gates.json: the matrices of U, gphase and every gate of stdgates.inc.

usage: openqasm3_gates.py [DIRECTORY]

The definitions are those of the file stdgates.inc that Qiskit ships, evaluated here statement by statement from
OpenQASM 3's own U, whose first entry at theta is (1 + e^{i theta}) / 2, and from gphase, ctrl, inv and pow. The file
defines CX by a U that lacks the phase which it gives x; the specification calls CX another name of cx, and so does this.

Matrices are sparse as in qiskit_gates.json; qubit 0, the first named, is the least significant bit.
"""

import json
import math
import pathlib
import re
import sys

import numpy as np
import qiskit
from qiskit.quantum_info import Operator

ANGLES = [[0.3, -1.1, 2.7, 0.9], [-2.2, 0.4, 1.3, -0.6], [3.9, 5.1, -4.4, 2.0]]

CALL = re.compile(r"^(?P<modifiers>(?:\w+(?:\([^)]*\))?\s*@\s*)*)(?P<name>\w+)(?:\((?P<angles>.*)\))?(?P<qubits>[\w\s,]*)$")


def u(theta, phi, lam):
    """The built-in gate, as the specification of OpenQASM 3 defines it."""
    turn = np.exp(1j * theta)
    return 0.5 * np.array([
        [1 + turn, -1j * np.exp(1j * lam) * (1 - turn)],
        [1j * np.exp(1j * phi) * (1 - turn), np.exp(1j * (phi + lam)) * (1 + turn)]])


def controlled(matrix):
    """The matrix under one control, the least significant qubit."""
    size = len(matrix)
    result = np.eye(2 * size, dtype=complex)
    result[1::2, 1::2] = matrix
    return result


def embedded(matrix, places, count):
    """The matrix on the qubits `places` of `count`."""
    size = 1 << count
    result = np.zeros((size, size), dtype=complex)
    for column in range(size):
        rest = column
        inner = 0
        for bit, place in enumerate(places):
            inner |= (column >> place & 1) << bit
            rest &= ~(1 << place)
        for row in range(len(matrix)):
            outer = rest
            for bit, place in enumerate(places):
                outer |= (row >> bit & 1) << place
            result[outer, column] += matrix[row, inner]
    return result


def definitions():
    """The gates of stdgates.inc: name, parameters, qubits and statements."""
    path = pathlib.Path(qiskit.__file__).parent / "qasm" / "libs" / "stdgates.inc"
    text = re.sub(r"//[^\n]*", "", path.read_text(encoding="utf-8"))
    gates = {}
    for name, parameters, qubits, body in re.findall(
            r"gate\s+(\w+)\s*(?:\(([^)]*)\))?\s*([^{]*)\{([^}]*)\}", text):
        names = [part.strip() for part in parameters.split(",") if part.strip()]
        operands = [part.strip() for part in qubits.split(",")]
        statements = [part.strip() for part in body.split(";") if part.strip()]
        gates[name] = (names, operands, statements)
    gates["CX"] = ([], ["a", "b"], ["cx a, b"])
    return gates


def matrix(name, angles, gates):
    """The matrix of a gate at angles."""
    if name == "U":
        return u(*angles)
    if name == "gphase":
        return np.array([[np.exp(1j * angles[0])]])
    names, operands, statements = gates[name]
    values = dict(zip(names, angles)) | {"pi": math.pi, "π": math.pi}
    result = np.eye(1 << len(operands), dtype=complex)
    for statement in statements:
        call = CALL.match(statement)
        inner = [eval(part, {"__builtins__": {}}, values)  # the file is the library's own
                 for part in (call["angles"] or "").split(",") if part.strip()]
        step = matrix(call["name"], inner, gates)
        for modifier in reversed([part.strip() for part in call["modifiers"].split("@") if part.strip()]):
            if modifier == "ctrl":
                step = controlled(step)
            elif modifier == "inv":
                step = step.conj().T
            else:
                step = Operator(step).power(float(modifier[4:-1])).data
        qubits = [operands.index(part.strip()) for part in call["qubits"].split(",") if part.strip()]
        result = embedded(step, qubits, len(operands)) @ result
    return result


def tidy(value):
    """Rounds what is below double precision away, and the sign of zero with it."""
    return round(float(value), 15) + 0.0


def main(directory):
    gates = definitions()
    counts = {name: len(names) for name, (names, _, _) in gates.items()} | {"U": 3, "gphase": 1}
    rows = []
    for name, count in counts.items():
        for angles in [angles[:count] for angles in ANGLES] if count else [[]]:
            flat = matrix(name, angles, gates).reshape(-1)
            at = [int(place) for place in np.flatnonzero(np.abs(flat) > 1e-14)]
            rows.append({
                "name": name, "angles": angles, "size": math.isqrt(len(flat)), "at": at,
                "re": [tidy(flat[place].real) for place in at],
                "im": [tidy(flat[place].imag) for place in at]})
    path = pathlib.Path(directory) / "openqasm3_gates.json"
    with path.open("w") as file:
        lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
        file.write(f'{{"gates":[\n{lines}\n]}}\n')


if __name__ == "__main__":
    here = pathlib.Path(__file__).resolve().parent / "data"
    main(sys.argv[1] if len(sys.argv) > 1 else here)
