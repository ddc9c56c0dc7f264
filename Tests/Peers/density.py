"""An exact noisy run: the circuit of statevector.py with a depolarizing channel (0.01 of the maximally mixed state)
after every RY and every CZ. The checked value is the probability of all zeros.

usage: density.py aer --qubits N --depth D [--repeats R] [--threads T]
"""

import workloads


def aer(options):
    from qiskit import transpile
    from qiskit_aer import AerSimulator
    from qiskit_aer.noise import NoiseModel, depolarizing_error

    circuit = workloads.qiskit_circuit(options)
    circuit.save_probabilities()
    noise = NoiseModel()
    noise.add_all_qubit_quantum_error(depolarizing_error(0.01, 1), "ry")
    noise.add_all_qubit_quantum_error(depolarizing_error(0.01, 2), "cz")
    simulator = AerSimulator(
        method="density_matrix", noise_model=noise, max_parallel_threads=options.threads
    )
    circuit = transpile(circuit, simulator, optimization_level=0)

    def work():
        return {"value": simulator.run(circuit, shots=1).result().data()["probabilities"][0]}

    return work


workloads.run("density", ("depth",), {"aer": aer})
