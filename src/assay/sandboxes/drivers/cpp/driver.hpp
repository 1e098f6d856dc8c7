// The C++ driver: fits plain values to declared types by templates, makes the calls read from descriptor 3, says
// on descriptor 4 what they did. It knows nothing of expected values. For all answers it is compiled once: these
// headers into one, and driver.cpp, which depends on no answer.
#pragma once
#include "call.hpp"
