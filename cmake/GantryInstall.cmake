# The installed product: the program, its plugins, and the SDK as a CMake package whose prefix may be
# moved afterwards.
include_guard()
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Gantry)
if(TARGET gantry)
    install(TARGETS gantry RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
get_property(plugins GLOBAL PROPERTY GANTRY_SHIPPED_PLUGINS)
if(plugins)
    install(TARGETS ${plugins} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/gantry/plugins)
endif()
install(DIRECTORY sdk/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS gantry_sdk gantry_manifest gantry_testing EXPORT GantryTargets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT GantryTargets NAMESPACE Gantry:: DESTINATION ${package_dir})
install(FILES cmake/GantryPlugin.cmake cmake/plugin.map DESTINATION ${package_dir})
configure_package_config_file(cmake/GantryConfig.cmake.in ${CMAKE_BINARY_DIR}/GantryConfig.cmake
                              INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/GantryConfigVersion.cmake
                                 COMPATIBILITY SameMajorVersion)
install(FILES ${CMAKE_BINARY_DIR}/GantryConfig.cmake ${CMAKE_BINARY_DIR}/GantryConfigVersion.cmake
        DESTINATION ${package_dir})
