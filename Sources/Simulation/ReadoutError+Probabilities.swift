import Circuits

extension ReadoutError {
  /// Makes the probabilities of outcomes those of what is read, where one of their bits is misread.
  func misread(bit: Int, of probabilities: inout [Double]) {
    let stride = 1 << bit
    for index in probabilities.indices where index & stride == 0 {
      let (zero, one) = (probabilities[index], probabilities[index + stride])
      probabilities[index] = zero * (1 - zeroAsOne) + one * oneAsZero
      probabilities[index + stride] = zero * zeroAsOne + one * (1 - oneAsZero)
    }
  }
}
