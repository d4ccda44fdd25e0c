#include <cs/app/cs_plugin.h>

GANTRY_PLUGIN(gantry::cs::CsPlugin)
