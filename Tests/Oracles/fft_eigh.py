"""Fourier transforms and eigenvalues by NumPy and SciPy, from inputs given by formulas.

writes fft_eigh.json: `transforms` with shape, input and output (re, im; row-major; forward,
unnormalised, over all axes), `realTransforms` likewise (half spectrum over the last axis), and
`hermitian` and `symmetric` matrices (row-major) with ascending eigenvalues.
"""

import json
import pathlib
import sys

import numpy as np
import scipy.fft
import scipy.linalg


def split(values):
    flat = np.asarray(values).reshape(-1)
    return {"re": flat.real.tolist(), "im": flat.imag.tolist()}


def signal(count):
    k = np.arange(count)
    return np.sin(0.7 * k + 0.2) + 0.3 * np.cos(2.9 * k) + 1j * np.cos(1.1 * k * k % 7.0)


def hermitian(n, complex_part):
    a, b = np.meshgrid(np.arange(n), np.arange(n), indexing="ij")
    m = np.sin(1.3 * a + 0.4 * b) + complex_part * 1j * np.cos(0.9 * a - 0.5 * b)
    return (m + m.conj().T) / 2


def main(directory):
    result = {"transforms": [], "realTransforms": [], "hermitian": [], "symmetric": []}
    for shape in [(1,), (2,), (8,), (12,), (15,), (17,), (64,), (4, 6), (3, 5, 8)]:
        x = signal(int(np.prod(shape))).reshape(shape)
        result["transforms"].append(
            {"shape": list(shape), "input": split(x), "output": split(scipy.fft.fftn(x))}
        )
        result["realTransforms"].append(
            {
                "shape": list(shape),
                "input": x.real.reshape(-1).tolist(),
                "output": split(scipy.fft.rfft(x.real, axis=-1)),
            }
        )
    for n in [1, 2, 3, 5, 8, 16]:
        for name, part in (("hermitian", 1.0), ("symmetric", 0.0)):
            m = hermitian(n, part)
            values = scipy.linalg.eigvalsh(m)
            result[name].append({"size": n, "matrix": split(m), "values": values.tolist()})
    path = pathlib.Path(directory) / "fft_eigh.json"
    path.write_text(json.dumps(result, indent=1) + "\n")


main(sys.argv[1])
