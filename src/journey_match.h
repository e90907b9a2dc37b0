/*
 * journey_match.h
 *		Matches the events of a journey against a pattern, reading of them only what it can see.
 */
#ifndef CXUX_JOURNEY_MATCH_H
#define CXUX_JOURNEY_MATCH_H

#include "postgres.h"

#include "funnel_plan.h"
#include "journey.h"

/* the events of a journey that a pattern can see; good until the plan reads the next journey */
typedef struct SeenEvents
{
	MatchEvent *event;
	int64 count;
} SeenEvents;

/* Read the events of a journey that a pattern can see, up to a time, inclusive */
extern SeenEvents JourneySeen(FunnelPlan *plan, const Journey *journey, int64 until);

/* Find the chain to keep of a journey */
extern void JourneyMatch(FunnelPlan *plan, const Journey *journey, const FunnelOptions *options,
						 Match *match);

#endif /* CXUX_JOURNEY_MATCH_H */
