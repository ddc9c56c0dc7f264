# What can be done with a clone of Hilbert; `make` alone prints this list.
SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup run test test-neon lint format bench bench-peers check-oracles check-peers fuzz docs man clean

BUILD := swift build -c release
BIN := .build/release
OUTPUT := output
SWIFT_DIRECTORIES := $(wildcard Sources Tests examples .ci)
ROUNDS := 5
BENCHMARKS := gradient statevector vqe kernel layers

help:  ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

setup:  ## install the system packages that are missing (apt-get)
	@.ci/setup.sh

run: setup  ## train a hybrid classifier on Wine, then run a circuit file
	$(BUILD) --product hybrid-classifier
	$(BUILD) --product qsim
	@mkdir -p $(OUTPUT)
	$(BIN)/hybrid-classifier
	$(BIN)/qsim run circuits/bell.qasm --shots 1000 --seed 1

test: setup  ## build everything in release mode and run every test
	$(BUILD) --build-tests
	swift test -c release --skip-build --disable-xctest
	Tests/OutsidePackage/run.sh

test-neon: setup  ## check the C kernels compiled for aarch64, in an emulator (installs qemu-user)
	Tests/Neon/run.sh

lint: setup  ## check format, house rules, floors and imports
	swift format lint --strict --recursive --parallel $(SWIFT_DIRECTORIES) Package.swift
	.ci/check-sources.sh
	swift package dump-package | swift .ci/CheckFloors.swift
	$(BUILD) --build-tests --explicit-target-dependency-import-check error

format:  ## rewrite the Swift sources in the house format
	swift format --in-place --recursive --parallel $(SWIFT_DIRECTORIES) Package.swift

bench: setup  ## time our own workloads
	$(BUILD) --product qsim
	for workload in $(BENCHMARKS); do $(BIN)/qsim bench $$workload; done

bench-peers: setup  ## time the workloads beside other simulators (makes Python environments)
	$(BUILD) --product qsim
	Tests/Peers/run.sh --ours $(BIN)/qsim --rounds $(ROUNDS) --write bench-results/peers.md

check-oracles:  ## compute every committed oracle number again and compare (makes a Python environment)
	Tests/Oracles/run.sh

check-peers: setup  ## run circuit files of other tools and compare with Qiskit Aer (makes a Python environment)
	$(BUILD) --product qsim
	Tests/Peers/check_files.sh --qsim $(BIN)/qsim

fuzz: setup  ## try ten million inputs on each reader of circuit files (takes hours)
	Tests/Fuzz/run.sh

docs: setup  ## write the reference of all targets into output/reference
	.ci/docs.sh $(OUTPUT)/reference

man: setup  ## write the manual page of qsim into output/qsim.1
	$(BUILD) --product qsim
	@mkdir -p $(OUTPUT)
	$(BIN)/qsim manual > $(OUTPUT)/qsim.1

clean:  ## remove what builds, Python environments and runs have left
	rm -rf .build .build-fuzz .venv-oracles .venv-peers .venv-peers-* .venv-peer-files $(OUTPUT) bench-results
