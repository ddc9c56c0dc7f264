#include "CQuantumKernels.h"
