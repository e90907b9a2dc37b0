/*
 * ratio.h
 *		ratio_summary: sums and co-moments of two amounts of each unit.
 */
#ifndef CXUX_RATIO_H
#define CXUX_RATIO_H

#include "postgres.h"

#include "fmgr.h"

#include "statistics.h"

#define RATIO_VERSION 1

/* A fixed-length type; what is not used is zero, so that bytes compare */
typedef struct RatioSummary
{
	uint8 version;
	uint8 unused[7];
	int64 count;
	PairMoments moments;
	int64 reserved[5];
} RatioSummary;

extern RatioSummary *RatioGetArg(FunctionCallInfo fcinfo, int arg);
extern char *RatioToText(const RatioSummary *ratio);

#endif /* CXUX_RATIO_H */
