// Tiles: lanes are samples, one call forward and one backward, as BatchEngine makes them.
#include <string.h>

#include "cases.h"

// What the tiles of one case share.
typedef struct {
  const kernel_case *c;
  const hq_kernels *kernels;
  int precision, first, samples;  // of the tile
  void *bound, *scratch, *state, *inputs, *cotangents, *outputs, *inputGradients;
  double *draws;  // null without channels
} tile_run;

static hq_tile callOf(const tile_run *run) {
  return (hq_tile){.weights = run->c->weights.values,
                   .inputs = run->inputs,
                   .samples = run->samples,
                   .bound = run->bound,
                   .draws = run->draws,
                   .state = run->state,
                   .scratch = run->scratch};
}

static void copyIn(const tile_run *run, numbers from, int64_t width, void *to) {
  for (int64_t i = 0; i < run->samples * width; ++i)
    setNumber(to, run->precision, i, from.values[run->first * width + i]);
}

// From rows of samples to rows of channels, a line of lanes each.
static void copyDraws(const tile_run *run, int64_t channels) {
  for (int64_t channel = 0; channel < channels; ++channel)
    for (int s = 0; s < run->samples; ++s)
      run->draws[channel * run->kernels->lanes + s] = run->c->draws.values[(run->first + s) * channels + channel];
}

static void checkForward(const tile_run *run) {
  const kernel_case *c = run->c;
  int lanes = run->kernels->lanes, outputCount = c->program.outputCount;
  int64_t basisCount = 1ll << c->qubitCount;
  hq_tile call = callOf(run);
  call.outputs = run->outputs;
  run->kernels->forward(&c->program, &call);
  for (int s = 0; s < run->samples; ++s) {
    int64_t sample = run->first + s;
    for (int i = 0; i < outputCount; ++i)
      expectNear(c, run->precision, OUTPUTS, "output", sample * outputCount + i,
                 numberAt(run->outputs, run->precision, (int64_t)s * outputCount + i),
                 c->outputs.values[sample * outputCount + i], c->outputScale);
    if (!c->isOrdered) continue;
    for (int64_t b = 0; b < basisCount; ++b)
      for (int part = 0; part < 2; ++part)
        expectNear(c, run->precision, AMPLITUDES, part ? "imaginary part of amplitude" : "real part of amplitude",
                   sample * basisCount + b,
                   numberAt(run->state, run->precision, (2 * b + part) * lanes + s),
                   c->amplitudes.values[2 * (sample * basisCount + b) + part], 1);
  }
}

// Superpositions of the tile's first state and the others: their difference by amplitudes, and both sums by outputs,
// which add up to those of the two states.
static void checkSuperpositions(const tile_run *run) {
  const kernel_case *c = run->c;
  int lanes = run->kernels->lanes, outputCount = c->program.outputCount;
  double root = 0.70710678118654752440;
  hq_tile call = callOf(run);
  void *outputs = take(16ll * run->samples * outputCount), *partners = take(128);
  for (int l = 0; l < lanes; ++l) {
    setNumber(partners, run->precision, l, l ? 0.6 : 1);
    setNumber(partners, run->precision, lanes + l, l ? -0.8 : 0);
  }
  call.outputs = outputs;
  call.partners = partners;
  run->kernels->forward(&c->program, &call);
  const double *first = c->amplitudes.values + ((int64_t)run->first << (c->qubitCount + 1));
  for (int s = 1; s < run->samples; ++s) {
    for (int i = 0; i < outputCount; ++i) {
      double sum = numberAt(outputs, run->precision, 2ll * s * outputCount + i) +
                   numberAt(outputs, run->precision, (2ll * s + 1) * outputCount + i);
      expectNear(c, run->precision, OUTPUTS, "outputs of superpositions", (run->first + s) * outputCount + i, sum,
                 c->outputs.values[run->first * outputCount + i] +
                     c->outputs.values[(run->first + s) * outputCount + i], 2 * c->outputScale);
    }
    const double *own = c->amplitudes.values + ((int64_t)(run->first + s) << (c->qubitCount + 1));
    for (int64_t b = 0; b < 1ll << c->qubitCount; ++b) {
      double re = root * (first[2 * b] - 0.6 * own[2 * b] - 0.8 * own[2 * b + 1]);
      double im = root * (first[2 * b + 1] - 0.6 * own[2 * b + 1] + 0.8 * own[2 * b]);
      expectNear(c, run->precision, AMPLITUDES, "real part of a superposition", b,
                 numberAt(run->state, run->precision, 2 * b * lanes + s), re, 1);
      expectNear(c, run->precision, AMPLITUDES, "imaginary part of a superposition", b,
                 numberAt(run->state, run->precision, (2 * b + 1) * lanes + s), im, 1);
    }
  }
  giveBack(outputs);
  giveBack(partners);
}

// The costates of the tile's samples, in lines; lanes without a sample hold zeros.
static void layCostates(const tile_run *run, void *lines) {
  const kernel_case *c = run->c;
  int64_t basisCount = 1ll << c->qubitCount;
  memset(lines, 0, (size_t)(128 * basisCount));
  for (int s = 0; s < run->samples; ++s)
    for (int64_t i = 0; i < 2 * basisCount; ++i)
      setNumber(lines, run->precision, i * run->kernels->lanes + s,
                c->costates.values[2 * (run->first + s) * basisCount + i]);
}

static void checkBackward(const tile_run *run, int stateIsFinal, int fromCostate, double *slots, double *weights) {
  const kernel_case *c = run->c;
  const hq_program *program = &c->program;
  int inputCount = program->inputCount;
  hq_tile call = callOf(run);
  double *slotGradients = take(8ll * program->sharedSlotCount), *weightGradients = take(8ll * program->weightCount);
  void *costate = fromCostate ? take(128ll << c->qubitCount) : 0;
  if (fromCostate) layCostates(run, costate);
  call.stateIsFinal = stateIsFinal;
  call.cotangents = fromCostate ? 0 : run->cotangents;
  call.costate = costate;
  call.slotGradients = slotGradients;
  call.weightGradients = weightGradients;
  call.inputGradients = run->inputGradients;
  run->kernels->backward(program, &call);
  for (int64_t i = 0; i < (int64_t)run->samples * inputCount; ++i)
    expectNear(c, run->precision, GRADIENTS, "gradient of input", run->first * inputCount + i,
               numberAt(run->inputGradients, run->precision, i),
               c->inputGradients.values[run->first * inputCount + i], c->gradientScale);
  for (int i = 0; i < program->sharedSlotCount; ++i) slots[i] += slotGradients[i];
  for (int i = 0; i < program->weightCount; ++i) weights[i] += weightGradients[i];
  giveBack(slotGradients);
  giveBack(weightGradients);
  if (costate) giveBack(costate);
}

void checkTiles(const kernel_case *c, const hq_kernels *kernels, int precision) {
  const hq_program *program = &c->program;
  int lanes = kernels->lanes;
  tile_run run = {.c = c, .kernels = kernels, .precision = precision};
  run.bound = take(kernels->boundBytes(program));
  run.scratch = take(kernels->scratchBytes(program));
  run.state = take(128ll << program->qubitCount);
  run.inputs = take(8ll * lanes * program->inputCount);
  run.cotangents = take(8ll * lanes * program->outputCount);
  run.outputs = take(8ll * lanes * program->outputCount);
  run.inputGradients = take(8ll * lanes * program->inputCount);
  kernels->bind(program, c->weights.values, run.bound);
  int64_t channels = c->draws.count / c->batch;
  if (channels) run.draws = take(8ll * lanes * channels);
  // From the state that forward left, from nothing, and (amplitudes in the qubits' order) from a costate. Channels
  // have no way back.
  int ways = channels ? 0 : c->isOrdered ? 3 : 2;
  int64_t slotCount = program->sharedSlotCount;
  double *slots[3], *weights[3];
  for (int way = 0; way < ways; ++way) {
    slots[way] = take(8 * slotCount);
    weights[way] = take(8ll * program->weightCount);
    memset(slots[way], 0, (size_t)(8 * slotCount));
    memset(weights[way], 0, (size_t)(8ll * program->weightCount));
  }
  for (run.first = 0; run.first < c->batch; run.first += lanes) {
    run.samples = c->batch - run.first < lanes ? c->batch - run.first : lanes;
    copyIn(&run, c->inputs, program->inputCount, run.inputs);
    if (ways) copyIn(&run, c->cotangents, program->outputCount, run.cotangents);
    copyDraws(&run, channels);
    if (!channels && c->isOrdered && program->amplitudeCount < 0) checkSuperpositions(&run);
    checkForward(&run);
    for (int way = 0; way < ways; ++way) checkBackward(&run, way == 0, way == 2, slots[way], weights[way]);
  }
  for (int way = 0; way < ways; ++way) {
    hq_chain_shared(program, c->weights.values, program->sharedSlotCount, slots[way], weights[way]);
    for (int i = 0; i < program->weightCount; ++i)
      expectNear(c, precision, GRADIENTS, "gradient of weight", i, weights[way][i], c->weightGradients.values[i],
                 c->gradientScale * c->batch);
    giveBack(slots[way]);
    giveBack(weights[way]);
  }
  if (run.draws) giveBack(run.draws);
  giveBack(run.bound);
  giveBack(run.scratch);
  giveBack(run.state);
  giveBack(run.inputs);
  giveBack(run.cotangents);
  giveBack(run.outputs);
  giveBack(run.inputGradients);
}
