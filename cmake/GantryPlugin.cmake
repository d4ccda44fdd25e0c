# gantry_add_plugin(TARGET SOURCES a.cpp ... MANIFEST plugin.json [LINK lib ...])
#
# Builds NAME.so, NAME being the manifest's name: a plugin that exports its entry symbol only, with the
# manifest as an ELF note. docs/writing-a-plugin.md shows a whole one.
include_guard()

function(gantry_add_plugin name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "MANIFEST" "SOURCES;LINK")
    if(NOT arg_SOURCES OR NOT arg_MANIFEST)
        message(FATAL_ERROR "gantry_add_plugin(${name}) needs SOURCES and MANIFEST plugin.json")
    endif()
    get_filename_component(manifest ${arg_MANIFEST} ABSOLUTE)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${manifest})
    file(READ ${manifest} manifest_text)
    string(JSON plugin_name ERROR_VARIABLE problem GET "${manifest_text}" name)
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
    set(exports ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.map)
    set_target_properties(${name} PROPERTIES
        PREFIX "" OUTPUT_NAME ${plugin_name}
        CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
        LINK_DEPENDS ${exports})
    # Without the version script one inline static of the standard library is a unique symbol, and
    # the file can never be unmapped.
    target_link_options(${name} PRIVATE -Wl,--version-script=${exports})
    target_link_libraries(${name} PRIVATE ${arg_LINK} Gantry::sdk)
    if(GANTRY_PLUGIN_OUTPUT_DIRECTORY)
        set_target_properties(${name} PROPERTIES
            LIBRARY_OUTPUT_DIRECTORY ${GANTRY_PLUGIN_OUTPUT_DIRECTORY})
    endif()
endfunction()
