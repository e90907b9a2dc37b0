/*
 * funnel.h
 *		funnel_summary: how far actors came along a pattern, and how long each step took them.
 */
#ifndef CXUX_FUNNEL_H
#define CXUX_FUNNEL_H

#include "postgres.h"

#include "fmgr.h"

#include "match.h"
#include "pattern.h"
#include "timing.h"

#define FUNNEL_VERSION 1
#define FUNNEL_TYPE "funnel_summary"

/* place of the time from the first step to the last one among the times of a funnel */
#define FUNNEL_WHOLE 0

/* what is counted for each step */
typedef enum FunnelCount
{
	FUNNEL_REACHED, /* closed actors whose chain takes the step */
	FUNNEL_ENDED,   /* closed actors whose chain ends with it */
	FUNNEL_OPEN     /* open actors whose chain takes it */
} FunnelCount;

#define FUNNEL_COUNTS (FUNNEL_OPEN + 1)

/*
 * A varlena that may be packed or toasted where it is stored.
 *
 * After the counts of all steps, one kind after the other, come the pattern
 * and the times: from the first step to the last, then of each step but the
 * first that from the step before.  These are stored values themselves, each
 * aligned.  Without a pattern (steps = 0) there is nothing: what an aggregate
 * starts from.
 */
typedef struct FunnelSummary
{
	int32 vl_len_; /* varlena header (do not touch directly!) */
	uint8 version;
	uint8 unused;
	uint16 steps;
	int64 count[FLEXIBLE_ARRAY_MEMBER];
} FunnelSummary;

/* a funnel taken apart; times are in the form of their working state, or NULL for none */
typedef struct Funnel
{
	MemoryContext context; /* of what belongs to it */
	const StepPattern *pattern;
	int steps;
	int64 count[FUNNEL_COUNTS][MATCH_MAX_STEPS];
	TimingSummary *elapsed[MATCH_MAX_STEPS];
} Funnel;

/* funnel.c */

extern const FunnelSummary *FunnelGetArg(FunctionCallInfo fcinfo, int arg);
extern void FunnelBegin(Funnel *funnel, const StepPattern *pattern);
extern void FunnelRead(Funnel *funnel, const FunnelSummary *summary);
extern FunnelSummary *FunnelWrite(const Funnel *funnel);
extern void FunnelAddChain(Funnel *funnel, const Match *match, bool is_open);
extern void FunnelMerge(Funnel *into, const FunnelSummary *from);
extern void CheckPatternsAlike(const StepPattern *a, const StepPattern *b);
extern char *FunnelToText(const FunnelSummary *summary);

/* funnel_ask.c: also what the pictures show */

extern Proportion FunnelProportion(const Funnel *funnel, int from, int to);
extern char **FunnelStepNames(const Funnel *funnel);
extern Estimate FunnelEstimate(const Funnel *funnel, double confidence, const Choice *method);

#endif /* CXUX_FUNNEL_H */
