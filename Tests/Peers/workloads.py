"""The formulas of the workloads, and how each peer is timed.

All data come from formulas, so that every program computes the same numbers. A workload's script
gives `run` a table of peers: a name, and a function that takes the options, sets the peer up (not
timed) and returns the work: a function without arguments that returns its checked values.
"""

import argparse
import json
import math
import os
import statistics
import time

# A peer is timed at least LEAST times, and then until it ran `repeats` times or SECONDS have gone.
LEAST, SECONDS = 3, 2.0


def inputs(batch, qubits):
    """The inputs of `gradient`: sin(0.37 b + 0.61 i + 0.1), of shape [batch, qubits]."""
    return [
        [math.sin(0.37 * b + 0.61 * i + 0.1) for i in range(qubits)] for b in range(batch)
    ]


def weights(layers, qubits, angles):
    """cos(0.3 l + 0.7 i + 1.1 k), of shape [layers, qubits, angles]."""
    return [
        [[math.cos(0.3 * l + 0.7 * i + 1.1 * k) for k in range(angles)] for i in range(qubits)]
        for l in range(layers)
    ]


def brick_angles(depth, qubits):
    """The angles of `statevector`: pi sin(0.5 d + 0.9 i + 1.3 k), of shape [depth, qubits, 3]."""
    return [
        [[math.pi * math.sin(0.5 * d + 0.9 * i + 1.3 * k) for k in range(3)] for i in range(qubits)]
        for d in range(depth)
    ]


def pairs(layer, qubits, entangler="neighbours"):
    """The pairs that a CZ joins in one layer of `statevector`."""
    if entangler == "neighbours":
        return [(i, i + 1) for i in range(layer % 2, qubits - 1, 2)]
    order = sorted(
        range(qubits),
        key=lambda i: math.sin(1.7 * i * i + 2.3 * i * layer + 0.9 * layer),
    )
    return list(zip(order[0 : qubits - 1 : 2], order[1::2]))


def qiskit_circuit(options):
    """The circuit of `statevector` for Qiskit, nothing measured or saved yet."""
    from qiskit import QuantumCircuit

    circuit = QuantumCircuit(options.qubits)
    for d, layer in enumerate(brick_angles(options.depth, options.qubits)):
        for i, (a0, a1, a2) in enumerate(layer):
            circuit.rz(a0, i)
            circuit.ry(a1, i)
            circuit.rz(a2, i)
        for a, b in pairs(d, options.qubits, options.entangler):
            circuit.cz(a, b)
    return circuit


def dense_gate(number):
    """Gate number `number` of `dense`, as a NumPy matrix; the lower qubit is the low bit of a row."""
    import numpy as np

    r, c = np.arange(4)[:, None], np.arange(4)[None, :]
    m = np.cos(0.7 * number + 1.1 * r + 1.7 * c) + 1j * np.sin(0.9 * number + 1.3 * r - 1.3 * c)
    values, vectors = np.linalg.eigh((m + m.conj().T) / 2)
    return (vectors * np.exp(1j * values)) @ vectors.conj().T


def samples(count, qubits):
    """The points of `kernel`: pi (1 + sin(0.23 s + 0.71 i)), of shape [count, qubits]."""
    return [
        [math.pi * (1 + math.sin(0.23 * s + 0.71 * i)) for i in range(qubits)]
        for s in range(count)
    ]


def norm(values):
    return math.sqrt(math.fsum(float(v) ** 2 for v in values))


def run(benchmark, extents, peers):
    """Reads the command line, times one peer, and prints one line of JSON with qsim bench's keys."""
    parser = argparse.ArgumentParser()
    parser.add_argument("peer", choices=sorted(peers))
    for name in ("qubits", *extents):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--entangler", default="neighbours", choices=["neighbours", "random"])
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()
    # Read by the libraries when they are imported, which the peers' functions do.
    for variable in ("OMP_NUM_THREADS", "QULACS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = str(options.threads)

    work = peers[options.peer](options)
    start = time.perf_counter()
    values = work()
    first = values.pop("seconds", time.perf_counter() - start)
    times = []
    while len(times) < LEAST or (len(times) < options.repeats and sum(times) < SECONDS):
        start = time.perf_counter()
        values = work()
        # A peer whose work is more than what is asked for says itself how long that took.
        times.append(values.pop("seconds", time.perf_counter() - start))
    record = {"benchmark": benchmark, "peer": options.peer}
    record |= {name: getattr(options, name) for name in ("qubits", *extents)}
    record |= {
        "firstMs": 1e3 * first,
        "medianMs": 1e3 * statistics.median(times),
        "minMs": 1e3 * min(times),
        "repeats": len(times),
    }
    print(json.dumps(record | {name: float(v) for name, v in values.items()}), flush=True)
