#pragma once

// The version of the binary border between host and plugins. A plugin fits a host when the major
// numbers are equal and its minor number is not above the host's.
#define GANTRY_ABI_MAJOR 1
#define GANTRY_ABI_MINOR 0

// What must be equal on both sides for C++ objects to cross: the standard library and its ABI
// switches, the machine, the sanitizer. The compiler may differ.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GANTRY_SANITIZER "address"
#elif __has_feature(thread_sanitizer)
#define GANTRY_SANITIZER "thread"
#endif
#endif
#if !defined(GANTRY_SANITIZER)
#if defined(__SANITIZE_ADDRESS__)
#define GANTRY_SANITIZER "address"
#elif defined(__SANITIZE_THREAD__)
#define GANTRY_SANITIZER "thread"
#else
#define GANTRY_SANITIZER "none"
#endif
#endif

#include <string>  // brings in the standard library's own version macros

#if !defined(__GLIBCXX__) || !defined(__x86_64__) && !defined(__aarch64__)
#error "Gantry plugins are built with libstdc++ for x86-64 or AArch64"
#endif
#if defined(__x86_64__)
#define GANTRY_MACHINE "x86-64"
#else
#define GANTRY_MACHINE "aarch64"
#endif

#define GANTRY_TEXT_OF(x) #x
#define GANTRY_TEXT(x) GANTRY_TEXT_OF(x)
#if _GLIBCXX_USE_CXX11_ABI
#define GANTRY_STRING_ABI "cxx11"
#else
#define GANTRY_STRING_ABI "old"
#endif
#if defined(_GLIBCXX_DEBUG)
#define GANTRY_DEBUG_CONTAINERS "on"
#else
#define GANTRY_DEBUG_CONTAINERS "off"
#endif

// "libstdc++=12 strings=cxx11 debug=off machine=x86-64 sanitizer=none"
#define GANTRY_FINGERPRINT                                                       \
    "libstdc++=" GANTRY_TEXT(_GLIBCXX_RELEASE) " strings=" GANTRY_STRING_ABI     \
                                               " debug=" GANTRY_DEBUG_CONTAINERS \
                                               " machine=" GANTRY_MACHINE        \
                                               " sanitizer=" GANTRY_SANITIZER
