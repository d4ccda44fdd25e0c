# gantry_add_plugin(NAME SOURCES a.cpp ... MANIFEST plugin.json [LINK lib ...])
#
# Builds NAME.so: a plugin that exports its entry symbol only, with the manifest as an ELF note.
include_guard()

set(GANTRY_PLUGIN_SUPPORT_DIR ${CMAKE_CURRENT_LIST_DIR})

function(gantry_add_plugin name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "MANIFEST" "SOURCES;LINK")
    if(NOT arg_SOURCES OR NOT arg_MANIFEST)
        message(FATAL_ERROR "gantry_add_plugin(${name}) needs SOURCES and MANIFEST plugin.json")
    endif()
    get_filename_component(manifest ${arg_MANIFEST} ABSOLUTE)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${manifest})
    file(READ ${manifest} manifest_text)
    string(JSON checked ERROR_VARIABLE problem GET "${manifest_text}" name)
    if(problem)
        message(FATAL_ERROR "${manifest}: ${problem}")
    endif()
    set(note ${CMAKE_CURRENT_BINARY_DIR}/${name}_note.cpp)
    file(CONFIGURE OUTPUT ${note} @ONLY CONTENT
"#include <gantry/plugin/note.h>
GANTRY_NOTE(R\"gantry_manifest(@manifest_text@)gantry_manifest\")
")
    add_library(${name} MODULE ${arg_SOURCES} ${note})
    target_compile_features(${name} PRIVATE cxx_std_20)
    set_target_properties(${name} PROPERTIES
        PREFIX "" OUTPUT_NAME ${name}
        CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
        LINK_DEPENDS ${GANTRY_PLUGIN_SUPPORT_DIR}/plugin.map)
    # Without the version script one inline static of the standard library is a unique symbol, and
    # the file can never be unmapped.
    target_link_options(${name} PRIVATE
        -Wl,--version-script=${GANTRY_PLUGIN_SUPPORT_DIR}/plugin.map)
    target_link_libraries(${name} PRIVATE ${arg_LINK} Gantry::sdk)
    if(GANTRY_PLUGIN_OUTPUT_DIRECTORY)
        set_target_properties(${name} PROPERTIES
            LIBRARY_OUTPUT_DIRECTORY ${GANTRY_PLUGIN_OUTPUT_DIRECTORY})
    endif()
endfunction()
