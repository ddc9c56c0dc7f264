"""Expectation values, variances, gradients and kernels of the files of circuits/variational, by NumPy.

writes variational.json:
  mixed: `qasm` (OpenQASM 3 with inputs), `point` (the values of its inputs), `observables`, each with `observable`,
    `value`, `variance` and `gradient` (by the names of the numbers)
  ising: `energy`, the lowest eigenvalue of -sum Z Z - sum X on an open chain of six qubits
  encoding: `samples` and `kernel`, |<psi(a)|psi(b)>|^2 of circuits/variational/encoding.qasm

Everything is dense: matrices of 2^n rows, derivatives by the product rule on -i G exp(-i a G).
"""

import json
import pathlib
import sys

import numpy as np

I2 = np.eye(2, dtype=complex)
PAULI = {
    "I": I2, "X": np.array([[0, 1], [1, 0]], complex), "Y": np.array([[0, -1j], [1j, 0]]),
    "Z": np.array([[1, 0], [0, -1]], complex),
}  # fmt: skip
ONE = np.diag([0, 1]).astype(complex)


def embed(count, operators):
    """The product of one-qubit operators, qubit 0 the least significant bit."""
    result = np.eye(1, dtype=complex)
    for qubit in range(count):
        result = np.kron(operators.get(qubit, I2), result)
    return result


def exponential(generator, angle):
    values, vectors = np.linalg.eigh(generator)
    return (vectors * np.exp(-1j * angle * values)) @ vectors.conj().T


class Circuit:
    """Steps of (matrix, None) or (generator, {name: coefficient, "": constant}): exp(-i a G)."""

    def __init__(self, count):
        self.count = count
        self.steps = []

    def fixed(self, operators):
        self.steps.append((embed(self.count, operators), None))

    def controlled(self, control, target, letter):
        zero = embed(self.count, {control: I2 - ONE})
        self.steps.append((zero + embed(self.count, {control: ONE, target: PAULI[letter]}), None))

    def turn(self, operators, **angle):
        """exp(-i a P) with the generator P that the operators give."""
        self.steps.append((embed(self.count, operators), angle))

    def states(self, point):
        """The final state and its derivative with respect to every name."""
        state = np.zeros(2**self.count, complex)
        state[0] = 1
        slopes = {name: np.zeros_like(state) for name in point}
        for matrix, angle in self.steps:
            if angle is None:
                state = matrix @ state
                slopes = {name: matrix @ slope for name, slope in slopes.items()}
                continue
            value = angle.get("constant", 0) + sum(
                factor * point[name] for name, factor in angle.get("factors", {}).items()
            )
            unitary = exponential(matrix, value)
            slopes = {name: unitary @ slope for name, slope in slopes.items()}
            state = unitary @ state
            for name, factor in angle.get("factors", {}).items():
                slopes[name] = slopes[name] - 1j * factor * (matrix @ state)
        return state, slopes


def observable(count, text):
    """A sum such as "0.5*Z0*Z1 - X2"."""
    total = np.zeros((2**count, 2**count), complex)
    for term in text.replace("- ", "+ -").split("+ "):
        sign = -1 if term.strip().startswith("-") else 1
        coefficient, operators = 1.0, {}
        for factor in term.strip().lstrip("-").split("*"):
            if factor[0] in "XYZ":
                operators[int(factor[1:])] = PAULI[factor[0]]
            else:
                coefficient *= float(factor)
        total += sign * coefficient * embed(count, operators)
    return total


MIXED = """OPENQASM 3.0;
include "stdgates.inc";
input float theta;
input array[float, 4] phi;
qubit[4] q;
h q[0];
ry(theta) q[1];
rx(phi[0]) q[2];
cx q[0], q[3];
rz(phi[1] + 0.5*theta) q[3];
cz q[1], q[2];
crx(phi[2]) q[0], q[2];
cp(2*phi[3]) q[1], q[3];
ry(0.3 - phi[0]) q[0];
cx q[2], q[1];
rx(theta) q[3];
"""


def mixed():
    circuit = Circuit(4)
    circuit.fixed({0: (PAULI["X"] + PAULI["Z"]) / np.sqrt(2)})
    half = lambda **factors: {name.replace("_", "[") + ("]" if "_" in name else ""): value / 2
                              for name, value in factors.items()}  # fmt: skip
    circuit.turn({1: PAULI["Y"]}, factors=half(theta=1))
    circuit.turn({2: PAULI["X"]}, factors=half(phi_0=1))
    circuit.controlled(0, 3, "X")
    circuit.turn({3: PAULI["Z"]}, factors=half(phi_1=1, theta=0.5))
    circuit.controlled(1, 2, "Z")
    circuit.turn({0: ONE, 2: PAULI["X"]}, factors=half(phi_2=1))
    # A phase e^{ia} is exp(-i (-a) P) on the projector.
    circuit.turn({1: ONE, 3: ONE}, factors={"phi[3]": -2})
    circuit.turn({0: PAULI["Y"]}, constant=0.15, factors=half(phi_0=-1))
    circuit.controlled(2, 1, "X")
    circuit.turn({3: PAULI["X"]}, factors=half(theta=1))
    point = {"theta": 0.7, "phi[0]": -0.4, "phi[1]": 1.1, "phi[2]": 2.3, "phi[3]": 0.25}
    state, slopes = circuit.states(point)
    entries = []
    for text in ["Z0*Z1", "0.5*X0*X3 - 1.5*Z2 + 0.25", "Y3 + 2*Z1*Y2"]:
        matrix = observable(4, text)
        image = matrix @ state
        value = np.vdot(state, image).real
        entries.append({
            "observable": text, "value": value,
            "variance": np.vdot(image, image).real - value**2,
            "gradient": {name: 2 * np.vdot(slope, image).real for name, slope in slopes.items()},
        })  # fmt: skip
    return {"qasm": MIXED, "point": point, "observables": entries}


def ising():
    count = 6
    hamiltonian = sum(-embed(count, {q: PAULI["Z"], q + 1: PAULI["Z"]}) for q in range(count - 1))
    hamiltonian = hamiltonian - sum(embed(count, {q: PAULI["X"]}) for q in range(count))
    return {"energy": float(np.linalg.eigvalsh(hamiltonian)[0])}


def encoding():
    """circuits/variational/encoding.qasm: two rounds of H, RZ of the features and phases of their products' place."""
    samples = [[0.1, 0.2, 0.3], [1.0, -0.5, 0.25], [0.0, 2.0, -1.5], [0.1, 0.2, 0.35]]
    states = []
    for sample in samples:
        point = {f"x[{i}]": value for i, value in enumerate(sample)}
        circuit = Circuit(3)
        for _ in range(2):
            for qubit in range(3):
                circuit.fixed({qubit: (PAULI["X"] + PAULI["Z"]) / np.sqrt(2)})
            for qubit in range(3):
                circuit.turn({qubit: PAULI["Z"]}, factors={f"x[{qubit}]": 1})
            for qubit in range(2):
                circuit.turn({qubit: ONE, qubit + 1: ONE},
                             factors={f"x[{qubit}]": -1, f"x[{qubit + 1}]": -1})  # fmt: skip
        states.append(circuit.states(point)[0])
    kernel = [[abs(np.vdot(a, b)) ** 2 for b in states] for a in states]
    return {"samples": samples, "kernel": kernel}


if __name__ == "__main__":
    result = {"mixed": mixed(), "ising": ising(), "encoding": encoding()}
    path = pathlib.Path(sys.argv[1]) / "variational.json"
    path.write_text(json.dumps(result, indent=1) + "\n")
