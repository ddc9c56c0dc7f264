// swift-tools-version: 6.2
import PackageDescription

/// The languages whose readers have a fuzzer.
///
/// They are a package of their own, since `--sanitize fuzzer` gives every executable of a package libFuzzer's main
/// function. Tests/Fuzz/run.sh builds and runs them.
let languages = ["OpenQASM2", "OpenQASM3", "QSim", "JSON"]

let package = Package(
  name: "Fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Hilbert", path: "../..")],
  targets: [
    .target(
      name: "ReaderFuzzing", dependencies: [.product(name: "Hilbert", package: "Hilbert")])
  ]
    + languages.map {
      .executableTarget(name: "Fuzz\($0)", dependencies: ["ReaderFuzzing"])
    }
)
