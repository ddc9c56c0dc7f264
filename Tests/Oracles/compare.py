"""Runs every oracle script again and compares what it writes with the committed files.

usage: compare.py [--update] [NAME...]     NAME: scripts to run, without .py; all when none is given

A script is run as `python SCRIPT DIRECTORY` and writes its files there. Numbers agree within the
relative tolerance that tolerances.json names for the file (else its "default"); a number in a list
is measured against the largest of its list, since a sum's rounding follows its largest term. Text
and other files agree byte for byte. --update copies what was computed over what is committed.
"""

import json
import math
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

# Below this, two numbers that should vanish are equal whatever their ratio.
ZERO = 1e-15


def sources():
    """Yields each script and the directory of its committed files."""
    for script in sorted(HERE.glob("*.py")):
        if script != pathlib.Path(__file__).resolve():
            yield script, HERE / "data"
    yield ROOT / "circuits" / "expected.py", ROOT / "circuits"
    yield ROOT / "examples" / "data" / "make.py", ROOT / "examples" / "data"


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def difference(found, expected, scale=0.0):
    """Returns the largest relative difference, or a text that says where the two differ in form."""
    if is_number(found) and is_number(expected):
        if found == expected or (math.isnan(found) and math.isnan(expected)):
            return 0.0
        gap = abs(found - expected)
        return 0.0 if gap <= ZERO else gap / max(scale, abs(found), abs(expected))
    if type(found) is not type(expected):
        return f"found {found!r:.60}, committed {expected!r:.60}"
    if isinstance(found, dict):
        if found.keys() != expected.keys():
            return f"keys differ: {sorted(found.keys() ^ expected.keys())[:4]}"
        parts = [(key, found[key], expected[key]) for key in found]
        return largest(parts, 0.0)
    if isinstance(found, list):
        if len(found) != len(expected):
            return f"lengths differ: {len(found)}, committed {len(expected)}"
        scale = max((abs(x) for x in expected if is_number(x) and math.isfinite(x)), default=0.0)
        return largest(list(zip(range(len(found)), found, expected)), scale)
    return 0.0 if found == expected else f"found {found!r:.60}, committed {expected!r:.60}"


def largest(parts, scale):
    worst = 0.0
    for key, a, b in parts:
        result = difference(a, b, scale)
        if isinstance(result, str):
            return f"[{key}] {result}"
        worst = max(worst, result)
    return worst


def compare(new, committed, tolerance):
    """Returns (agrees, what to print)."""
    if not committed.exists():
        return False, "not committed"
    if new.suffix != ".json":
        same = new.read_bytes() == committed.read_bytes()
        return same, "same bytes" if same else "bytes differ"
    result = difference(json.loads(new.read_text()), json.loads(committed.read_text()))
    if isinstance(result, str):
        return False, result
    return result <= tolerance, f"largest difference {result:.1e}, tolerance {tolerance:.0e}"


def main():
    arguments = sys.argv[1:]
    update = "--update" in arguments
    names = {a for a in arguments if a != "--update"}
    tolerances = json.loads((HERE / "tolerances.json").read_text())
    files, faults, ran, seen = 0, 0, set(), set()

    for script, directory in sources():
        label = str(script.relative_to(ROOT))
        if names and script.stem not in names and label.removesuffix(".py") not in names:
            continue
        ran.add(script)
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            outcome = subprocess.run(
                [sys.executable, str(script), folder], cwd=ROOT, capture_output=True, text=True
            )
            seconds = time.perf_counter() - start
            written = sorted(p for p in pathlib.Path(folder).rglob("*") if p.is_file())
            if outcome.returncode != 0 or not written:
                print(f"FAIL {label}: exit code {outcome.returncode}, {len(written)} files")
                print(outcome.stderr[-2000:])
                faults += 1
                continue
            for new in written:
                committed = directory / new.relative_to(folder)
                seen.add(committed)
                if update:
                    committed.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(new, committed)
                tolerance = tolerances.get(new.name, tolerances["default"])
                agrees, text = compare(new, committed, tolerance)
                files += 1
                faults += not agrees
                print(f"{'ok  ' if agrees else 'FAIL'} {committed.relative_to(ROOT)}: {text}")
            print(f"     {label} took {seconds:.1f} s", flush=True)

    if not ran:
        print(f"no script is named {', '.join(sorted(names))}")
        return 1
    if not names:
        for orphan in sorted(set((HERE / "data").iterdir()) - seen):
            print(f"FAIL {orphan.relative_to(ROOT)}: no script writes it")
            faults += 1
    print(f"oracles: {files} files compared, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
