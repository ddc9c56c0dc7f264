"""Value and gradient of a batched variational circuit, by several peers.

RX(x_i) on every qubit; layers of RZ(w0) RY(w1) RZ(w2) on every qubit and a ring of CNOTs i -> i+1;
the expectation of Z on every qubit; loss: the sum of their squares over the batch. Gradients with
respect to the weights [layers, n, 3] and to the inputs [batch, n].

usage: gradient.py PEER --qubits N --layers L --batch B [--repeats R] [--threads T]
"""

import workloads


def pennylane_circuit(device, differentiation, options):
    import pennylane as qml

    n, layers = options.qubits, options.layers

    @qml.qnode(qml.device(device, wires=n), interface="torch", diff_method=differentiation)
    def circuit(x, w):
        for i in range(n):
            qml.RX(x[..., i], wires=i)
        for layer in range(layers):
            for i in range(n):
                qml.Rot(w[layer, i, 0], w[layer, i, 1], w[layer, i, 2], wires=i)
            for i in range(n):
                qml.CNOT(wires=[i, (i + 1) % n])
        return [qml.expval(qml.PauliZ(i)) for i in range(n)]

    return circuit


def torch_work(expectations, options):
    """The loss and its gradients by torch, given the expectations of (inputs, weights)."""
    import torch

    torch.set_num_threads(options.threads)
    torch.set_default_dtype(torch.float64)
    x0 = torch.tensor(workloads.inputs(options.batch, options.qubits), dtype=torch.float64)
    w0 = torch.tensor(workloads.weights(options.layers, options.qubits, 3), dtype=torch.float64)

    def work():
        x, w = x0.clone().requires_grad_(), w0.clone().requires_grad_()
        loss = (expectations(x, w) ** 2).sum()
        loss.backward()
        values = {"value": loss.item(), "inputGradientNorm": x.grad.norm().item()}
        if w.grad is not None:
            values["gradientNorm"] = w.grad.norm().item()
        return values

    return work


def pennylane_default(options):
    import torch

    circuit = pennylane_circuit("default.qubit", "backprop", options)
    return torch_work(lambda x, w: torch.stack(circuit(x, w)), options)


def pennylane_lightning(options):
    # The device takes no batch of inputs in an adjoint sweep: one sample at a time.
    import torch

    circuit = pennylane_circuit("lightning.qubit", "adjoint", options)
    return torch_work(
        lambda x, w: torch.stack([torch.stack(circuit(row, w)) for row in x]), options
    )


def tensorcircuit(options):
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    import tensorcircuit as tc

    tc.set_backend("jax")
    tc.set_dtype("complex128")
    n, layers = options.qubits, options.layers

    def expectations(x, w):
        circuit = tc.Circuit(n)
        for i in range(n):
            circuit.rx(i, theta=x[i])
        for layer in range(layers):
            for i in range(n):
                circuit.rz(i, theta=w[layer, i, 0])
                circuit.ry(i, theta=w[layer, i, 1])
                circuit.rz(i, theta=w[layer, i, 2])
            for i in range(n):
                circuit.cnot(i, (i + 1) % n)
        p = jnp.abs(circuit.state().reshape([2] * n)) ** 2
        marginals = [p.sum(axis=tuple(j for j in range(n) if j != i)) for i in range(n)]
        return jnp.stack([m[0] - m[1] for m in marginals])

    def loss(x, w):
        return (jax.vmap(expectations, (0, None))(x, w) ** 2).sum()

    compiled = jax.jit(jax.value_and_grad(loss, argnums=(0, 1)))
    x = jnp.array(workloads.inputs(options.batch, n))
    w = jnp.array(workloads.weights(layers, n, 3))

    def work():
        value, (gx, gw) = jax.block_until_ready(compiled(x, w))
        return {
            "value": value,
            "gradientNorm": jnp.linalg.norm(gw.reshape(-1)),
            "inputGradientNorm": jnp.linalg.norm(gx.reshape(-1)),
        }

    return work


def qulacs(options):
    # Qulacs turns by exp(+i angle P / 2), hence the signs.
    import numpy as np
    from qulacs import Observable, ParametricQuantumCircuit, QuantumState

    n, layers, batch = options.qubits, options.layers, options.batch
    xs, w = workloads.inputs(batch, n), workloads.weights(layers, n, 3)

    def build(x):
        circuit = ParametricQuantumCircuit(n)
        for i in range(n):
            circuit.add_parametric_RX_gate(i, -x[i])
        for layer in range(layers):
            for i in range(n):
                circuit.add_parametric_RZ_gate(i, -w[layer][i][0])
                circuit.add_parametric_RY_gate(i, -w[layer][i][1])
                circuit.add_parametric_RZ_gate(i, -w[layer][i][2])
            for i in range(n):
                circuit.add_CNOT_gate(i, (i + 1) % n)
        return circuit

    def z_sum(coefficients):
        observable = Observable(n)
        for i, c in coefficients:
            observable.add_operator(c, f"Z {i}")
        return observable

    circuits = [build(x) for x in xs]
    single = [z_sum([(i, 1.0)]) for i in range(n)]

    def work():
        loss, by_weight, by_input = 0.0, np.zeros(3 * n * layers), np.zeros((batch, n))
        for b, circuit in enumerate(circuits):
            state = QuantumState(n)
            circuit.update_quantum_state(state)
            z = [o.get_expectation_value(state).real for o in single]
            loss += sum(v * v for v in z)
            gradient = np.array(circuit.backprop(z_sum([(i, 2 * v) for i, v in enumerate(z)])))
            by_input[b] = gradient[:n]
            by_weight += gradient[n:]
        return {
            "value": loss,
            "gradientNorm": np.linalg.norm(by_weight),
            "inputGradientNorm": np.linalg.norm(by_input),
        }

    return work


def mindquantum(options):
    import numpy as np
    from mindquantum.core.circuit import Circuit
    from mindquantum.core.gates import RX, RY, RZ, X
    from mindquantum.core.operators import Hamiltonian, QubitOperator
    from mindquantum.simulator import Simulator

    n, layers = options.qubits, options.layers
    encoder, ansatz = Circuit(), Circuit()
    for i in range(n):
        encoder += RX(f"x{i}").on(i)
    for layer in range(layers):
        for i in range(n):
            ansatz += RZ(f"w{layer}_{i}_0").on(i)
            ansatz += RY(f"w{layer}_{i}_1").on(i)
            ansatz += RZ(f"w{layer}_{i}_2").on(i)
        for i in range(n):
            ansatz += X.on((i + 1) % n, i)
    observables = [Hamiltonian(QubitOperator(f"Z{i}")) for i in range(n)]
    evaluate = Simulator("mqvector", n).get_expectation_with_grad(
        observables, encoder.as_encoder() + ansatz.as_ansatz(), parallel_worker=options.threads
    )
    x = np.array(workloads.inputs(options.batch, n))
    w = np.array(workloads.weights(layers, n, 3)).reshape(-1)

    def work():
        z, by_input, by_weight = evaluate(x, w)
        upstream = 2 * z.real[:, :, None]
        return {
            "value": (z.real**2).sum(),
            "gradientNorm": np.linalg.norm((upstream * by_weight.real).sum((0, 1))),
            "inputGradientNorm": np.linalg.norm((upstream * by_input.real).sum(1)),
        }

    return work


def deepquantum(options):
    # Gradients of the inputs alone: the angles of the ansatz are constants to it.
    import deepquantum as dq
    import torch

    torch.set_default_dtype(torch.float64)
    n, w = options.qubits, workloads.weights(options.layers, options.qubits, 3)
    circuit = dq.QubitCircuit(n)
    for i in range(n):
        circuit.rx(i, encode=True)
    for layer in w:
        for i in range(n):
            circuit.rz(i, layer[i][0])
            circuit.ry(i, layer[i][1])
            circuit.rz(i, layer[i][2])
        for i in range(n):
            circuit.cnot(i, (i + 1) % n)
    for i in range(n):
        circuit.observable(i)
    circuit.to(torch.double)

    def expectations(x, _):
        circuit(data=x)
        return circuit.expectation()

    return torch_work(expectations, options)


workloads.run(
    "gradient",
    ("layers", "batch"),
    {
        "pennylane-default": pennylane_default,
        "pennylane-lightning": pennylane_lightning,
        "tensorcircuit": tensorcircuit,
        "qulacs": qulacs,
        "mindquantum": mindquantum,
        "deepquantum": deepquantum,
    },
)
