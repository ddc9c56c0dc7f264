#pragma once

#include "Ambient.h"
