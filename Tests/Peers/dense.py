"""One state under dense two-qubit gates, by several peers; the checked value is the probability of all zeros.

usage: dense.py PEER --qubits N --depth D [--repeats R] [--threads T]
"""

import workloads


def gates(options):
    """The matrices and their pairs, in order."""
    number = 0
    for layer in range(options.depth):
        for low, high in workloads.pairs(layer, options.qubits):
            yield workloads.dense_gate(number), low, high
            number += 1


def qsimcirq(fusion):
    # Single precision only.
    def set_up(options):
        import cirq
        import qsimcirq as qsim

        wires = cirq.LineQubit.range(options.qubits)
        circuit = cirq.Circuit()
        for matrix, low, high in gates(options):
            # Cirq's first qubit is the most significant.
            circuit.append(cirq.MatrixGate(matrix)(wires[high], wires[low]))
        settings = qsim.QSimOptions(max_fused_gate_size=fusion, cpu_threads=options.threads)
        simulator = qsim.QSimSimulator(settings)
        return lambda: {"value": abs(simulator.simulate(circuit).final_state_vector[0]) ** 2}

    return set_up


def aer(precision):
    def set_up(options):
        from qiskit import QuantumCircuit, transpile
        from qiskit_aer import AerSimulator

        circuit = QuantumCircuit(options.qubits)
        for matrix, low, high in gates(options):
            circuit.unitary(matrix, [low, high])
        circuit.save_statevector()
        simulator = AerSimulator(
            method="statevector", precision=precision, max_parallel_threads=options.threads
        )
        circuit = transpile(circuit, simulator, optimization_level=0)

        def work():
            return {"value": abs(simulator.run(circuit).result().get_statevector()[0]) ** 2}

        return work

    return set_up


workloads.run(
    "dense",
    ("depth",),
    {
        "qsimcirq": qsimcirq(2),
        "qsimcirq-3": qsimcirq(3),
        "qsimcirq-4": qsimcirq(4),
        "aer": aer("double"),
        "aer-single": aer("single"),
    },
)
