// The ABI between the planner, in Swift, and the state-vector engines, in C.
//
// A circuit is compiled once to an hq_program: operations, the angle slots they read, and what is
// measured. One call then runs the whole program over a tile (a batch), or a range of its operations
// over a block of a single state. The program never depends on the values of weights and inputs.
//
// State layout. A state is a sequence of 64-byte-aligned lines; a line holds W real parts, then W
// imaginary parts, W = 8 in double and 16 in single precision. What a lane is depends on laneBits:
//   laneBits == 0   a tile: lane l is sample l, line x is basis state x of every sample;
//   laneBits == log2 W   one state: amplitude of basis state (x << laneBits | l) is lane l of line x.
//
// Masks are over basis-state bits; bit q is qubit q, and qubit 0 is the least significant.
#pragma once
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  HQ_ROTATION = 0,  // exp(-i phi P), phi the value of the slot, P the Pauli string (x, z)
  HQ_PHASE = 1,     // exp(+i phi) on the basis states that fulfil the controls
  HQ_PAULI = 2,     // P itself
  HQ_SWAP = 3,      // exchanges the two qubits whose bits are set in x
  HQ_MATRIX = 4,    // a dense matrix on targetCount qubits
  HQ_MAX_TARGETS = 6,
};

// One operation; it acts where (basis & controlMask) == controlValue.
// P = i^|x & z| X^x Z^z: qubit q carries X, Y or Z as (x, z) has bit q set in x, both, or z.
typedef struct {
  int32_t kind;
  int32_t slot;  // rotation and phase; otherwise -1
  uint64_t x, z;
  uint64_t controlMask, controlValue;
  int32_t matrix;  // index into matrices of the first of 2 * 4^targetCount complex entries:
                   // the matrix row by row, then its adjoint
  int32_t targetCount;
  int32_t targets[HQ_MAX_TARGETS];  // qubits; targets[0] is the least significant bit of a row
} hq_operation;

// An angle slot: phi = sum over its terms of coefficient * product of weights * product of inputs.
typedef struct {
  int32_t firstTerm, termCount;
} hq_slot;

// factors[firstFactor ...] holds weightCount indices of weights, then inputCount indices of inputs.
typedef struct {
  double coefficient;
  int32_t firstFactor, weightCount, inputCount;
} hq_term;

// The Pauli terms of all observables that share one x mask.
typedef struct {
  uint64_t x;
  int32_t firstTerm, termCount;
} hq_group;

typedef struct {
  uint64_t z;
  double coefficient;
  int32_t output;
} hq_pauli_term;

typedef struct {
  int32_t qubitCount, laneBits;
  // Slots are in this order: constants, then those of weights only, then those with inputs. The first
  // constantSlotCount have no gradient; the first sharedSlotCount are the same for all samples.
  int32_t operationCount, slotCount, sharedSlotCount, constantSlotCount;
  int32_t weightCount, inputCount;
  const hq_operation *operations;
  const hq_slot *slots;
  const hq_term *terms;
  const int32_t *factors;
  const double *matrices;  // complex entries: re, im
  // Outputs: expectations of Pauli sums, or (marginCount >= 0) the 2^marginCount probabilities of the
  // qubits margins[0 ...], margins[0] the least significant bit.
  int32_t outputCount, groupCount, pauliTermCount, marginCount;
  const hq_group *groups;
  const hq_pauli_term *pauliTerms;
  const int32_t *margins;
} hq_program;

// A tile of at most W samples. T is float or double, as the kernels chosen.
typedef struct {
  const double *weights;        // [weightCount]
  const void *inputs;           // T [samples][inputCount]
  int32_t samples;              // 1 ... W
  const void *shared;           // T [sharedSlotCount][2][W], from bind
  void *state;                  // T [2^n][2][W]; forward writes it, backward reads it if stateIsFinal
  int32_t stateIsFinal;         // backward: state holds the state after the circuit; else it is made
  void *scratch;                // hq_kernels.scratchBytes
  void *outputs;                // T [samples][outputCount]; forward only; may be null
  const void *cotangents;       // T [samples][outputCount]; backward only
  const void *costate;          // T [2^n][2][W]; backward: if not null, what the sweep starts from in
                                // place of cotangents: d loss / d conj(amplitude)
  double *slotGradients;        // [sharedSlotCount], d/dphi summed over the samples; overwritten
  double *weightGradients;      // [weightCount], through the slots of the tile; overwritten
  void *inputGradients;         // T [samples][inputCount]; overwritten; may be null
} hq_tile;

// A range of operations over one block of a single state, or of a pair of states.
typedef struct {
  int32_t firstOperation, operationCount;
  const void *shared;  // T [slotCount][2][W]: all slots of a single state are shared
  void *state, *costate;     // the first line of the block
  uint64_t baseLine;         // index of that line in the whole state
  int32_t lineBits;          // the block holds 2^lineBits lines
  uint64_t part, parts;      // this call does part number `part` of `parts` equal parts of each operation
  double *slotGradients;     // reverse: [slotCount], added to
} hq_range;

// The measured part of a single state: lines [firstLine, firstLine + lineCount).
typedef struct {
  const void *state;
  void *costate;
  uint64_t firstLine, lineCount;
  double *outputs;           // [outputCount], added to
  const double *cotangents;  // [outputCount]
  void *scratch;             // hq_kernels.scratchBytes
} hq_measure;

typedef struct {
  int32_t lanes;  // W
  // Bytes of scratch that forward, backward, expectation and costate need for a program.
  int64_t (*scratchBytes)(const hq_program *);
  // cos and sin of the slots first ... first + count - 1, each repeated W times; they depend on weights only.
  void (*bind)(const hq_program *, const double *weights, int32_t count, void *coefficients);
  // |0...0>, the operations, the outputs.
  void (*forward)(const hq_program *, const hq_tile *);
  // The vector-Jacobian product of the outputs, by the adjoint method.
  void (*backward)(const hq_program *, const hq_tile *);
  // The operations of a range, in order, on the state.
  void (*apply)(const hq_program *, const hq_range *);
  // The operations of a range, last first: gradients, then the inverse on state and costate.
  void (*reverse)(const hq_program *, const hq_range *);
  // Expectations of the outputs over some lines.
  void (*expectation)(const hq_program *, const hq_measure *);
  // costate = sum over outputs of cotangent * observable |state>, over some lines.
  void (*costate)(const hq_program *, const hq_measure *);
} hq_kernels;

typedef struct {
  const char *name;        // "baseline", "avx2", "avx512"
  hq_kernels precision[2];  // 0: single, 1: double
} hq_table;

// The tables this machine can run, slowest first; the last is the one to use.
int32_t hq_table_count(void);
const hq_table *hq_table_at(int32_t index);

// d loss / d weights += chain rule from d loss / d phi of the first slotCount slots, which depend on weights only.
void hq_chain_shared(const hq_program *, const double *weights, int32_t slotCount,
                     const double *slotGradients, double *weightGradients);

#ifdef __cplusplus
}
#endif
