"""Circuits made by other people's tools, for check_files.py: name, and a function that builds a Qiskit circuit.

Everything is seeded, so that a name means the same circuit each time.
"""

import math

import numpy as np

# Sizes to try for each algorithm of MQT Bench, the first that builds is taken.
SIZES = [8, 7, 9, 6, 10, 5, 11, 12, 4, 13, 3, 14, 15, 16, 2]
# Where the first has few gates, a circuit of this size is checked too.
LARGE = 16


def mqt_bench(most_qubits, chosen):
    """(name, circuit or None, what went wrong) for each algorithm of MQT Bench whose name is chosen."""
    from mqt.bench import BenchmarkLevel, get_benchmark
    from mqt.bench.benchmarks import get_available_benchmark_names

    def build(name, size):
        circuit = get_benchmark(name, BenchmarkLevel.ALG, circuit_size=size, random_parameters=True)
        if circuit.num_qubits > most_qubits:
            raise ValueError(f"{circuit.num_qubits} qubits")
        return circuit

    for name in filter(chosen, sorted(get_available_benchmark_names())):
        circuit, reason = None, "no size builds"
        for size in SIZES:
            try:
                circuit = build(name, size)
                break
            except Exception as error:
                reason = f"{type(error).__name__}: {error}".split("\n")[0]
        yield name, circuit, reason
        # Circuits that measure in the middle have a state for each shot, at which Aer takes minutes.
        if circuit is None or circuit.num_qubits >= LARGE or "if_else" in circuit.count_ops():
            continue
        if circuit.decompose(reps=3).size() > 500:
            continue
        try:
            yield f"{name}-{LARGE}", build(name, LARGE), ""
        except Exception:
            continue  # not every algorithm has this size


def angles(count, seed):
    return np.random.default_rng(seed).uniform(-math.pi, math.pi, count)


def bound(circuit, seed):
    return circuit.assign_parameters(angles(circuit.num_parameters, seed))


def spread(gate, operands=None, seed=7):
    """The gate on a product state of random rotations, so that all of its columns are seen.

    Gates that are defined where some qubits are 0 have rotations on the first `operands` qubits alone.
    """
    from qiskit import QuantumCircuit

    circuit = QuantumCircuit(gate.num_qubits)
    count = gate.num_qubits if operands is None else operands
    for qubit, (theta, phi) in enumerate(angles(2 * count, seed).reshape(count, 2)):
        circuit.u(float(theta), float(phi), 0.1, qubit)
    circuit.append(gate, range(gate.num_qubits))
    for qubit in range(gate.num_qubits):
        circuit.ry(0.3 + 0.1 * qubit, qubit)
    return circuit


def qiskit_library():
    """(name, function that builds the circuit) for circuits of Qiskit's library."""
    from qiskit.circuit import library as lib
    from qiskit.quantum_info import SparsePauliOp

    def evolution():
        terms = SparsePauliOp(["IIXX", "IYYI", "ZZII", "XIIZ"], [0.5, -0.3, 0.8, 0.25])
        return spread(lib.PauliEvolutionGate(terms, time=0.7))

    def oracle():
        from qiskit import QuantumCircuit

        marked = QuantumCircuit(5)
        marked.x([0, 2])
        marked.append(lib.MCMTGate(lib.ZGate(), 4, 1), range(5))
        marked.x([0, 2])
        return spread(lib.grover_operator(marked).to_gate())

    def estimation():
        from qiskit import QuantumCircuit

        turn = QuantumCircuit(1)
        turn.p(2 * math.pi * 0.3, 0)
        return spread(lib.phase_estimation(4, turn).to_gate())

    def phase_angles():
        return list(np.exp(1j * angles(16, 11)))

    return [
        ("qft", lambda: spread(lib.QFTGate(8))),
        ("real_amplitudes", lambda: bound(lib.real_amplitudes(8, "circular", reps=3), 1)),
        ("efficient_su2", lambda: bound(lib.efficient_su2(8, ["rx", "ry"], "linear"), 2)),
        ("excitation_preserving", lambda: bound(lib.excitation_preserving(6), 3)),
        ("n_local", lambda: bound(lib.n_local(5, ["rx", "u"], ["cry", "rzz"], "sca"), 4)),
        ("pauli_two_design", lambda: bound(lib.pauli_two_design(7, reps=4, seed=5), 5)),
        ("zz_feature_map", lambda: bound(lib.zz_feature_map(6), 6)),
        ("pauli_feature_map", lambda: bound(lib.pauli_feature_map(5, paulis=["Z", "YX"]), 7)),
        ("quantum_volume", lambda: lib.quantum_volume(7, 5, seed=8)),
        ("graph_state", lambda: spread(lib.GraphStateGate(
            np.roll(np.eye(7, dtype=int), 1, 0) + np.roll(np.eye(7, dtype=int), -1, 0)))),
        ("iqp", lambda: lib.iqp(np.array([[6, 5, 3], [5, 4, 5], [3, 5, 1]]))),
        ("fourier_checking", lambda: lib.fourier_checking([1, -1, -1, -1], [1, 1, -1, -1])),
        ("hidden_linear_function", lambda: lib.hidden_linear_function(
            np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1]]))),
        ("pauli_evolution", evolution),
        ("grover_operator", oracle),
        ("phase_estimation", estimation),
        ("modular_adder", lambda: spread(lib.ModularAdderGate(4))),
        ("half_adder", lambda: spread(lib.HalfAdderGate(4))),
        ("full_adder", lambda: spread(lib.FullAdderGate(4))),
        ("multiplier", lambda: spread(lib.MultiplierGate(3), 6)),
        ("integer_comparator", lambda: spread(lib.IntegerComparatorGate(4, 5))),
        ("linear_pauli_rotations", lambda: spread(lib.LinearPauliRotationsGate(4, 0.3, 0.2))),
        ("polynomial_rotations", lambda: spread(
            lib.PolynomialPauliRotationsGate(4, [0.1, 0.2, 0.05]))),
        ("quadratic_form", lambda: spread(
            lib.QuadraticFormGate(3, [[1, 2], [0, 1]], [1, -1], 1))),
        ("exact_reciprocal", lambda: spread(lib.ExactReciprocalGate(4, 0.2))),
        ("and", lambda: spread(lib.AndGate(4, [1, -1, 0, 1]))),
        ("or", lambda: spread(lib.OrGate(4))),
        ("xor", lambda: spread(lib.BitwiseXorGate(4, 9))),
        ("inner_product", lambda: spread(lib.InnerProductGate(3))),
        ("permutation", lambda: spread(lib.PermutationGate([2, 0, 3, 1, 4]))),
        ("diagonal", lambda: spread(lib.DiagonalGate(phase_angles()))),
        ("ms", lambda: spread(lib.MSGate(4, 0.4))),
        ("uc_ry", lambda: spread(lib.UCRYGate(list(angles(8, 12))))),
        ("mcx", lambda: spread(lib.MCXGate(6))),
        ("mcp", lambda: spread(lib.MCPhaseGate(0.6, 5))),
        ("state_preparation", lambda: spread(lib.StatePreparation(
            np.array([1, 2j, -3, 4, 0.5, 1 - 1j, 0, 2]) / math.sqrt(36.25)))),
        ("unitary_overlap", lambda: lib.unitary_overlap(
            bound(lib.real_amplitudes(4), 13), bound(lib.real_amplitudes(4), 14))),
    ]


def pennylane():
    """(name, function that gives OpenQASM 2 text) for PennyLane's templates."""
    import pennylane as qml

    def exported(build, wires):
        with qml.queuing.AnnotatedQueue() as queue:
            build()
            qml.probs(wires=range(wires))
        tape = qml.tape.QuantumScript.from_queue(queue)
        return qml.to_openqasm(tape, wires=qml.wires.Wires(range(wires)), rotations=False)

    def weights(shape, seed):
        return np.random.default_rng(seed).uniform(-math.pi, math.pi, shape)

    def hadamards(count):
        for wire in range(count):
            qml.Hadamard(wire)

    def with_hadamards(count, build):
        hadamards(count)
        build()

    table = [
        ("strongly_entangling", 6, lambda: qml.StronglyEntanglingLayers(
            weights((3, 6, 3), 1), range(6))),
        ("basic_entangler", 7, lambda: qml.BasicEntanglerLayers(
            weights((4, 7), 2), range(7), rotation=qml.RY)),
        ("simplified_two_design", 6, lambda: qml.SimplifiedTwoDesign(
            weights(6, 3), weights((2, 5, 2), 4), range(6))),
        ("random_layers", 5, lambda: qml.RandomLayers(weights((4, 6), 5), range(5), seed=6)),
        ("iqp_embedding", 5, lambda: qml.IQPEmbedding(weights(5, 7), range(5), n_repeats=2)),
        ("qaoa_embedding", 4, lambda: qml.QAOAEmbedding(
            weights(4, 8), weights((2, 8), 9), range(4))),
        ("angle_embedding", 5, lambda: with_hadamards(
            5, lambda: qml.AngleEmbedding(weights(5, 10), range(5), rotation="Z"))),
        ("qft", 8, lambda: with_hadamards(8, lambda: (qml.T(3), qml.QFT(range(8))))),
        ("grover", 5, lambda: with_hadamards(5, lambda: (
            qml.PauliX(1), qml.MultiControlledX(wires=range(5)), qml.PauliX(1),
            qml.GroverOperator(range(5))))),
        ("trotter", 4, lambda: with_hadamards(4, lambda: qml.TrotterProduct(
            0.3 * qml.X(0) @ qml.X(1) + 0.7 * qml.Z(1) @ qml.Y(2) + 0.2 * qml.Z(3), 0.9, n=2,
            order=2))),
        ("state_preparation", 4, lambda: qml.MottonenStatePreparation(
            weights(16, 11) / np.linalg.norm(weights(16, 11)), range(4))),
        ("singles_doubles", 6, lambda: (
            qml.BasisState(np.array([1, 1, 0, 0, 0, 0]), range(6)),
            qml.DoubleExcitation(0.4, range(4)), qml.SingleExcitation(0.8, [1, 4]),
            qml.SingleExcitation(-0.5, [0, 5]))),
        ("controlled", 5, lambda: with_hadamards(5, lambda: (
            qml.CRX(0.3, [0, 1]), qml.CRY(-0.7, [1, 2]), qml.CRZ(1.2, [2, 3]), qml.CSWAP([0, 3, 4]),
            qml.Toffoli([1, 2, 4]), qml.ControlledPhaseShift(0.9, [4, 0]), qml.adjoint(qml.S(2)),
            qml.adjoint(qml.T(1)), qml.Rot(0.1, 0.2, 0.3, 3), qml.U3(0.4, 0.5, 0.6, 2)))),
    ]
    return [(name, lambda build=build, wires=wires: exported(build, wires))
            for name, wires, build in table]
