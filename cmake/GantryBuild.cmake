# What every target of this project shares: language, warnings, sanitizers, output folders.
include_guard()
include(GNUInstallDirs)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(GANTRY_PLUGIN_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib/gantry/plugins)

find_program(GANTRY_CCACHE ccache)
if(GANTRY_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        ${GANTRY_CCACHE})
endif()

add_library(gantry_flags INTERFACE)
target_compile_options(gantry_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual -Werror
    # A designated initializer names what it sets; the rest has its default on purpose.
    -Wno-missing-field-initializers
    # g++ 12 sees overlaps in std::string's operator+ that are not there (its bug 105651), and, when it
    # optimises, the like in its other containers. clang and the debug build warn of the real ones.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-array-bounds;-Wno-free-nonheap-object>
    # Of files that are joined it also takes what is a file's own for something in a header.
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${GANTRY_JOIN}>>:-Wno-subobject-linkage;-Wno-maybe-uninitialized;-Wno-dangling-pointer>
    # A precompiled header that ccache can hold.
    $<IF:$<CXX_COMPILER_ID:GNU>,-fpch-preprocess,-Xclang;-fno-pch-timestamp>)
if(GANTRY_SANITIZE STREQUAL "address")
    set(sanitize -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
elseif(GANTRY_SANITIZE STREQUAL "thread")
    set(sanitize -fsanitize=thread -fno-omit-frame-pointer)
endif()
if(GANTRY_FUZZ)
    # Lets libFuzzer see which paths an input takes; the targets bring its main function.
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(sanitize)
    # What the sanitizers add hides from g++ that a value was set.
    target_compile_options(gantry_flags INTERFACE
        $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    add_compile_options(${sanitize})
    add_link_options(${sanitize})
endif()

# The *.cpp below DIR in OUT, or one empty file when there is none: a layer may be headers alone.
function(gantry_sources out name dir)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${dir}/*.cpp)
    if(NOT sources)
        set(sources ${CMAKE_CURRENT_BINARY_DIR}/${name}_empty.cpp)
        file(CONFIGURE OUTPUT ${sources} CONTENT "")
    endif()
    set(${out} ${sources} PARENT_SCOPE)
endfunction()

# Compiles several files of a folder as one: most of what a file costs is the headers that its
# neighbours read too. A folder's names are therefore distinct, those of unnamed namespaces too. Layers
# are joined with GANTRY_JOIN only: by itself, a file shows that it includes what it needs.
function(gantry_join_sources name)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 24)
endfunction()

# A static library out of DIR/include and DIR/src. The include root is the folder's own, so a
# header of a layer that is not in LINK cannot be found.
#   gantry_layer(cs_core LINK PUBLIC cs_wire PRIVATE fmt::fmt)
function(gantry_layer name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINK")
    gantry_sources(sources ${name} ${CMAKE_CURRENT_SOURCE_DIR}/src)
    add_library(${name} STATIC ${sources})
    target_include_directories(${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR}/include
                                       PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/src)
    target_link_libraries(${name} ${arg_LINK})
    target_link_libraries(${name} PRIVATE gantry_flags)
    if(GANTRY_JOIN)
        gantry_join_sources(${name})
    endif()
    if(GANTRY_TESTS AND NOT GANTRY_SANITIZE)
        gantry_consumer(${name})
    endif()
endfunction()

# The proof that a layer stands on the layers it names: a program that includes each of its headers
# and links all of its objects, and nothing else.
function(gantry_consumer name)
    set(root ${CMAKE_CURRENT_SOURCE_DIR}/include)
    file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${root} ${root}/*.h)
    list(TRANSFORM headers REPLACE "(.+)" "#include <\\1>")
    list(JOIN headers "\n" text)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/consumers/${name}.cpp
         CONTENT "${text}\nint main() { return 0; }\n")
    add_executable(consumer_${name} ${CMAKE_BINARY_DIR}/consumers/${name}.cpp)
    set_target_properties(consumer_${name} PROPERTIES
        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/consumers)
    target_link_libraries(consumer_${name} PRIVATE
        -Wl,--whole-archive $<TARGET_FILE:${name}> -Wl,--no-whole-archive ${name} gantry_flags)
endfunction()

# What an installed Gantry consists of; the tests that run in the sanitizer builds too.
add_custom_target(product)
add_custom_target(sanitized)

# A CppUnit program out of the *_test.cpp of this folder, run by ctest as one test.
#   gantry_test(cs_wire_test LABEL unit LINK cs_wire [TIMEOUT seconds])
function(gantry_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL;TIMEOUT" "LINK;SOURCES;ENVIRONMENT")
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    add_executable(${name} ${sources} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE gantry_test_main ${arg_LINK} gantry_flags)
    # What is tested is optimised as the build says. The tests' own code is most of what there is to
    # compile, and need not be fast; that of the tidy tests reads the whole tree.
    if(NOT arg_LABEL STREQUAL "tidy")
        target_precompile_headers(${name} REUSE_FROM gantry_test_main)
        target_compile_options(${name} PRIVATE -O0)
    endif()
    gantry_join_sources(${name})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT}
                         ENVIRONMENT "${arg_ENVIRONMENT}")
    # The long ones start first, so that no core waits for the last of them.
    if(arg_LABEL MATCHES "conformance|simulation")
        set_tests_properties(${name} PROPERTIES COST 10)
    endif()
    if(arg_LABEL MATCHES "unit|conformance|simulation")
        add_dependencies(sanitized ${name})
    endif()
endfunction()

# Adds every folder below DIR that has a CMakeLists.txt of its own.
macro(gantry_add_folders dir)
    file(GLOB folders CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${dir}/*/CMakeLists.txt)
    foreach(file IN LISTS folders)
        get_filename_component(folder ${file} DIRECTORY)
        add_subdirectory(${folder})
    endforeach()
endmacro()
