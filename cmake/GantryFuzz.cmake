# gantry_fuzz(NAME LINK lib ...), in the folder tests/fuzz/NAME
#
# Builds `fuzz_NAME` out of NAME_fuzz.cpp, which defines LLVMFuzzerTestOneInput. With GANTRY_FUZZ it is
# a libFuzzer program; without, it replays the files it is given. Either way ctest runs it over
# corpus/, which must hold at least one file.
include_guard()

function(gantry_fuzz name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINK")
    set(corpus ${CMAKE_CURRENT_SOURCE_DIR}/corpus)
    file(GLOB seeds CONFIGURE_DEPENDS ${corpus}/*)
    if(NOT seeds)
        message(FATAL_ERROR "gantry_fuzz(${name}): no file in ${corpus}")
    endif()
    add_executable(fuzz_${name} ${CMAKE_CURRENT_SOURCE_DIR}/${name}_fuzz.cpp)
    target_link_libraries(fuzz_${name} PRIVATE ${arg_LINK} gantry_flags)
    if(GANTRY_FUZZ)
        target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
        add_test(NAME fuzz_${name} COMMAND fuzz_${name} -runs=0 ${corpus})
    else()
        target_sources(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests/fuzz/support/replay.cpp)
        add_test(NAME fuzz_${name} COMMAND fuzz_${name} ${corpus})
    endif()
    set_tests_properties(fuzz_${name} PROPERTIES LABELS unit TIMEOUT 120)
    add_dependencies(sanitized fuzz_${name})
endfunction()
