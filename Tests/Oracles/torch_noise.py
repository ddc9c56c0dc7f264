"""Values and gradients of noisy circuits, by torch's automatic differentiation of dense density matrices.

writes torch_noise.json: a list of circuits, each with `qubits`, `steps`, `observable` (coefficients and Pauli letters, the
first letter on the highest qubit), `weights`, `inputs`, and what torch finds: `value`, d value / d weights and
d value / d inputs. A step is a gate with its `angles`, or a channel with its `rates`; the first of its `qubits` is the
least significant bit of its matrix. An angle is offset + scale * w[weight] * x[input], the last factor left out where
input is -1.

Gates are exponentials of their generators, channels are Kraus operators written out here: nothing is shared with
what the numbers check.
"""

import json
import pathlib
import random
import sys

import torch

torch.set_num_threads(1)
KIND = torch.complex128
PAULI = {
    "I": torch.eye(2, dtype=KIND),
    "X": torch.tensor([[0, 1], [1, 0]], dtype=KIND),
    "Y": torch.tensor([[0, -1j], [1j, 0]], dtype=KIND),
    "Z": torch.tensor([[1, 0], [0, -1]], dtype=KIND),
}
ONE = torch.tensor([[0, 0], [0, 1]], dtype=KIND)


def strings(letters):
    matrix = torch.ones((1, 1), dtype=KIND)
    for letter in letters:
        matrix = torch.kron(matrix, PAULI[letter])
    return matrix


def turned(generator, angle):
    """exp(-i angle G) by G's eigenvectors: torch.matrix_exp is off by up to 1e-10 at angles of some radians."""
    values, vectors = torch.linalg.eigh(generator)
    return (vectors * torch.exp(-1j * angle * values)) @ vectors.conj().T


def general(theta, phi, lam):
    # p(phi) ry(theta) p(lambda), the rightmost first
    return turned(-ONE, phi) @ turned(PAULI["Y"] / 2, theta) @ turned(-ONE, lam)


# name: (angles, qubits, matrix); kron's last factor is the first qubit.
GATES = {
    "rx": (1, 1, lambda a: turned(PAULI["X"] / 2, a)),
    "ry": (1, 1, lambda a: turned(PAULI["Y"] / 2, a)),
    "rz": (1, 1, lambda a: turned(PAULI["Z"] / 2, a)),
    "p": (1, 1, lambda a: turned(-ONE, a)),
    "u": (3, 1, general),
    "crx": (1, 2, lambda a: turned(torch.kron(PAULI["X"] / 2, ONE), a)),
    "cry": (1, 2, lambda a: turned(torch.kron(PAULI["Y"] / 2, ONE), a)),
    "cp": (1, 2, lambda a: turned(-torch.kron(ONE, ONE), a)),
    "rxx": (1, 2, lambda a: turned(strings("XX") / 2, a)),
    "rzz": (1, 2, lambda a: turned(strings("ZZ") / 2, a)),
    "cx": (0, 2, lambda: torch.kron(PAULI["I"], PAULI["I"] - ONE) + torch.kron(PAULI["X"], ONE)),
}


def damping(gamma):
    return [
        torch.tensor([[1, 0], [0, (1 - gamma) ** 0.5]], dtype=KIND),
        torch.tensor([[0, gamma**0.5], [0, 0]], dtype=KIND),
    ]


def depolarizing(qubits):
    def kraus(mixing):
        names = [""]
        for _ in range(qubits):
            names = [name + letter for name in names for letter in "IXYZ"]
        share = mixing / 4**qubits
        return [
            strings(name) * ((1 - mixing + share) if set(name) == {"I"} else share) ** 0.5
            for name in names
        ]

    return kraus


CHANNELS = {
    "amplitudeDamping": (1, damping),
    "phaseDamping": (
        1,
        lambda rate: [
            torch.tensor([[1, 0], [0, (1 - rate) ** 0.5]], dtype=KIND),
            torch.tensor([[0, 0], [0, rate**0.5]], dtype=KIND),
        ],
    ),
    "bitFlip": (1, lambda p: [PAULI["I"] * (1 - p) ** 0.5, PAULI["X"] * p**0.5]),
    "depolarizing": (1, depolarizing(1)),
    "depolarizing2": (2, depolarizing(2)),
}


def whole(matrix, qubits, count):
    """The matrix on all qubits, qubit 0 being the least significant bit."""
    size = 2**count
    rest = [q for q in range(count) if q not in qubits]
    result = torch.kron(torch.eye(2 ** len(rest), dtype=KIND), matrix)
    # Bit b of the product's index is the qubit order[b].
    order = list(qubits) + rest
    index = [sum((number >> q & 1) << b for b, q in enumerate(order)) for number in range(size)]
    return result[index][:, index]


def angle(term, weights, inputs):
    value = term["scale"] * weights[term["weight"]]
    if term["input"] >= 0:
        value = value * inputs[term["input"]]
    return term["offset"] + value


def expectation(record, weights, inputs):
    count = record["qubits"]
    state = torch.zeros((2**count, 2**count), dtype=KIND)
    state[0, 0] = 1
    for step in record["steps"]:
        if "angles" in step:
            values = [angle(term, weights, inputs) for term in step["angles"]]
            operators = [GATES[step["name"]][2](*values)]
        else:
            operators = CHANNELS[step["name"]][1](step["rate"])
        state = sum(
            k @ state @ k.conj().T for k in (whole(m, step["qubits"], count) for m in operators)
        )
    observable = sum(c * strings(letters) for c, letters in record["observable"])
    return torch.trace(observable @ state).real


def drawn(count, generator):
    def term():
        return {
            "offset": generator.choice([0.0, round(generator.uniform(-2, 2), 3)]),
            "scale": round(generator.uniform(-2, 2), 3),
            "weight": generator.randrange(3),
            "input": generator.choice([-1, 0, 1]),
        }

    names = [name for name, form in GATES.items() if form[1] <= count]
    channels = [name for name, form in CHANNELS.items() if form[0] <= count]
    steps = []
    for name in names + generator.sample(names, min(4, len(names))):
        angles, width, _ = GATES[name]
        qubits = generator.sample(range(count), width)
        steps.append({"name": name, "qubits": qubits, "angles": [term() for _ in range(angles)]})
        for channel in generator.sample(channels, 2):
            qubits = generator.sample(range(count), CHANNELS[channel][0])
            rate = round(generator.uniform(0.02, 0.3), 3)
            steps.append({"name": channel, "qubits": qubits, "rate": rate})
    letters = [
        (round(generator.uniform(-2, 2), 3), "".join(generator.choices("IXYZ", k=count)))
        for _ in range(3)
    ]
    return {"qubits": count, "steps": steps, "observable": letters}


def main(directory):
    generator = random.Random(20260117)
    records = []
    for count in (1, 1, 2, 2, 3, 3, 4):
        record = drawn(count, generator)
        weights, inputs = (
            torch.tensor(
                [generator.uniform(-2, 2) for _ in range(length)],
                requires_grad=True,
                dtype=torch.float64,
            )
            for length in (3, 2)
        )
        value = expectation(record, weights, inputs)
        slopes = torch.autograd.grad(value, (weights, inputs))
        records.append(
            record
            | {
                "weights": weights.tolist(),
                "inputs": inputs.tolist(),
                "value": value.item(),
                "weightGradients": slopes[0].tolist(),
                "inputGradients": slopes[1].tolist(),
            }
        )
    path = pathlib.Path(directory) / "torch_noise.json"
    path.write_text(json.dumps(records, indent=1) + "\n")


main(sys.argv[1])
