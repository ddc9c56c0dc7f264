public import Arrays
public import Compute
public import Simulation

/// A similarity of samples that is an inner product in some space: k(a, b) = ⟨φ(a), φ(b)⟩.
public protocol Kernel {
  /// The kernel between the rows of two arrays.
  ///
  /// - Parameters:
  ///   - a: `[n, features]`, of a real type.
  ///   - b: `[m, features]`, of a real type.
  /// - Returns: float64 of shape `[n, m]`, k(aᵢ, bⱼ).
  /// - Throws: ``KernelError`` if the rows do not fit the kernel or memory does not suffice.
  func matrix(_ a: NDArray, _ b: NDArray) throws(KernelError) -> NDArray

  /// The kernel between the rows of one array, its Gram matrix.
  ///
  /// - Parameter a: `[n, features]`, of a real type.
  /// - Returns: float64 of shape `[n, n]`, symmetric.
  /// - Throws: ``KernelError`` if the rows do not fit the kernel or memory does not suffice.
  func matrix(_ a: NDArray) throws(KernelError) -> NDArray

  /// The kernel as it is now: what is trained later does not change it.
  var fixed: any Kernel & Sendable { get }
}

extension Kernel {
  /// The kernel between the rows of one array, as between two.
  public func matrix(_ a: NDArray) throws(KernelError) -> NDArray { try matrix(a, a) }
}

extension Kernel where Self: Sendable {
  /// The kernel itself: nothing in it can be trained.
  public var fixed: any Kernel & Sendable { self }
}

/// Why a kernel matrix cannot be computed.
public enum KernelError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The samples have another number of features than the kernel reads.
  case featureCount(found: Int, expected: Int)
  /// The circuit cannot be run.
  case simulation(SimulationError)
  /// The matrix or what it is made from does not fit the budget; nothing was allocated.
  case memory(MemoryBudgetError)

  /// A sentence that says what was found and what was expected.
  public var description: String {
    switch self {
    case .featureCount(let found, let expected):
      "the kernel reads \(expected) features of a sample, found \(found)"
    case .simulation(let error): error.description
    case .memory(let error): error.description
    }
  }
}

extension NDArray {
  /// The rows of samples as one list of numbers, row by row.
  ///
  /// - Precondition: Two axes.
  func sampleRows() -> [Double] {
    require(
      rank == 2, "kernel: expected samples of shape [samples, features], found \(shape)")
    return doubles()
  }

  /// A float64 matrix that `fill` writes, row by row.
  ///
  /// - Throws: ``KernelError/memory(_:)`` before anything is allocated.
  static func kernelMatrix(
    _ rows: Int, _ columns: Int, budget: MemoryBudget = .process,
    fill: (UnsafeMutablePointer<Double>) throws(KernelError) -> Void
  ) throws(KernelError) -> NDArray {
    let storage: AlignedBuffer
    do throws(MemoryBudgetError) {
      storage = try .allocate(
        byteCount: rows * columns * 8, for: "a kernel matrix of \(rows) x \(columns) samples",
        budget: budget)
    } catch {
      throw .memory(error)
    }
    let matrix = NDArray(storage: storage, offset: 0, shape: [rows, columns], dtype: .float64)
    guard rows > 0 && columns > 0 else { return matrix }
    unsafe try fill(matrix.pointer.assumingMemoryBound(to: Double.self))
    return matrix
  }
}
