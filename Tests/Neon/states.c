// Single states: lanes are the lowest qubits, as StateEngine runs them, with the parts of its partition.
#include <string.h>

#include "cases.h"

enum { PARTS = 64 };

typedef struct {
  const kernel_case *c;
  const hq_kernels *kernels;
  int precision, lineBits;
  int64_t sample, stateBytes;
  void *bound, *state, *costate, *scratch;
  double *slotGradients;
} state_run;

// All operations on a state of one block, forward on the state or back on state and costate.
static void runBlock(const state_run *run, int isReverse) {
  const hq_program *program = &run->c->program;
  hq_range range = {.operationCount = program->operationCount,
                    .bound = run->bound,
                    .state = run->state,
                    .costate = run->costate,
                    .lineBits = run->lineBits,
                    .parts = 1,
                    .slotGradients = run->slotGradients,
                    .scratch = run->scratch};
  if (isReverse) run->kernels->reverse(program, &range);
  else run->kernels->apply(program, &range);
}

static void runPass(const state_run *run, const hq_sweep *pass, int isReverse) {
  const hq_program *program = &run->c->program;
  int64_t blocks = 1ll << (run->lineBits - pass->bits);
  int64_t tasks = blocks < PARTS ? blocks : PARTS;
  void *scratch = take(run->kernels->sweepBytes(program, pass, isReverse));
  for (int64_t task = 0; task < tasks; ++task) {
    hq_sweep_call call = {.sweep = pass,
                          .bound = run->bound,
                          .state = run->state,
                          .costate = run->costate,
                          .slotGradients = run->slotGradients,
                          .scratch = scratch};
    call.firstBlock = (uint64_t)(task * blocks / tasks);
    call.blockCount = (uint64_t)((task + 1) * blocks / tasks) - call.firstBlock;
    if (isReverse) run->kernels->reverseSweep(program, &call);
    else run->kernels->sweep(program, &call);
  }
  giveBack(scratch);
}

static void runAll(const state_run *run) {
  if (!run->c->passCount) runBlock(run, 0);
  for (int64_t pass = 0; pass < run->c->passCount; ++pass) runPass(run, run->c->passes + pass, 0);
}

static void reverseAll(const state_run *run) {
  if (!run->c->passCount) runBlock(run, 1);
  for (int64_t pass = run->c->passCount - 1; pass >= 0; --pass) runPass(run, run->c->passes + pass, 1);
}

// Where the real part of an amplitude lies; the imaginary part is a line's lanes later.
static int64_t placeOf(const state_run *run, int64_t basis) {
  int64_t lanes = run->kernels->lanes;
  return basis / lanes * 2 * lanes + basis % lanes;
}

static void checkAmplitudes(const state_run *run) {
  const kernel_case *c = run->c;
  int64_t basisCount = 1ll << c->qubitCount;
  // Qubits beyond the circuit's stay 0.
  for (int64_t b = 0; b < 1ll << c->program.qubitCount; ++b)
    for (int part = 0; part < 2; ++part)
      expectNear(c, run->precision, AMPLITUDES, part ? "imaginary part of amplitude" : "real part of amplitude",
                 run->sample * basisCount + b,
                 numberAt(run->state, run->precision, placeOf(run, b) + part * run->kernels->lanes),
                 b < basisCount ? c->amplitudes.values[2 * (run->sample * basisCount + b) + part] : 0, 1);
}

// The state with itself, (0.5 + (0.3 - 0.4i)) times what it was, in two calls.
static void checkCombined(const state_run *run) {
  const kernel_case *c = run->c;
  int64_t basisCount = 1ll << c->qubitCount, lines = 1ll << run->lineBits;
  void *combined = take(run->stateBytes);
  const double own[2] = {0.3, -0.4};
  memcpy(combined, run->state, (size_t)run->stateBytes);
  run->kernels->combine(run->state, combined, 0, (uint64_t)(lines / 2), 0.5, own);
  run->kernels->combine(run->state, combined, (uint64_t)(lines / 2), (uint64_t)(lines - lines / 2), 0.5, own);
  for (int64_t b = 0; b < basisCount; ++b) {
    const double *amplitude = c->amplitudes.values + 2 * (run->sample * basisCount + b);
    expectNear(c, run->precision, AMPLITUDES, "real part of a sum", b,
               numberAt(combined, run->precision, placeOf(run, b)), 0.8 * amplitude[0] + 0.4 * amplitude[1], 1);
    expectNear(c, run->precision, AMPLITUDES, "imaginary part of a sum", b,
               numberAt(combined, run->precision, placeOf(run, b) + run->kernels->lanes),
               0.8 * amplitude[1] - 0.4 * amplitude[0], 1);
  }
  giveBack(combined);
}

static void checkProbabilities(const state_run *run) {
  const kernel_case *c = run->c;
  int64_t lines = 1ll << run->lineBits, basisCount = 1ll << c->qubitCount;
  double *found = take(8 * lines * run->kernels->lanes), sum = run->kernels->probabilities(run->state, lines, found);
  for (int64_t b = 0; b < basisCount; ++b) {
    const double *amplitude = c->amplitudes.values + 2 * (run->sample * basisCount + b);
    expectNear(c, run->precision, OUTPUTS, "probability", run->sample * basisCount + b, found[b],
               amplitude[0] * amplitude[0] + amplitude[1] * amplitude[1], 1);
  }
  expectNear(c, run->precision, OUTPUTS, "sum of probabilities", run->sample, sum, 1, 1);
  giveBack(found);
}

// Expectations, or (fromCotangents) the costate, over the parts of a state.
static void measure(const state_run *run, double *outputs, const double *cotangents) {
  const hq_program *program = &run->c->program;
  int64_t lines = 1ll << run->lineBits, tasks = lines >> 9;
  tasks = tasks < 1 ? 1 : tasks > PARTS ? PARTS : tasks;
  void *scratch = take(run->kernels->scratchBytes(program));
  for (int64_t task = 0; task < tasks; ++task) {
    hq_measure call = {.state = run->state, .costate = run->costate, .scratch = scratch};
    call.firstLine = (uint64_t)(task * lines / tasks);
    call.lineCount = (uint64_t)((task + 1) * lines / tasks) - call.firstLine;
    call.outputs = outputs;
    call.cotangents = cotangents;
    if (cotangents) run->kernels->costate(program, &call);
    else run->kernels->expectation(program, &call);
  }
  giveBack(scratch);
}

static void checkOutputs(const state_run *run) {
  const kernel_case *c = run->c;
  int count = c->program.outputCount;
  double *outputs = take(8ll * count);
  memset(outputs, 0, (size_t)(8 * count));
  measure(run, outputs, 0);
  for (int i = 0; i < count; ++i)
    expectNear(c, run->precision, OUTPUTS, "output", run->sample * count + i, outputs[i],
               c->outputs.values[run->sample * count + i], c->outputScale);
  giveBack(outputs);
}

// d loss / d parameters of the sample, from the kernel's costate or the expected one.
static void reverseSample(state_run *run, const double *parameters, int fromExpected, double *gradients) {
  const kernel_case *c = run->c;
  const hq_program *program = &c->program;
  int64_t basisCount = 1ll << c->qubitCount;
  run->costate = take(run->stateBytes);
  if (fromExpected) {
    memset(run->costate, 0, (size_t)run->stateBytes);
    for (int64_t i = 0; i < 2 * basisCount; ++i)
      setNumber(run->costate, run->precision, placeOf(run, i / 2) + i % 2 * run->kernels->lanes,
                c->costates.values[2 * run->sample * basisCount + i]);
  } else {
    measure(run, 0, c->cotangents.values + run->sample * program->outputCount);
  }
  run->slotGradients = take(8ll * program->slotCount);
  memset(run->slotGradients, 0, (size_t)(8ll * program->slotCount));
  reverseAll(run);
  memset(gradients, 0, (size_t)(8ll * program->weightCount));
  hq_chain_shared(program, parameters, program->slotCount, run->slotGradients, gradients);
  run->kernels->startGradient(program, parameters, run->costate, gradients);
  giveBack(run->slotGradients);
  giveBack(run->costate);
}

static void checkSample(state_run *run, double *weightSums) {
  const kernel_case *c = run->c;
  const hq_program *program = &c->program;
  int64_t weightCount = c->weights.count, inputCount = program->weightCount - weightCount;
  double *parameters = take(8ll * program->weightCount), *gradients = take(8ll * program->weightCount);
  for (int64_t i = 0; i < weightCount; ++i) parameters[i] = c->weights.values[i];
  for (int64_t i = 0; i < inputCount; ++i)
    parameters[weightCount + i] = c->inputs.values[run->sample * inputCount + i];
  run->bound = take(run->kernels->boundBytes(program));
  run->kernels->bind(program, parameters, run->bound);
  run->scratch = take(program->tableCount || program->reorders ? run->stateBytes : 0);
  run->state = take(run->stateBytes);
  memset(run->state, 0, (size_t)run->stateBytes);
  run->kernels->start(program, parameters, run->state);
  runAll(run);
  if (c->isOrdered) checkAmplitudes(run), checkProbabilities(run), checkCombined(run);
  checkOutputs(run);
  if (c->weightGradients.count) {
    reverseSample(run, parameters, c->isOrdered, gradients);
    for (int64_t i = 0; i < weightCount; ++i) weightSums[i] += gradients[i];
    for (int64_t i = 0; i < inputCount; ++i)
      expectNear(c, run->precision, GRADIENTS, "gradient of input", run->sample * inputCount + i,
                 gradients[weightCount + i], c->inputGradients.values[run->sample * inputCount + i],
                 c->gradientScale);
  }
  giveBack(run->state);
  giveBack(run->scratch);
  giveBack(run->bound);
  giveBack(parameters);
  giveBack(gradients);
}

void checkStates(const kernel_case *c, const hq_kernels *kernels, int precision) {
  state_run run = {.c = c, .kernels = kernels, .precision = precision};
  run.lineBits = c->program.qubitCount - c->program.laneBits;
  run.stateBytes = 128ll << run.lineBits;
  double *weightSums = take(8 * c->weights.count);
  memset(weightSums, 0, (size_t)(8 * c->weights.count));
  for (run.sample = 0; run.sample < c->batch; ++run.sample) checkSample(&run, weightSums);
  for (int64_t i = 0; i < c->weightGradients.count; ++i)
    expectNear(c, precision, GRADIENTS, "gradient of weight", i, weightSums[i], c->weightGradients.values[i],
               c->gradientScale * c->batch);
  giveBack(weightSums);
}
