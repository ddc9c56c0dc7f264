"""Outputs and gradients of layers and losses by torch.nn, from values given by formulas.

writes torch_layers.json: `activations` (input, output, gradient of the weighted sum of outputs),
`linear` and `sequential` (parameters by state_dict name, input, output, gradients by name and of the
input), `losses` (arguments, value, gradient of the logits or prediction), and `initializers`, the
bounds and standard deviations of torch.nn.init for a weight of shape [40, 60].
"""

import json
import math
import pathlib
import sys

import torch
from torch import nn
from torch.nn import functional as F

D = torch.float64


def wave(*shape, phase=0.0, scale=1.0):
    k = torch.arange(math.prod(shape), dtype=D)
    return (scale * (torch.sin(1.7 * k + phase) + 0.25 * torch.cos(0.3 * k))).reshape(shape)


def flat(tensor):
    return tensor.detach().reshape(-1).tolist()


def pull(output):
    """The upstream gradient of every output: wave(shape, phase=0.9)."""
    output.backward(wave(*output.shape, phase=0.9))


def activations():
    result = {}
    modules = {
        "relu": nn.ReLU(),
        "tanh": nn.Tanh(),
        "sigmoid": nn.Sigmoid(),
        "gelu": nn.GELU(),
        "geluTanh": nn.GELU(approximate="tanh"),
        "softplus": nn.Softplus(),
    }
    for name, module in modules.items():
        x = wave(4, 6, scale=2.5)
        x[0, 0], x[3, 5] = 25.0, -25.0
        x.requires_grad_()
        y = module(x)
        pull(y)
        result[name] = {
            "shape": [4, 6],
            "input": flat(x),
            "output": flat(y),
            "inputGradient": flat(x.grad),
        }
    return result


def model_case(model, x):
    for index, parameter in enumerate(model.parameters()):
        parameter.data = wave(*parameter.shape, phase=0.4 * index, scale=0.6)
    x.requires_grad_()
    y = model(x)
    pull(y)
    return {
        "parameters": {
            n: {"shape": list(p.shape), "values": flat(p)} for n, p in model.state_dict().items()
        },
        "inputShape": list(x.shape),
        "input": flat(x),
        "outputShape": list(y.shape),
        "output": flat(y),
        "gradients": {n: flat(p.grad) for n, p in model.named_parameters()},
        "inputGradient": flat(x.grad),
    }


def losses():
    logits_value = wave(5, 4, scale=2.0)
    labels = torch.tensor([0, 3, 1, 1, 2])
    with_ignored = torch.tensor([0, -100, 1, -100, 2])
    result = []

    def add(kind, prediction, call, **arguments):
        x = prediction.clone().requires_grad_()
        value = call(x)
        value.backward(torch.ones_like(value))
        result.append(
            {
                "kind": kind,
                "shape": list(x.shape),
                "input": flat(x),
                "value": flat(value),
                "gradient": flat(x.grad),
                **arguments,
            }
        )

    for reduction in ("mean", "sum", "none"):
        for smoothing in (0.0, 0.1):
            for target in (labels, with_ignored):
                add(
                    "crossEntropy",
                    logits_value,
                    lambda x: F.cross_entropy(
                        x, target, reduction=reduction, label_smoothing=smoothing
                    ),
                    labels=target.tolist(),
                    reduction=reduction,
                    labelSmoothing=smoothing,
                )
    add(
        "crossEntropy",
        1e3 * logits_value,
        lambda x: F.cross_entropy(x, labels),
        labels=labels.tolist(),
        reduction="mean",
        labelSmoothing=0.0,
    )
    probabilities = torch.softmax(wave(5, 4, phase=2.0), dim=1)
    for reduction in ("mean", "sum", "none"):
        for smoothing in (0.0, 0.2):
            add(
                "softCrossEntropy",
                logits_value,
                lambda x: F.cross_entropy(
                    x, probabilities, reduction=reduction, label_smoothing=smoothing
                ),
                target=flat(probabilities),
                reduction=reduction,
                labelSmoothing=smoothing,
            )
        target = wave(3, 4, phase=1.1)
        add(
            "meanSquaredError",
            wave(3, 4),
            lambda x: F.mse_loss(x, target, reduction=reduction),
            target=flat(target),
            reduction=reduction,
        )
    return result


def initializers():
    weight = torch.empty(40, 60, dtype=D)
    fan_in, fan_out = nn.init._calculate_fan_in_and_fan_out(weight)
    convolution = nn.init._calculate_fan_in_and_fan_out(torch.empty(8, 3, 5, 2))

    def kaiming(a, fan):
        return nn.init.calculate_gain("leaky_relu", a) / math.sqrt(fan)

    def bound(fill):
        torch.manual_seed(0)
        big = torch.empty(400, 600, dtype=D)
        fill(big)
        return float(big.abs().max())

    return {
        "fans": [fan_in, fan_out],
        "convolutionFans": list(convolution),
        "kaimingStandardDeviation": kaiming(0, fan_in),
        "kaimingFanOutStandardDeviation": kaiming(0, fan_out),
        "kaimingLeakyStandardDeviation": kaiming(math.sqrt(5), fan_in),
        "xavierStandardDeviation": math.sqrt(2 / (fan_in + fan_out)),
        # The largest of 240,000 draws at ten times the fans: the bound, but for 1 in 1,000.
        "kaimingUniformBound": bound(nn.init.kaiming_uniform_) * math.sqrt(10),
        "xavierUniformBound": bound(nn.init.xavier_uniform_) * math.sqrt(10),
        "linearBound": bound(lambda w: nn.init.kaiming_uniform_(w, a=math.sqrt(5)))
        * math.sqrt(10),
    }


def main(directory):
    torch.set_num_threads(1)
    sequential = nn.Sequential(
        nn.Flatten(), nn.Linear(6, 5), nn.Tanh(), nn.Sequential(nn.Linear(5, 4), nn.GELU()),
        nn.Linear(4, 3, bias=False),
    )  # fmt: skip
    data = {
        "activations": activations(),
        "linear": model_case(nn.Linear(3, 4, dtype=D), wave(5, 3, phase=2.2)),
        "linearThreeAxes": model_case(nn.Linear(3, 2, dtype=D), wave(2, 4, 3, phase=1.2)),
        "sequential": model_case(sequential.to(D), wave(4, 2, 3, phase=0.6)),
        "losses": losses(),
        "initializers": initializers(),
    }
    path = pathlib.Path(directory) / "torch_layers.json"
    path.write_text(json.dumps(data, indent=1) + "\n")


main(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "data")
