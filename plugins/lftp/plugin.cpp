#include <lftp/app/lftp_plugin.h>

GANTRY_PLUGIN(gantry::lftp::LftpPlugin)
