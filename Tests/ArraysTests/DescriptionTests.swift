import Arrays
import ComplexModule
import RealModule
import Testing

@Suite("Description of arrays")
struct DescriptionTests {
  @Test("aligns numbers as torch does")
  func alignment() {
    #expect("\(NDArray([1.0, 2.5, -3] as [Float]))" == "[ 1.0000,  2.5000, -3.0000]")
    #expect("\(NDArray([1.0, 2, 30] as [Float]))" == "[ 1.,  2., 30.]")
    #expect("\(NDArray([1, 20], shape: [2, 1]))" == "[[ 1],\n [20]] int64")
    #expect("\(NDArray([1e-6, 1.5]))" == "[1.0000e-06, 1.5000e+00] float64")
    #expect("\(NDArray([0.5, .nan, -.infinity] as [Float]))" == "[0.5000,    nan,   -inf]")
    #expect("\(NDArray([true, false]))" == "[ true, false] bool")
    #expect("\(NDArray(2.5 as Float))" == "2.5000" && "\(NDArray([Float]()))" == "[]")
    #expect(
      "\(NDArray([Complex(1.5, -2), Complex(0, 0.25)]))"
        == "[1.5000-2.0000i, 0.0000+0.2500i] complex128")
  }

  @Test("nests axes, with blank lines between matrices")
  func nesting() {
    let x = NDArray.arange(0..<8).reshaped([2, 2, 2])
    #expect("\(x)" == "[[[0, 1],\n  [2, 3]],\n\n [[4, 5],\n  [6, 7]]] int64")
  }

  @Test("leaves out the middle of large arrays")
  func shortening() {
    #expect("\(NDArray.arange(0..<2000))" == "[   0,    1,    2, ..., 1997, 1998, 1999] int64")
    let lines = "\(NDArray.zeros([100, 100]))".split(separator: "\n")
    #expect(
      lines.count == 7 && lines[3] == " ...," && lines[0] == "[[0., 0., 0., ..., 0., 0., 0.],")
  }
}
