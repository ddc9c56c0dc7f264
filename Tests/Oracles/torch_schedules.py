"""Learning rates over 50 steps by torch.optim.lr_scheduler.

writes torch_schedules.json: for each name the values at steps 0...49 (float64); the arguments are
those of ScheduleTests.swift.
"""

import json
import pathlib
import sys
import warnings

import torch
from torch.optim import lr_scheduler as lrs

warnings.filterwarnings("ignore")
STEPS = 50
BASE = 0.05

CASES = {
    "constant": lambda o: lrs.LambdaLR(o, lambda t: 1.0),
    "step": lambda o: lrs.StepLR(o, 7),
    "stepHalf": lambda o: lrs.StepLR(o, 10, gamma=0.5),
    "multiStep": lambda o: lrs.MultiStepLR(o, [5, 20, 20, 33], gamma=0.3),
    "exponential": lambda o: lrs.ExponentialLR(o, 0.93),
    "polynomial": lambda o: lrs.PolynomialLR(o),
    "polynomialSquare": lambda o: lrs.PolynomialLR(o, total_iters=40, power=2.0),
    "cosine": lambda o: lrs.CosineAnnealingLR(o, 49),
    "cosineBeyond": lambda o: lrs.CosineAnnealingLR(o, 20, eta_min=0.01),
    "linearWarmUp": lambda o: lrs.LinearLR(o),
    "linear": lambda o: lrs.LinearLR(o, start_factor=1.0, end_factor=0.2, total_iters=30),
    "cyclic": lambda o: lrs.CyclicLR(o, 0.01, 0.1, step_size_up=8, cycle_momentum=False),
    "cyclicUneven": lambda o: lrs.CyclicLR(
        o, 0.01, 0.1, step_size_up=4, step_size_down=9, cycle_momentum=False
    ),
    "cyclicTriangular2": lambda o: lrs.CyclicLR(
        o, 0.01, 0.1, step_size_up=6, mode="triangular2", cycle_momentum=False
    ),
    "cyclicExponentialRange": lambda o: lrs.CyclicLR(
        o, 0.01, 0.1, step_size_up=6, mode="exp_range", gamma=0.97, cycle_momentum=False
    ),
    "sequence": lambda o: lrs.SequentialLR(
        o,
        [
            lrs.LinearLR(o, start_factor=0.1, total_iters=10),
            lrs.StepLR(o, 5, gamma=0.5),
            lrs.CosineAnnealingLR(o, 20),
        ],
        milestones=[10, 28],
    ),
}


def values(make):
    parameter = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([parameter], lr=BASE)
    scheduler = make(optimizer)
    result = []
    for _ in range(STEPS):
        result.append(float(optimizer.param_groups[0]["lr"]))
        optimizer.step()
        scheduler.step()
    return result


def main(directory):
    data = {"base": BASE, "values": {name: values(make) for name, make in CASES.items()}}
    path = pathlib.Path(directory) / "torch_schedules.json"
    path.write_text(json.dumps(data, indent=1) + "\n")


main(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "data")
