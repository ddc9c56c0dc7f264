"""Amplitude embedding and amplitudes as outputs, by torch in double precision.

writes torch_embedding.json: for each case the qubits, the inputs of each sample, the weights, d loss / d outputs, and
what torch gives: outputs and gradients. The circuit is that of TorchEmbeddingTests.swift: the embedding, RY(w[q]) on
every qubit q, CX(q, q + 1) for each neighbour, RZ(w[n + q] * x[0]) on every qubit, RX(w[q]) on every qubit. Gates are
tensordots with 2 x 2 matrices over the axes of the state; qubit q is axis n - 1 - q, so that it is bit q of an index.
"""

import json
import pathlib
import sys

import torch

torch.set_default_dtype(torch.float64)


def apply(state, matrix, axes):
    size = len(axes)
    matrix = matrix.reshape([2] * (2 * size))
    state = torch.tensordot(matrix, state, dims=(list(range(size, 2 * size)), axes))
    return torch.movedim(state, list(range(size)), axes)


def ry(t):
    c, s = torch.cos(t / 2), torch.sin(t / 2)
    return torch.stack([torch.stack([c, -s]), torch.stack([s, c])]).to(torch.complex128)


def rx(t):
    c, s = torch.cos(t / 2) + 0j, -1j * torch.sin(t / 2)
    return torch.stack([torch.stack([c, s]), torch.stack([s, c])])


def rz(t):
    zero = torch.zeros((), dtype=torch.complex128)
    return torch.stack(
        [torch.stack([torch.exp(-0.5j * t), zero]), torch.stack([zero, torch.exp(0.5j * t)])]
    )


CX = torch.tensor([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], dtype=torch.complex128)
X = torch.tensor([[0, 1], [1, 0]], dtype=torch.complex128)
Z = torch.tensor([[1, 0], [0, -1]], dtype=torch.complex128)


def final(x, w, n, qubits, padding):
    k = len(qubits)
    full = torch.cat([x, torch.full((2**k - len(x),), padding)])
    a = full / torch.linalg.vector_norm(full)
    places = [sum(1 << q for i, q in enumerate(qubits) if b >> i & 1) for b in range(2**k)]
    state = torch.zeros(2**n, dtype=torch.complex128)
    state = state.index_put((torch.tensor(places),), a.to(torch.complex128)).reshape([2] * n)
    axis = lambda q: n - 1 - q
    for q in range(n):
        state = apply(state, ry(w[q]), [axis(q)])
    for q in range(n - 1):
        state = apply(state, CX, [axis(q), axis(q + 1)])
    for q in range(n):
        state = apply(state, rz(w[n + q] * x[0]), [axis(q)])
    for q in range(n):
        state = apply(state, rx(w[q]), [axis(q)])
    return state


def outputs(state, n, kind):
    flat = state.reshape(-1)
    if kind == "amplitudes":
        return torch.view_as_real(flat[[0, 2**n - 1, 1]]).reshape(-1)
    pairs = [(Z, 0), (X, n - 1)]
    return torch.stack(
        [torch.vdot(flat, apply(state, m, [n - 1 - q]).reshape(-1)).real for m, q in pairs]
    )


CASES = [
    ("expectations", 3, [0, 1, 2], 8, 0.0),
    ("amplitudes", 3, [0, 1, 2], 8, 0.0),
    ("expectations", 4, [3, 1], 3, 0.7),
    ("amplitudes", 4, [2, 0, 3], 5, -0.4),
    ("expectations", 1, [0], 2, 0.0),
]


def main(directory):
    generator = torch.Generator().manual_seed(7)
    cases = []
    for kind, n, qubits, count, padding in CASES:
        x = torch.randn(3, count, generator=generator, requires_grad=True)
        w = torch.randn(2 * n, generator=generator, requires_grad=True)
        values = torch.stack([outputs(final(row, w, n, qubits, padding), n, kind) for row in x])
        cotangents = torch.randn(values.shape, generator=generator)
        (values * cotangents).sum().backward()
        cases.append(
            {
                "kind": kind,
                "qubitCount": n,
                "qubits": qubits,
                "padding": padding,
                "inputs": x.tolist(),
                "weights": w.tolist(),
                "cotangents": cotangents.tolist(),
                "outputs": values.tolist(),
                "weightGradients": w.grad.tolist(),
                "inputGradients": x.grad.tolist(),
            }
        )
    path = pathlib.Path(directory) / "torch_embedding.json"
    path.write_text(json.dumps({"cases": cases}, indent=1) + "\n")


main(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "data")
