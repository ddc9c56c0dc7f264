"""Six steps of each optimizer configuration by torch.optim.

writes torch_optimizers.json (float64) and torch_optimizers_float32.json: for each case the dtype, the
start values and the values after each step of two parameters. The loss has curvatures that differ and a term that couples the parameters;
its gradient is written out in OptimizerOracleTests.swift, which shares nothing else with this file.
"""

import json
import math
import pathlib
import sys

import torch

STEPS = 6


def groups(a, b, **second):
    return [{"params": [a]}, {"params": [b], **second}]


CASES = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.05),
    "sgdDefaults": lambda p: torch.optim.SGD(p),
    "sgdMomentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9),
    "sgdDampening": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, dampening=0.3),
    "sgdNesterov": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.8, nesterov=True),
    "sgdDecay": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=0.1),
    "adamDefaults": lambda p: torch.optim.Adam(p),
    "adam": lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.8, 0.95), eps=1e-3),
    "adamDecay": lambda p: torch.optim.Adam(p, lr=0.1, weight_decay=0.2),
    "adamAmsgrad": lambda p: torch.optim.Adam(p, lr=0.3, betas=(0.5, 0.6), amsgrad=True),
    "adamwDefaults": lambda p: torch.optim.AdamW(p),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.1, betas=(0.8, 0.95), weight_decay=0.3),
    "adamwAmsgrad": lambda p: torch.optim.AdamW(p, lr=0.3, betas=(0.5, 0.6), amsgrad=True),
    "sgdGroups": lambda p: torch.optim.SGD(
        groups(*p, lr=0.2, weight_decay=0.05), lr=0.05, momentum=0.9
    ),
    "adamGroups": lambda p: torch.optim.Adam(groups(*p, lr=0.2, weight_decay=0.5), lr=0.05),
}
SCHEDULED = {
    "sgdScheduled": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
    "adamScheduled": lambda p: torch.optim.Adam(p, lr=0.1),
}
CLIPPED = {
    "sgdClippedNorm": lambda p: torch.nn.utils.clip_grad_norm_(p, 0.7),
    "sgdClippedNormOne": lambda p: torch.nn.utils.clip_grad_norm_(p, 0.7, norm_type=1.0),
    "sgdClippedNormMaximum": lambda p: torch.nn.utils.clip_grad_norm_(
        p, 0.7, norm_type=math.inf
    ),
    "sgdNotClipped": lambda p: torch.nn.utils.clip_grad_norm_(p, 1e3),
    "sgdClippedValue": lambda p: torch.nn.utils.clip_grad_value_(p, 0.4),
}


def start(dtype):
    a = torch.tensor([[0.5, -1.0, 2.0], [1.5, 0.25, -0.75]], dtype=dtype, requires_grad=True)
    b = torch.tensor([1.0, -2.0], dtype=dtype, requires_grad=True)
    return [a, b]


def loss(a, b):
    curvature = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], dtype=a.dtype)
    return 0.5 * (curvature * a * a).sum() + (b * a.sum(dim=1)).sum() + (b**4).sum() / 4


def run(make, dtype, schedule=None, clip=None):
    parameters = start(dtype)
    optimizer = make(parameters)
    scheduler = schedule(optimizer) if schedule else None
    case = {
        "dtype": str(dtype).removeprefix("torch."),
        "start": [p.detach().reshape(-1).tolist() for p in parameters],
        "steps": [],
    }
    if clip:
        case["norms"] = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss(*parameters).backward()
        if clip:
            norm = clip(parameters)
            case["norms"].append(0.0 if norm is None else float(norm))
        optimizer.step()
        if scheduler:
            scheduler.step()
        case["steps"].append([p.detach().reshape(-1).tolist() for p in parameters])
    return case


def main(directory):
    data, single = {}, {}
    for name, make in CASES.items():
        data[name] = run(make, torch.float64)
    for name in ("sgdMomentum", "adam", "adamw"):
        single[name] = run(CASES[name], torch.float32)
    for name, make in SCHEDULED.items():
        data[name] = run(
            make,
            torch.float64,
            schedule=lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, STEPS),
        )
    for name, clip in CLIPPED.items():
        data[name] = run(lambda p: torch.optim.SGD(p, lr=0.05), torch.float64, clip=clip)
    for name, cases in (("torch_optimizers", data), ("torch_optimizers_float32", single)):
        path = pathlib.Path(directory) / f"{name}.json"
        path.write_text(json.dumps(cases, indent=1) + "\n")


main(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "data")
