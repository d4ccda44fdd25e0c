#pragma once

#include <pthread.h>

#include <string>

namespace gantry::host {

// The system keeps 15 bytes of a thread's name.
inline void name_this_thread(const std::string& name) {
    ::pthread_setname_np(::pthread_self(), name.substr(0, 15).c_str());
}

}  // namespace gantry::host
