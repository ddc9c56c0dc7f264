#include "Ambient.h"

_Thread_local hk_ambient hk_ambient_of_thread;
