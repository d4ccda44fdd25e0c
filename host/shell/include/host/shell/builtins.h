#pragma once

#include <gantry/core/clock.h>
#include <host/config/configuration.h>
#include <host/loader/plugin_manager.h>
#include <host/runtime/job_table.h>
#include <host/shell/builtin.h>
#include <host/shell/command_catalog.h>
#include <host/shell/executor.h>

#include <functional>

namespace gantry::host {

// The host's own commands, by what they are about. What is passed outlives the table; a part of the
// host that costs time to make is asked for when a command needs it.

using PluginsNeeded = std::function<PluginManager&()>;
using JobsNeeded = std::function<JobTable&()>;

// plugin list | load | unload | info | paths | inspect
void add_plugin_builtins(BuiltinTable& table, PluginsNeeded plugins);
// jobs, wait, cancel, fg
void add_job_builtins(BuiltinTable& table, JobsNeeded jobs, BackgroundTasks& background);
// config show | get | set. `configuration` answers it with the settings of all plugins declared.
void add_config_builtins(BuiltinTable& table, std::function<Configuration&()> configuration);
// help, apropos, version
void add_help_builtins(BuiltinTable& table, const CommandCatalog& catalog);
// set, unset, alias, unalias, echo, source, exit, quit
void add_language_builtins(BuiltinTable& table, std::function<Executor&()> executor);
// open, cd, lcd, pwd, close
void add_session_builtins(BuiltinTable& table, PluginsNeeded plugins);
// get, put, ls, mirror: their specs, for help and completion; route_transfer does the work
void add_transfer_builtins(BuiltinTable& table);

// "%3" as a job's number; 0 for what is none.
JobId job_id_of(std::string_view text);
std::string_view job_state_word(JobState state) noexcept;

}  // namespace gantry::host
