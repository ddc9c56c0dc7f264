"""Drawing outcomes of the circuit of statevector.py; the time is that of all shots less that of one shot.

usage: sampling.py aer --qubits N --depth D --samples S [--repeats R] [--threads T]
"""

import time

import workloads


def aer(options):
    from qiskit import transpile
    from qiskit_aer import AerSimulator

    circuit = workloads.qiskit_circuit(options)
    circuit.measure_all()
    simulator = AerSimulator(method="statevector", max_parallel_threads=options.threads)
    circuit = transpile(circuit, simulator, optimization_level=0)

    def timed(shots):
        start = time.perf_counter()
        result = simulator.run(circuit, shots=shots, seed_simulator=3).result()
        return result, time.perf_counter() - start

    def work():
        _, one = timed(1)
        result, all_shots = timed(options.samples)
        counts = result.get_counts()
        ones = sum(count for outcome, count in counts.items() if outcome[-1] == "1")
        return {
            "value": sum(counts.values()),
            "ones": ones / options.samples,
            "seconds": all_shots - one,
        }

    return work


workloads.run("sampling", ("depth", "samples"), {"aer": aer})
