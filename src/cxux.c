/*
 * cxux.c
 *		The module itself.
 */
#include "postgres.h"

#include "fmgr.h"

#ifdef PG_MODULE_MAGIC_EXT
PG_MODULE_MAGIC_EXT(.name = "cxux", .version = CXUX_VERSION);
#else
PG_MODULE_MAGIC;
#endif
