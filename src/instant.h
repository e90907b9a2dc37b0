/*
 * instant.h
 *		Instants as text forms write them: in UTC, whatever any setting says.
 */
#ifndef CXUX_INSTANT_H
#define CXUX_INSTANT_H

#include "postgres.h"

#include "lib/stringinfo.h"

extern void AppendInstant(StringInfo out, int64 at);
extern bool InstantParse(const char *text, int64 *at);

#endif /* CXUX_INSTANT_H */
