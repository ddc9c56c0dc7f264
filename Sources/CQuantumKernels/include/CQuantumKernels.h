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
  HQ_MATRIX = 4,    // a dense matrix on `count` qubits
  HQ_TURNS = 5,     // real rotations that commute, of pairs of lines
  HQ_DIAGONAL = 6,  // a product of exp(i phi (-1)^(z . basis)), as one table
  HQ_REORDER = 7,   // amplitude b becomes the one that was at steps[0] ^ XOR of steps[1 + q] over the bits q of b
  HQ_CHANNEL = 8,   // one Kraus operator of a channel, drawn for each lane of a tile
  HQ_MAX_TARGETS = 6,
  HQ_MAX_CHANNEL_TARGETS = 3,
  HQ_MAX_OPERATORS = 64,
  HQ_MAX_LANE_TARGETS = 3,  // matrices on more qubits have all targets outside lines
  HQ_MAX_TRANSFER_BITS = 6,
  HQ_MAX_TURNS = 3,
  HQ_MAX_PIECES = 16,  // of the tables' size in a block of a sweep
  HQ_MAX_ACROSS = 64,  // different z inside the table of a diagonal's strings across with any phi
};

// One operation; it acts where (basis & controlMask) == controlValue.
// P = i^|x & z| X^x Z^z: qubit q carries X, Y or Z as (x, z) has bit q set in x, both, or z.
typedef struct {
  int32_t kind;
  int32_t slot;  // rotation and phase; otherwise -1
  uint64_t x, z;
  uint64_t controlMask, controlValue;
  // Matrix: index into matrices of the first of 2 * 4^count complex entries, the matrix row by row, then
  // its adjoint. Turns and diagonal: the first of `count` turns or strings. Reorder: the first step.
  // Channel: its number among the channels, and the number of targets.
  int32_t first, count;
  int32_t targets[HQ_MAX_TARGETS];  // matrix: qubits; targets[0] is the least significant bit of a row
  // Turns: lines steps[firstStep ...] span one line of every set of lines that are turned together; for
  // all turns z . step is even. No steps (stepCount < 0): one turn, whose x has bits within a line.
  int32_t firstStep, stepCount;
  // Turns: whether norms are kept. Otherwise a factor of each and, where its angle asks for it, the sign of
  // the amplitudes with z . basis even are left to the diagonal that follows.
  int32_t keepsNorm;
  // Diagonal: the turns whose factors and signs it carries; the number of its table; and how many of its
  // strings lie inside the table's qubits, outside, across with a phi that is an odd multiple of pi/4, and across
  // with any phi. Those of the last kind that are equal inside stand together.
  int32_t firstTurn, turnCount, table;
  int32_t insideCount, outsideCount, quarterCount, acrossCount;
  // Whether pairs lie within the lines of a table: such operations run table by table.
  int32_t isLow;
} hq_operation;

// exp(-i phi Y'), Y' = i X^x Z^z up to the order of signs, |x & z| odd: of each pair of basis states b, b ^ x,
// that with z . b even is a and the other b in a' = a cos phi - b sin phi, b' = b cos phi + a sin phi.
typedef struct {
  uint64_t x, z;
  int32_t slot;
} hq_turn;

// exp(i phi (-1)^(z . basis)); its slot depends on weights only.
typedef struct {
  uint64_t z;
  int32_t slot;
} hq_string;

// An angle slot: phi = sum over its terms of coefficient * product of weights * product of inputs.
typedef struct {
  int32_t firstTerm, termCount;
} hq_slot;

// factors[firstFactor ...] holds weightCount indices of weights, then inputCount indices of inputs.
typedef struct {
  double coefficient;
  int32_t firstFactor, weightCount, inputCount;
} hq_term;

// Kraus operators on the targets of an operation, and for each the product of its adjoint and itself: complex
// entries from matrices[2 * firstEntry] on, all operators, then all products. Where the probabilities are the same
// for all states, they are probabilities[firstProbability ...], else firstProbability is -1.
typedef struct {
  int32_t operatorCount, firstEntry, firstProbability;
} hq_channel;

// Operations that one pass over a large state does. Blocks are of 2^bits lines, wherever they lie in memory: the
// number of a line in memory is the exclusive or of columns[i] over the bits i of its number as the operations see it.
typedef struct {
  int32_t firstOperation, operationCount;
  int32_t bits;
  uint64_t columns[64];
  // Lines with any of these bits set, as operations number them, are zero before the pass, whatever memory holds
  // there. Those of the blocks that the pass does are written by it.
  uint64_t empty;
} hq_sweep;

// The Pauli terms of all observables that share one x mask. With spanCount >= 0 they are done together: the place of a
// line is the number whose bit b is the parity of spans[firstSpan + b] & line, and the sign of a term at a line is
// the parity of its own place & that of the line. Otherwise (spanCount < 0) by chunks of lines, each transformed by itself.
typedef struct {
  uint64_t x;
  int32_t firstTerm, termCount;
  int32_t firstSpan, spanCount;
} hq_group;

typedef struct {
  uint64_t z;
  double coefficient;
  int32_t output;
  int32_t place;
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
  int32_t turnCount, tableCount;
  int32_t tableQubits;  // a table has 2^tableQubits entries, of the lowest qubits
  int32_t reorders;  // whether there are reorder operations
  // Operations [openingFirst, openingFirst + openingCount) turn single bits of |0...0>, each at most once, by turns
  // with z = x that keep norms; those before are diagonals without gradients. No opening: both are 0. For tiles.
  int32_t openingFirst, openingCount;
  int32_t channelCount;   // numbered in the order of their operations
  const hq_channel *channels;
  const double *probabilities;
  const hq_turn *turns;
  const hq_string *strings;
  const uint64_t *steps;
  // The start, |0...0> where startBits < 0: amplitude b is that of the basis state that has the bits of b at
  // startPlaces, of 2^startBits. They are startAmplitudes (re, im) where startInput < 0; else the inputs from
  // startInput on, startCount of them, and startPadding in the other places, divided by the norm of all.
  int32_t startBits, startInput, startCount;
  double startPadding;
  const uint8_t *startPlaces;
  const double *startAmplitudes;
  // Outputs: expectations of Pauli sums; or (marginCount >= 0) the 2^marginCount probabilities of an index
  // whose bit b is the parity of margins[b] & basis, exclusive or the bit of marginFlips; or (amplitudeCount
  // >= 0) real and imaginary part of each amplitude that is stored at one of `amplitudes`.
  uint64_t marginFlips;
  int32_t outputCount, groupCount, pauliTermCount, marginCount, amplitudeCount;
  int32_t largestSpan;  // of all groups' spanCount
  const hq_group *groups;
  const hq_pauli_term *pauliTerms;
  const uint64_t *spans;
  const uint64_t *margins;
  const uint64_t *amplitudes;
} hq_program;

// A tile of at most W samples. T is float or double, as the kernels chosen.
typedef struct {
  const double *weights;        // [weightCount]
  const void *inputs;           // T [samples][inputCount]
  int32_t samples;              // 1 ... W
  const void *bound;            // from bind
  const double *draws;          // [channels][W], uniform in 0 ... 1; null without channels
  // Backward of a program with channels: room for the states in front of channels, which are not undone. With
  // C channels in segments of tapeSpacing, for the first state of each of the S segments but the last, and for
  // min(C, tapeSpacing) more; what is not kept is made again.
  void *tape;                   // T [S - 1 + min(C, tapeSpacing)][2^n][2][W]
  int32_t tapeSpacing;          // 1 ... C
  void *state;                  // T [2^n][2][W]; forward writes it, backward reads it if stateIsFinal
  int32_t stateIsFinal;         // backward: state holds the state after the circuit; else it is made
  void *scratch;                // hq_kernels.scratchBytes, for forward forwardScratchBytes
  void *outputs;                // T [samples][outputCount]; forward only; may be null
  // Forward: if not null, the factors c of the lanes, 1 for lane 0. With the state psi of lane 0 and chi of another the
  // outputs, expectations or probabilities, are those of (psi + c chi) / sqrt 2, then those of (psi - c chi) / sqrt 2:
  // [samples][2][outputCount]. Those of lane 0 mean nothing, and the states are lost.
  const void *partners;         // T [2][W]: re, im
  const void *cotangents;       // T [samples][outputCount]; backward only
  const void *costate;          // T [2^n][2][W]; backward: if not null, what the sweep starts from in
                                // place of cotangents: d loss / d conj(amplitude)
  double *slotGradients;        // [sharedSlotCount], d/dphi summed over the samples; overwritten
  double *weightGradients;      // [weightCount], through the slots of the tile; overwritten
  // backward: if not null, both are kept apart by lane, [sharedSlotCount][W] and [weightCount][W], and this is room
  // for [2^n][W].
  double *laneSlopes;
  void *inputGradients;         // T [samples][inputCount]; overwritten; may be null
} hq_tile;

// A range of operations over one block of a single state, or of a pair of states.
typedef struct {
  int32_t firstOperation, operationCount;
  const void *bound;
  void *state, *costate;     // the first line of the block
  uint64_t baseLine;         // index of that line in the whole state
  int32_t lineBits;          // the block holds 2^lineBits lines
  uint64_t part, parts;      // this call does part number `part` of `parts` equal parts of each operation
  double *slotGradients;     // reverse: [slotCount], added to
  void *scratch;             // diagonals in reverse: 2^qubitCount doubles; reorder: a state
} hq_range;

// Blocks of a pass over a large state, or over a pair of states.
typedef struct {
  const hq_sweep *sweep;
  const void *bound;
  void *state, *costate;
  void *scratch;  // hq_kernels.sweepBytes
  uint64_t firstBlock, blockCount;
  double *slotGradients;  // reverse: [slotCount], added to
} hq_sweep_call;

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
  // Those that forward needs.
  int64_t (*forwardScratchBytes)(const hq_program *);
  // Bytes of what bind writes.
  int64_t (*boundBytes)(const hq_program *);
  // Everything that depends on weights only: coefficients of the shared slots, turns, tables of diagonals.
  void (*bind)(const hq_program *, const double *weights, void *bound);
  // The start, the operations, the outputs.
  void (*forward)(const hq_program *, const hq_tile *);
  // The vector-Jacobian product of the outputs, by the adjoint method.
  void (*backward)(const hq_program *, const hq_tile *);
  // The operations of a range, in order, on the state.
  void (*apply)(const hq_program *, const hq_range *);
  // The operations of a range, last first: gradients, then the inverse on state and costate.
  void (*reverse)(const hq_program *, const hq_range *);
  // Bytes of scratch of a sweep, forward or in reverse.
  int64_t (*sweepBytes)(const hq_program *, const hq_sweep *, int32_t isReverse);
  // The operations of a sweep on some blocks.
  void (*sweep)(const hq_program *, const hq_sweep_call *);
  // The operations of a sweep on some blocks, last first: gradients, then the inverse on state and costate.
  void (*reverseSweep)(const hq_program *, const hq_sweep_call *);
  // The probabilities of the basis states of lineCount lines of a single state, to out; their sum.
  double (*probabilities)(const void *lines, int64_t lineCount, double *out);
  // Reads and writes memory once; `bytes` is a multiple of 64.
  void (*stream)(void *memory, int64_t bytes);
  // Chains of fused multiplications and additions in registers, and its operations for each unit of count.
  double (*multiplyAdd)(int64_t count);
  double (*multiplyAddOperations)(void);
  // Expectations of the outputs over some lines.
  void (*expectation)(const hq_program *, const hq_measure *);
  // costate = sum over outputs of cotangent * observable |state>, over some lines.
  void (*costate)(const hq_program *, const hq_measure *);
  // weights[b] += the weight of the basis states of some lines whose bit is b; an array of two.
  void (*weigh)(const void *state, uint64_t firstLine, uint64_t lineCount, int32_t bit, double *weights);
  // Takes the half where the bit is `from`, times factor, to where it is `to`; the other half becomes zero. Units
  // are pairs of lines where the bit is one of a line's number, else lines.
  void (*project)(void *state, uint64_t firstUnit, uint64_t unitCount, int32_t bit, int32_t from, int32_t to,
                  double factor);
  // Multiplies some lines by a real number.
  void (*scale)(void *state, uint64_t firstLine, uint64_t lineCount, double factor);
  // Some lines of y become a x + b y, with b complex: re, im.
  void (*combine)(const void *x, void *y, uint64_t firstLine, uint64_t lineCount, double a, const double *b);
  // Writes the start of a single state into lines that are zero. Its parameters are what bind reads.
  void (*start)(const hq_program *, const double *parameters, void *state);
  // gradients[parameter] += d loss / d parameter through the start, from the costate there.
  void (*startGradient)(const hq_program *, const double *parameters, const void *costate, double *gradients);
} hq_kernels;

// A real matrix on some bits of the number of an entry, of an array of 2^bits numbers, bits >= 3.
typedef struct {
  int32_t bits, targetCount;                // targetCount is 2, 4 or 6
  int32_t targets[HQ_MAX_TRANSFER_BITS];    // targets[0] is the least significant bit of a row
  const double *matrix;                     // row by row
} hq_transfer;

typedef struct {
  const char *name;        // "baseline", "avx2", "avx512"
  hq_kernels precision[2];  // 0: single, 1: double
  // Part number `part` of `parts` of a real matrix on an array.
  void (*transfer)(const hq_transfer *, double *values, uint64_t part, uint64_t parts);
  // The same part of the way back through a matrix whose transpose is given: what the part's places give to
  // gradient[row][column] = sum of costate[row] before[column], overwritten; then the transpose on the costate.
  void (*reverseTransfer)(const hq_transfer *transposed, const double *before, double *costate, double *gradient,
                          uint64_t part, uint64_t parts);
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
