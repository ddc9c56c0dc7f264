"""The checked values of the benchmark workloads, by dense simulation with torch in float64.

writes peer_values.json. Each workload is given by formulas (docs/benchmarks.md), its gradient here
by torch's automatic differentiation through plain tensor contractions: no simulator, no adjoint
sweep, no shift rule. Qubit 0 is the first axis; none of these values depends on the bit order.
"""

import json
import math
import pathlib
import sys

import torch

torch.set_default_dtype(torch.float64)


def apply(state, gate, axis):
    """Applies [batch or 1, 2, 2] matrices to one qubit of states [batch, 2, ..., 2]."""
    moved = state.movedim(axis + 1, 1)
    shape = moved.shape
    out = torch.matmul(gate, moved.reshape(shape[0], 2, -1))
    return out.reshape(shape).movedim(1, axis + 1)


def controlled_x(state, control, target):
    zero, one = state.unbind(control + 1)
    axis = target if target < control else target - 1
    return torch.stack([zero, one.flip(axis + 1)], control + 1)


def controlled_z(state, a, b):
    sign = torch.ones([2, 2])
    sign[1, 1] = -1
    shape = [1] * state.dim()
    shape[a + 1] = shape[b + 1] = 2
    return state * sign.reshape(shape)


def matrices(rows):
    return torch.stack([torch.stack(row, -1) for row in rows], -2)


def complex_of(re, im):
    return torch.complex(re, im)


def rx(angle):
    c, s, o = torch.cos(angle / 2), torch.sin(angle / 2), torch.zeros_like(angle)
    return matrices([[complex_of(c, o), complex_of(o, -s)], [complex_of(o, -s), complex_of(c, o)]])


def ry(angle):
    c, s, o = torch.cos(angle / 2), torch.sin(angle / 2), torch.zeros_like(angle)
    return matrices([[complex_of(c, o), complex_of(-s, o)], [complex_of(s, o), complex_of(c, o)]])


def rz(angle):
    c, s, o = torch.cos(angle / 2), torch.sin(angle / 2), torch.zeros_like(angle)
    z = complex_of(o, o)
    return matrices([[complex_of(c, -s), z], [z, complex_of(c, s)]])


def ground(batch, n):
    state = torch.zeros(batch, 2**n, dtype=torch.complex128)
    state[:, 0] = 1
    return state.reshape([batch] + [2] * n)


def signed(probabilities, axes):
    """The expectation of the product of Z over `axes`, for each sample."""
    for axis in sorted(axes, reverse=True):
        zero, one = probabilities.unbind(axis + 1)
        probabilities = zero - one
    return probabilities.reshape(probabilities.shape[0], -1).sum(1)


def table(f, *extents):
    if not extents:
        return f()
    return [table(lambda *rest, i=i: f(i, *rest), *extents[1:]) for i in range(extents[0])]


def gradient(n, layers, batch):
    x = torch.tensor(
        table(lambda b, i: math.sin(0.37 * b + 0.61 * i + 0.1), batch, n), requires_grad=True
    )
    w = torch.tensor(
        table(lambda l, i, k: math.cos(0.3 * l + 0.7 * i + 1.1 * k), layers, n, 3),
        requires_grad=True,
    )
    state = ground(batch, n)
    for i in range(n):
        state = apply(state, rx(x[:, i]), i)
    for l in range(layers):
        for i in range(n):
            rot = rz(w[l, i, 2]) @ ry(w[l, i, 1]) @ rz(w[l, i, 0])
            state = apply(state, rot[None], i)
        for i in range(n):
            state = controlled_x(state, i, (i + 1) % n)
    p = state.real**2 + state.imag**2
    loss = sum((signed(p, [i]) ** 2).sum() for i in range(n))
    loss.backward()
    return {
        "qubits": n,
        "layers": layers,
        "batch": batch,
        "value": loss.item(),
        "gradientNorm": w.grad.norm().item(),
        "inputGradientNorm": x.grad.norm().item(),
    }


def pairs_of(n, d, entangler):
    if entangler == "neighbours":
        return [(i, i + 1) for i in range(d % 2, n - 1, 2)]
    order = sorted(range(n), key=lambda i: math.sin(1.7 * i * i + 2.3 * i * d + 0.9 * d))
    return list(zip(order[0 : n - 1 : 2], order[1::2]))


def dense(n, depth):
    """Two-qubit gates exp(iH) by torch's matrix exponential; the lower qubit is the low bit of a row."""
    state = ground(1, n)
    g = 0
    for d in range(depth):
        for i in range(d % 2, n - 1, 2):
            r = torch.arange(4.0)[:, None]
            c = torch.arange(4.0)[None, :]
            m = torch.complex(
                torch.cos(0.7 * g + 1.1 * r + 1.7 * c), torch.sin(0.9 * g + 1.3 * r - 1.3 * c)
            )
            u = torch.linalg.matrix_exp(1j * (m + m.conj().T) / 2)
            moved = state.movedim((i + 2, i + 1), (1, 2))
            out = u @ moved.reshape(1, 4, -1)
            state = out.reshape(moved.shape).movedim((1, 2), (i + 2, i + 1))
            g += 1
    return {"qubits": n, "depth": depth, "value": (state.reshape(-1)[0].abs() ** 2).item()}


def mixed(state, n, qubits, mixing):
    """(1 - mixing) rho + mixing * (trace over the qubits, and the maximally mixed state there)."""
    total = state
    for q in qubits:
        zero = total.select(q, 0).select(q + n - 1, 0)
        one = total.select(q, 1).select(q + n - 1, 1)
        half = (zero + one) / 2
        empty = torch.zeros_like(half)
        rows = torch.stack(
            [torch.stack([half, empty], n - 1), torch.stack([empty, half], n - 1)], 0
        )
        # Axes: the qubit's row, the other rows, the qubit's column among the columns.
        total = rows.movedim(n, n + q).movedim(0, q)
    return (1 - mixing) * state + mixing * total


def density(n, depth):
    """A density matrix [2] * n rows, [2] * n columns; depolarizing of mixing 0.01 after RY and CZ."""
    state = torch.zeros([2] * (2 * n), dtype=torch.complex128)
    state[(0,) * (2 * n)] = 1

    def one(state, gate, q):
        state = torch.tensordot(gate, state, ([1], [q])).movedim(0, q)
        return torch.tensordot(gate.conj(), state, ([1], [q + n])).movedim(0, q + n)

    for d in range(depth):
        for i in range(n):
            a, b, c = (
                torch.tensor(math.pi * math.sin(0.5 * d + 0.9 * i + 1.3 * k)) for k in range(3)
            )
            state = one(state, rz(a), i)
            state = mixed(one(state, ry(b), i), n, [i], 0.01)
            state = one(state, rz(c), i)
        for a, b in pairs_of(n, d, "neighbours"):
            state = controlled_z(state[None], a, b)[0]
            state = controlled_z(state[None], a + n, b + n)[0]
            state = mixed(state, n, [a, b], 0.01)
    return {"qubits": n, "depth": depth, "value": state[(0,) * (2 * n)].real.item()}


def statevector(n, depth, entangler="neighbours"):
    state = ground(1, n)
    for d in range(depth):
        for i in range(n):
            a, b, c = (
                torch.tensor(math.pi * math.sin(0.5 * d + 0.9 * i + 1.3 * k)) for k in range(3)
            )
            state = apply(state, (rz(c) @ ry(b) @ rz(a))[None], i)
        for a, b in pairs_of(n, d, entangler):
            state = controlled_z(state, a, b)
    amplitude = state.reshape(-1)[0]
    return {
        "qubits": n,
        "depth": depth,
        "entangler": entangler,
        "value": abs(amplitude.item()) ** 2,
        # The probability that qubit 0 is found in state 1.
        "ones": (state[0][1].abs() ** 2).sum().item(),
    }


def energy(n, layers):
    w = torch.tensor(
        table(lambda l, i, k: math.cos(0.3 * l + 0.7 * i + 1.1 * k), layers, n, 2),
        requires_grad=True,
    )
    state = ground(1, n)
    for l in range(layers):
        for i in range(n):
            state = apply(state, (rz(w[l, i, 1]) @ ry(w[l, i, 0]))[None], i)
        for i in range(n - 1):
            state = controlled_x(state, i, i + 1)
    p = state.real**2 + state.imag**2
    value = -sum(signed(p, [i, i + 1]).sum() for i in range(n - 1))
    for i in range(n):
        flipped = state.flip(i + 1)
        value = value - (state.conj() * flipped).sum().real
    value.backward()
    return {
        "qubits": n,
        "layers": layers,
        "value": value.item(),
        "gradientNorm": w.grad.norm().item(),
    }


def kernel(n, samples):
    x = torch.tensor(
        table(lambda s, i: math.pi * (1 + math.sin(0.23 * s + 0.71 * i)), samples, n)
    )
    index = torch.arange(2**n)
    bits = torch.stack([(index >> (n - 1 - i)) & 1 for i in range(n)], 1).to(torch.float64)
    # The phases of one repetition are diagonal: 2 x_i on bit i, 2 (pi - x_i)(pi - x_j) on i xor j.
    phase = 2 * x @ bits.T
    for i in range(n):
        for j in range(i + 1, n):
            odd = (bits[:, i] - bits[:, j]).abs()
            phase = phase + 2 * ((math.pi - x[:, i]) * (math.pi - x[:, j]))[:, None] * odd
    diagonal = torch.polar(torch.ones_like(phase), phase)
    h = torch.tensor([[1.0, 1.0], [1.0, -1.0]], dtype=torch.complex128) / math.sqrt(2)
    state = ground(samples, n)
    for _ in range(2):
        for i in range(n):
            state = apply(state, h[None], i)
        state = (state.reshape(samples, -1) * diagonal).reshape(state.shape)
    flat = state.reshape(samples, -1)
    gram = (flat @ flat.conj().T).abs() ** 2
    return {
        "qubits": n,
        "samples": samples,
        "value": gram[0, 1].item(),
        "sum": gram.sum().item(),
    }


def main(directory):
    result = {
        "gradient": [
            gradient(n, layers, batch)
            for n, layers, batch in [(2, 2, 8), (4, 3, 32), (6, 3, 32), (8, 3, 32), (10, 4, 64)]
        ],
        "statevector": [statevector(n, 10) for n in (8, 10, 12, 20)]
        + [statevector(n, 10, "random") for n in (5, 11, 18)],
        "density": [density(n, depth) for n, depth in [(2, 3), (4, 10), (6, 12), (8, 10)]],
        "dense": [dense(n, depth) for n, depth in [(2, 2), (5, 6), (9, 14), (18, 14)]],
        "vqe": [energy(n, layers) for n, layers in [(4, 4), (6, 4), (8, 4), (10, 4), (12, 4)]],
        "kernel": [kernel(n, samples) for n, samples in [(4, 20), (6, 50), (8, 200)]],
    }
    path = pathlib.Path(directory) / "peer_values.json"
    path.write_text(json.dumps(result, indent=1) + "\n")


main(sys.argv[1])
