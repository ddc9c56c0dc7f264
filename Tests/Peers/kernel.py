"""A fidelity kernel matrix, by several peers.

The ZZ feature map with two repetitions and every pair entangled: H, then P(2 x_i) on each qubit and
P(2 (pi - x_i)(pi - x_j)) on the parity of each pair. The checked values are K[0, 1] and the sum.

usage: kernel.py PEER --qubits N --samples S [--repeats R] [--threads T]
"""

import math

import workloads


def values_of(matrix):
    return {"value": matrix[0, 1], "sum": matrix.sum()}


def qiskit(options):
    import numpy as np
    from qiskit.circuit.library import zz_feature_map
    from qiskit_machine_learning.kernels import FidelityStatevectorKernel

    points = np.array(workloads.samples(options.samples, options.qubits))
    feature_map = zz_feature_map(options.qubits, reps=2, entanglement="full")
    # A kernel keeps the states of points it has seen: a new one each time.
    return lambda: values_of(FidelityStatevectorKernel(feature_map=feature_map).evaluate(points))


def pennylane(options):
    import numpy as np
    import pennylane as qml

    n = options.qubits
    points = np.array(workloads.samples(options.samples, n))

    def feature_map(x):
        for _ in range(2):
            for i in range(n):
                qml.Hadamard(i)
                qml.PhaseShift(2 * x[i], i)
            for i in range(n):
                for j in range(i + 1, n):
                    qml.CNOT([i, j])
                    qml.PhaseShift(2 * (math.pi - x[i]) * (math.pi - x[j]), j)
                    qml.CNOT([i, j])

    @qml.qnode(qml.device("lightning.qubit", wires=n), diff_method=None)
    def overlap(a, b):
        feature_map(a)
        qml.adjoint(feature_map)(b)
        return qml.probs(wires=range(n))

    return lambda: values_of(
        qml.kernels.square_kernel_matrix(
            points, lambda a, b: overlap(a, b)[0], assume_normalized_kernel=True
        )
    )


workloads.run("kernel", ("samples",), {"qiskit": qiskit, "pennylane-lightning": pennylane})
