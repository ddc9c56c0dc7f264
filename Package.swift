// swift-tools-version: 6.2
import PackageDescription

/// The settings of every Swift target of this package; see docs/contributing.md.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let complexModule = Target.Dependency.product(name: "ComplexModule", package: "swift-numerics")
let realModule = Target.Dependency.product(name: "RealModule", package: "swift-numerics")
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "Hilbert",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Hilbert", targets: ["Hilbert"]),
    .executable(name: "qsim", targets: ["qsim"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    // Floor 0: C kernels and system libraries.
    .target(name: "CQuantumKernels"),
    .target(name: "CArrayKernels"),
    .target(name: "CProcessor"),
    .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CLAPACKE", providers: [.apt(["liblapacke-dev"])]),
    .systemLibrary(name: "CFFTW3", providers: [.apt(["libfftw3-dev"])]),
    .systemLibrary(name: "CLibSVM", providers: [.apt(["libsvm-dev"])]),
    // Floors 1 and 2: machine, small matrices, charts.
    .target(name: "Compute", dependencies: ["CProcessor"]),
    .target(
      name: "LinearAlgebra",
      dependencies: ["CLAPACKE", "COpenBLAS", "Compute", complexModule, realModule]),
    .target(name: "Figures", dependencies: ["Compute"]),
    // The classical tower.
    .target(
      name: "Arrays",
      dependencies: [
        "CArrayKernels", "CFFTW3", "COpenBLAS", "Compute", "LinearAlgebra", complexModule,
        realModule,
      ]),
    .target(
      name: "Autograd",
      dependencies: ["Arrays", "CArrayKernels", "Compute", complexModule, realModule]),
    .target(name: "Datasets", dependencies: ["Arrays", "Compute", complexModule]),
    .target(name: "NeuralNetworks", dependencies: ["Arrays", "Autograd", "Compute"]),
    .target(
      name: "Optimizers", dependencies: ["Arrays", "Autograd", "CArrayKernels", "Compute"]),
    .target(
      name: "Training",
      dependencies: [
        "Arrays", "Autograd", "Compute", "Datasets", "Figures", "NeuralNetworks", "Optimizers",
      ]),
    // The quantum tower.
    .target(
      name: "Circuits", dependencies: ["Compute", "LinearAlgebra", complexModule, realModule]),
    .target(
      name: "CircuitText",
      dependencies: ["Circuits", "Compute", "LinearAlgebra", complexModule, realModule]),
    .target(name: "CircuitDrawing", dependencies: ["Circuits", "Compute", "Figures"]),
    .target(
      name: "Simulation",
      dependencies: [
        "CQuantumKernels", "Circuits", "Compute", "LinearAlgebra", complexModule, realModule,
      ]),
    .target(
      name: "QuantumGradients",
      dependencies: ["Circuits", "Compute", "LinearAlgebra", "Simulation", complexModule]
    ),
    // The bridge and the face.
    .target(
      name: "HybridModels",
      dependencies: [
        "Arrays", "Autograd", "CLibSVM", "COpenBLAS", "Circuits", "Compute", "Datasets",
        "NeuralNetworks", "Optimizers", "QuantumGradients", "Simulation",
      ]),
    .target(
      name: "Hilbert",
      dependencies: [
        "Arrays", "Autograd", "CircuitDrawing", "CircuitText", "Circuits", "Compute", "Datasets",
        "Figures", "HybridModels", "LinearAlgebra", "NeuralNetworks", "Optimizers",
        "QuantumGradients", "Simulation", "Training", complexModule, realModule,
      ]),
    .target(name: "Benchmarks", dependencies: ["Hilbert"]),
    .target(name: "QSimCommands", dependencies: ["Benchmarks", "Hilbert", argumentParser]),
    .executableTarget(name: "qsim", dependencies: ["QSimCommands", argumentParser]),
    // Tests: slow references that share no code with the kernels, and one target per module.
    .target(
      name: "TestSupport",
      dependencies: ["Circuits", "Compute", "LinearAlgebra", complexModule, realModule],
      path: "Tests/TestSupport"),
    .executableTarget(
      name: "NeonCases",
      dependencies: [
        "Circuits", "Compute", "LinearAlgebra", "Simulation", "TestSupport", complexModule,
      ],
      path: "Tests/Neon/Cases"),
  ]
)

/// The examples of examples/, each built here and run by HilbertTests.
let examples: [String] = ["hybrid-classifier", "quantum-kernel", "quantum-layer-from-scratch"]

/// The test targets: one for each target that has behaviour, and what each reaches besides it.
let tests: [(target: String, also: [Target.Dependency])] = [
  ("Arrays", ["CArrayKernels", "Compute", "LinearAlgebra", complexModule, realModule]),
  ("Autograd", ["Arrays", "Compute", complexModule]),
  ("Benchmarks", ["Simulation"]),
  ("CircuitDrawing", ["Circuits", "Figures"]),
  ("Compute", []),
  ("Datasets", ["Arrays", "Compute", complexModule]),
  ("Figures", []),
  ("Hilbert", []),
  (
    "HybridModels",
    [
      "Arrays", "Autograd", "CLibSVM", "Circuits", "Compute", "Datasets", "NeuralNetworks",
      "Optimizers", "QuantumGradients", "Simulation", complexModule, realModule,
    ]
  ),
  ("LinearAlgebra", ["CLAPACKE", "Compute", complexModule, realModule]),
  ("NeuralNetworks", ["Arrays", "Autograd", "Compute"]),
  ("Optimizers", ["Arrays", "Autograd", "Compute", complexModule]),
  ("QSimCommands", ["qsim"]),
  (
    "QuantumGradients",
    ["Circuits", "Compute", "LinearAlgebra", "Simulation", complexModule, realModule]
  ),
  ("Simulation", ["Circuits", "Compute", "LinearAlgebra", complexModule, realModule]),
  (
    "Training",
    ["Arrays", "Autograd", "Compute", "Datasets", "Figures", "NeuralNetworks", "Optimizers"]
  ),
  ("Circuits", ["Compute", "LinearAlgebra", complexModule, realModule]),
  ("CircuitText", ["Circuits", "Compute", "LinearAlgebra", complexModule, realModule]),
]

package.targets += examples.map { name in
  .executableTarget(
    name: name, dependencies: ["Hilbert"], path: "examples/\(name)", exclude: ["README.md"])
}
package.targets += tests.map { target, also in
  .testTarget(
    name: "\(target)Tests", dependencies: [.target(name: target), "TestSupport"] + also)
}

/// The targets written in C, or standing for a library of the system.
let withoutSwift = [
  "CQuantumKernels", "CArrayKernels", "CProcessor", "COpenBLAS", "CLAPACKE", "CFFTW3", "CLibSVM",
]
for target in package.targets where !withoutSwift.contains(target.name) {
  target.swiftSettings = strict
}
