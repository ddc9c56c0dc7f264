import Circuits
import Compute
import Simulation

/// Outputs at rows of numbers that a gradient method chose, `[rows, outputs]`, from the rows and the sample of each.
///
/// Where outputs are drawn, the rows of one sample share their draws.
typealias EvaluatedRows<Scalar: StateScalar> = (
  _ rows: [Scalar], _ samples: [Int]
) throws(GradientError) -> [Scalar]

extension CircuitEngine {
  /// From d loss / d outputs to d loss / d moments, after a check of the numbers of weights, inputs and cotangents.
  func momentCotangents(
    _ batch: SampleBatch<Double>, _ cotangents: [Double]
  ) throws(GradientError) -> [Double] {
    guard batch.weights.count == circuit.weightCount else {
      throw .simulation(
        .weightCount(found: batch.weights.count, expected: circuit.weightCount))
    }
    guard batch.inputs.count == batch.count * circuit.inputCount else {
      throw .simulation(
        .inputCount(
          found: batch.inputs.count / max(batch.count, 1), expected: circuit.inputCount))
    }
    try circuit.requireNorms(of: batch)
    let expected = batch.count * measurement.outputCount
    require(
      cotangents.count == expected, "expected \(expected) cotangents, found \(cotangents.count)")
    let readout = Readout(measurement)
    guard !readout.isIdentity else { return cotangents }
    do throws(SimulationError) {
      let moments = try running(circuit, measuring: measurement.moments)
        .outputs(weights: batch.weights, inputs: batch.inputs, count: batch.count)
      return readout.pulledBack(cotangents, at: moments)
    } catch {
      throw .simulation(error)
    }
  }

  /// The outputs of this engine, running another circuit that has no weights.
  func rows(
    running circuit: Circuit, measuring measurement: Measurement
  ) throws(GradientError) -> EvaluatedRows<Double> {
    do throws(SimulationError) {
      let engine = try running(circuit, measuring: measurement)
      return { (rows, samples) throws(GradientError) in
        do throws(SimulationError) {
          return try engine.outputs(weights: [], inputs: rows, draws: samples)
        } catch {
          throw .simulation(error)
        }
      }
    } catch {
      throw .simulation(error)
    }
  }
}

extension CircuitFunction {
  /// From d loss / d moments to the gradients, by the sweep of the device's engine.
  func sweepBack<Scalar: StateScalar>(
    _ cotangents: [Scalar], at batch: SampleBatch<Scalar>
  ) throws(GradientError) -> CircuitGradients<Scalar> {
    guard let engine = engine(at: batch) else {
      stop("a function on state vectors sweeps back through its plan")
    }
    do throws(SimulationError) {
      let gradients = try engine.vectorJacobianProduct(
        weights: batch.weights, inputs: batch.doubles.inputs, count: batch.count,
        cotangents: cotangents.map { Double($0) })
      return CircuitGradients(
        weights: gradients.weights, inputs: gradients.inputs.map { Scalar($0) })
    } catch {
      throw .simulation(error)
    }
  }
}
