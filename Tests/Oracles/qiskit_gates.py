"""Writes DIRECTORY/qiskit_gates.json: Qiskit's matrices of every gate of the catalogue.

usage: qiskit_gates.py [DIRECTORY]

Each matrix is sparse: `size`, and for each entry above 1e-14 its place row * size + column in `at`
and its parts in `re` and `im`. Qubit 0, the first named, is the least significant bit; controls come
before the gate's qubits, the state of control k being bit k of `state`.
"""

import json
import math
import pathlib
import sys

import numpy as np
import qiskit
from qiskit import QuantumCircuit
from qiskit.circuit import library as lib
from qiskit.quantum_info import Operator, Pauli, Statevector

ANGLES = [
    [0.3, -1.1, 2.7, 0.9],
    [-2.2, 0.4, 1.3, -0.6],
    [3.9, 5.1, -4.4, 2.0],
]


def fsim(theta, phi):
    """The gate by its definition, from Qiskit's exchange interaction and controlled phase."""
    circuit = QuantumCircuit(2, name="fsim")
    circuit.append(lib.XXPlusYYGate(2 * theta, 0), [0, 1])
    circuit.cp(-phi, 0, 1)
    return lib.UnitaryGate(Operator(circuit))


def root_w():
    """The principal square root of (X + Y) / sqrt(2)."""
    w = (lib.XGate().to_matrix() + lib.YGate().to_matrix()) / math.sqrt(2)
    return lib.UnitaryGate(Operator(w).power(0.5))


# The name in the catalogue: the number of parameters, and Qiskit's gate.
GATES = {
    "id": (0, lib.IGate), "x": (0, lib.XGate), "y": (0, lib.YGate), "z": (0, lib.ZGate),
    "h": (0, lib.HGate), "s": (0, lib.SGate), "sdg": (0, lib.SdgGate), "t": (0, lib.TGate),
    "tdg": (0, lib.TdgGate), "sx": (0, lib.SXGate), "sxdg": (0, lib.SXdgGate),
    "sy": (0, lambda: lib.UnitaryGate(Operator(lib.YGate()).power(0.5))), "sqrtw": (0, root_w),
    "rx": (1, lib.RXGate), "ry": (1, lib.RYGate), "rz": (1, lib.RZGate), "r": (2, lib.RGate),
    "p": (1, lib.PhaseGate),
    "u1": (1, lib.U1Gate), "u2": (2, lib.U2Gate), "u3": (3, lib.U3Gate), "u": (3, lib.UGate),
    "cx": (0, lib.CXGate), "cy": (0, lib.CYGate), "cz": (0, lib.CZGate), "ch": (0, lib.CHGate),
    "cs": (0, lib.CSGate), "csdg": (0, lib.CSdgGate), "csx": (0, lib.CSXGate), "cp": (1, lib.CPhaseGate), "crx": (1, lib.CRXGate),
    "cry": (1, lib.CRYGate), "crz": (1, lib.CRZGate), "cu": (4, lib.CUGate),
    "swap": (0, lib.SwapGate), "iswap": (0, lib.iSwapGate),
    "sqrtiswap": (0, lambda: lib.iSwapGate().power(0.5)), "dcx": (0, lib.DCXGate),
    "fsim": (2, fsim),
    "rxx": (1, lib.RXXGate), "ryy": (1, lib.RYYGate), "rzz": (1, lib.RZZGate),
    "rzx": (1, lib.RZXGate), "ecr": (0, lib.ECRGate), "ccx": (0, lib.CCXGate),
    "ccz": (0, lib.CCZGate), "cswap": (0, lib.CSwapGate), "gphase": (1, lib.GlobalPhaseGate),
}

# Names of qelib1.inc that stand for a gate of the catalogue at other angles.
ALIASES = {"cu1": (1, lib.CU1Gate), "cu3": (3, lib.CU3Gate)}

POWERS = [
    ("x", 0.5), ("y", -0.7), ("z", 1.5), ("h", 0.3), ("s", 2.5), ("sx", 0.5), ("cz", 0.5),
    ("ch", 0.4), ("swap", 0.25), ("iswap", 0.5), ("iswap", -1.3), ("ecr", 0.6), ("ccx", 0.5),
]
POWERS_AT_ANGLES = [("rx", 0.5), ("p", 1.7), ("u", 0.3), ("crz", 0.5), ("rzz", -0.4), ("cu", 0.7)]


def tidy(value):
    """Rounds what is below double precision away, and the sign of zero with it."""
    return round(float(value), 16) + 0.0


def sparse(matrix):
    """Returns the matrix's entries above 1e-14."""
    flat = np.asarray(matrix).reshape(-1)
    at = [int(place) for place in np.flatnonzero(np.abs(flat) > 1e-14)]
    return {
        "size": int(np.asarray(matrix).shape[0]),
        "at": at,
        "re": [tidy(flat[place].real) for place in at],
        "im": [tidy(flat[place].imag) for place in at],
    }


def sets(count):
    """Returns the parameter sets of a gate."""
    return [angles[:count] for angles in ANGLES] if count else [[]]


def controlled(matrix, controls, state):
    """Returns the matrix under controls, which are the least significant qubits."""
    gate = lib.UnitaryGate(matrix) if matrix.shape[0] > 1 else None
    if gate is None:
        # A phase under controls: Qiskit makes a phase of the controls' states of it.
        diagonal = np.ones(2**controls, dtype=complex)
        diagonal[state] = matrix[0, 0]
        return np.diag(diagonal)
    return Operator(gate.control(controls, ctrl_state=state, annotated=True)).data


def main(directory):
    gates, variants, powers, strings = [], [], [], []
    for name, (count, make) in GATES.items():
        for angles in sets(count):
            gate = make(*angles)
            matrix = Operator(gate).data
            gates.append({"name": name, "angles": angles, **sparse(matrix)})
        qubits = gate.num_qubits
        for controls, state in [(1, 1), (1, 0), (2, 1), (3, 5)]:
            if qubits + controls > 4:
                continue
            if name == "gphase" and controls == 1 and state == 1:
                circuit = QuantumCircuit(1)
                circuit.append(gate.control(1), [0])
                data = Operator(circuit).data
            else:
                data = controlled(matrix, controls, state)
            variants.append(
                {"name": name, "angles": angles, "controls": controls, "state": state,
                 **sparse(data)})
    aliases = [
        {"name": name, "angles": angles, **sparse(Operator(make(*angles)).data)}
        for name, (count, make) in ALIASES.items() for angles in sets(count)
    ]
    for name, exponent in POWERS + POWERS_AT_ANGLES:
        count, make = GATES[name]
        angles = ANGLES[1][:count]
        matrix = Operator(Operator(make(*angles))).power(exponent).data
        powers.append({"name": name, "angles": angles, "exponent": exponent, **sparse(matrix)})
    for letters, angle in [("XYZ", 0.7), ("ZIY", -1.9), ("YY", 2.6), ("XXXX", 0.2)]:
        pauli = Pauli(letters).to_matrix()
        matrix = math.cos(angle / 2) * np.eye(len(pauli)) - 1j * math.sin(angle / 2) * pauli
        strings.append({"letters": letters, "angle": angle, **sparse(matrix)})

    inputs = [0.4, -1.2, 2.1]
    weights = [tidy(0.37 * k - 1.0) for k in range(18)]
    states = []
    for entanglement in ["full", "linear"]:
        circuit = lib.zz_feature_map(3, reps=2, entanglement=entanglement)
        states.append(("zz-" + entanglement, circuit.assign_parameters(inputs)))
    for entanglement in ["linear", "reverse_linear", "full"]:
        circuit = lib.efficient_su2(3, reps=2, entanglement=entanglement)
        states.append(("su2-" + entanglement, circuit.assign_parameters(weights)))
    templates = []
    for name, circuit in states:
        amplitudes = Statevector(circuit).data
        templates.append({
            "name": name, "re": [tidy(a.real) for a in amplitudes],
            "im": [tidy(a.imag) for a in amplitudes], "depth": circuit.decompose().depth()
            if len(circuit.data) == 1 else circuit.depth()})

    result = {
        "qiskit": qiskit.__version__, "gates": gates, "controlled": variants, "aliases": aliases,
        "powers": powers, "strings": strings, "inputs": inputs, "weights": weights,
        "templates": templates,
    }
    path = pathlib.Path(directory) / "qiskit_gates.json"
    with path.open("w") as file:
        lines = [f'"{key}":' + (json.dumps(value, separators=(",", ":")) if not isinstance(value, list)
                 or not value or not isinstance(value[0], dict) else "[\n" + ",\n".join(
                     json.dumps(row, separators=(",", ":")) for row in value) + "\n]")
                 for key, value in result.items()]
        file.write("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    here = pathlib.Path(__file__).resolve().parent / "data"
    main(sys.argv[1] if len(sys.argv) > 1 else here)
