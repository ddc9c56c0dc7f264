// swift-tools-version: 6.2
import PackageDescription

// A package of a user: it depends on Hilbert by path, without a flag. See run.sh.
let package = Package(
  name: "OutsidePackage",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Hilbert", path: Context.environment["HILBERT_PATH"] ?? "../..")],
  targets: [
    .executableTarget(
      name: "TrainOneStep", dependencies: [.product(name: "Hilbert", package: "Hilbert")])
  ]
)
