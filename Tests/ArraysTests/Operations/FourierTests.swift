import Arrays
import ComplexModule
import Compute
import Foundation
import RealModule
import TestSupport
import Testing

/// What Tests/Oracles/fft_eigh.py computed with NumPy and SciPy.
private struct FourierOracle: Decodable {
  struct Parts: Decodable {
    let re: [Double]
    let im: [Double]
    func array(_ shape: [Int]) -> NDArray {
      .complex(real: NDArray(re, shape: Shape(shape)), imaginary: NDArray(im, shape: Shape(shape)))
    }
  }
  struct Transform: Decodable {
    let shape: [Int]
    let input: Parts
    let output: Parts
  }
  struct RealTransform: Decodable {
    let shape: [Int]
    let input: [Double]
    let output: Parts
  }
  struct Spectrum: Decodable {
    let size: Int
    let matrix: Parts
    let values: [Double]
  }
  let transforms: [Transform]
  let realTransforms: [RealTransform]
  let hermitian: [Spectrum]
  let symmetric: [Spectrum]
}

@Suite("Fourier transforms and eigenvectors")
struct FourierTests {
  private let oracle = Result { try OracleFile.decode("fft_eigh", as: FourierOracle.self) }

  /// The transform along the first axis, by the definition.
  private func naive(_ x: [Complex<Double>]) -> [Complex<Double>] {
    x.indices.map { k in
      x.indices.reduce(.zero) { sum, j in
        let angle = -2 * Double.pi * Double(j * k % x.count) / Double(x.count)
        return sum + x[j] * Complex(cos(angle), sin(angle))
      }
    }
  }

  @Test("agree with the definition, in both precisions", arguments: [1, 2, 3, 8, 13, 30, 64])
  func definition(_ n: Int) {
    let parts = numbers(Double.self, 2 * n, in: -1...1)
    let x = (0..<n).map { Complex(parts[2 * $0], parts[2 * $0 + 1]) }
    let expected = NDArray(naive(x))
    #expect(NDArray(x).fft().isClose(to: expected, within: 1e-13))
    #expect(NDArray(x).cast(to: .complex64).fft().isClose(to: expected, within: 1e-5))
    #expect(NDArray(x).cast(to: .complex64).fft().dtype == .complex64)
    #expect(NDArray(x).fft().ifft().isClose(to: NDArray(x), within: 1e-14))
    #expect(NDArray(x).isEqual(to: NDArray(x)).allTrue(), "the argument stays as it was")
    let real = NDArray(x.map(\.real))
    #expect(real.fft().isClose(to: NDArray(naive(x.map { Complex($0.real) })), within: 1e-13))
  }

  @Test("along any axis of any layout")
  func axes() {
    let x = NDArray(numbers(Double.self, 60, in: -1...1), shape: [3, 4, 5])
    for view in [x, x.transposed(0, 2)] {
      for axis in 0..<3 {
        let y = view.fft(axis: axis).transposed(axis, 2).reshaped([-1, view.shape[axis]])
        let rows = view.transposed(axis, 2).reshaped([-1, view.shape[axis]])
        for row in 0..<rows.shape[0] {
          let line = rows[row].doubles().map { Complex($0) }
          #expect(y[row].isClose(to: NDArray(naive(line)), within: 1e-13))
        }
        #expect(view.fft(axis: axis).ifft(axis: axis).realPart().isClose(to: view, within: 1e-14))
      }
    }
    #expect(NDArray.zeros([0, 4]).fft().shape == [0, 4])
  }

  @Test("many at once give what one at a time does")
  func concurrency() async {
    let x = NDArray(numbers(Double.self, 64 * 6, in: -1...1), shape: [6, 64])
    let expected = (0..<6).map { x[$0].fft() }
    await withTaskGroup(of: Bool.self) { group in
      for task in 0..<24 {
        group.addTask {
          x[task % 6].fft().isClose(to: expected[task % 6], within: 0)
        }
      }
      for await isSame in group { #expect(isSame) }
    }
  }

  @Test("agree with SciPy")
  func oracleTransforms() throws {
    let oracle = try oracle.get()
    for transform in oracle.transforms {
      var x = transform.input.array(transform.shape)
      for axis in 0..<x.rank { x = x.fft(axis: axis) }
      #expect(x.isClose(to: transform.output.array(transform.shape), within: 1e-11))
    }
    for transform in oracle.realTransforms {
      let half = transform.shape.dropLast() + [(transform.shape.last ?? 0) / 2 + 1]
      let x = NDArray(transform.input, shape: Shape(transform.shape)).fft()
      let front = x.slice(axis: -1, 0..<(half.last ?? 0))
      #expect(front.isClose(to: transform.output.array(Array(half)), within: 1e-11))
    }
  }

  @Test("eigenvalues agree with SciPy; eigenvectors are orthonormal and fulfil their equation")
  func eigen() throws {
    let oracle = try oracle.get()
    for (spectra, isReal) in [(oracle.hermitian, false), (oracle.symmetric, true)] {
      for spectrum in spectra {
        let n = spectrum.size
        let full = spectrum.matrix.array([n, n])
        let matrix = isReal ? full.realPart().contiguous() : full
        let (values, vectors) = try matrix.eigh()
        #expect(values.dtype == .float64 && vectors.dtype == matrix.dtype)
        #expect(values.isClose(to: NDArray(spectrum.values), within: 1e-12))
        #expect(matrix.matmul(vectors).isClose(to: vectors * values, within: 1e-11))
        let gram = vectors.conjugate().transposed().matmul(vectors)
        #expect(gram.isClose(to: .eye(n, dtype: .float64), within: 1e-12))
      }
    }
    #expect(throws: (any Error).self) { try NDArray([0.0, 1, 0, 0], shape: [2, 2]).eigh() }
    #expect(throws: (any Error).self) { try NDArray.zeros([2, 3]).eigh() }
  }
}
