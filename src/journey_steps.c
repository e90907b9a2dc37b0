/*
 * journey_steps.c
 *		How far one journey came along steps: depth(), outcome(), matches(), match_count(), runs().
 */
#include "postgres.h"

#include "utils/timestamp.h"

#include "journey_match.h"
#include "surface.h"

PG_FUNCTION_INFO_V1(journey_depth);
PG_FUNCTION_INFO_V1(journey_outcome);
PG_FUNCTION_INFO_V1(journey_matches);
PG_FUNCTION_INFO_V1(journey_match_count);
PG_FUNCTION_INFO_V1(journey_runs);

/* Match the first argument against the second one, with the third as as_of if there is one */
static FunnelPlan *
MatchArgs(FunctionCallInfo fcinfo, FunnelOptions *options, Match *match)
{
	FunnelPlan *plan = FunnelPlanOfArg(fcinfo, 1);
	const struct varlena *value = JourneyGetArg(fcinfo, 0);
	Journey journey;

	*options = FunnelGetOptions(fcinfo, 2, 3, plan->pattern);
	JourneyRead(&journey, value);
	JourneyMatch(plan, &journey, options, match);
	PG_FREE_IF_COPY(unconstify(struct varlena *, value), 0);
	return plan;
}

/* Return how many steps a journey reached */
Datum
journey_depth(PG_FUNCTION_ARGS)
{
	FunnelOptions options;
	Match match;

	MatchArgs(fcinfo, &options, &match);
	PG_RETURN_INT32(match.depth);
}

/* Return what became of a journey, or NULL when it never began */
Datum
journey_outcome(PG_FUNCTION_ARGS)
{
	FunnelOptions options;
	Match match;
	FunnelPlan *plan = MatchArgs(fcinfo, &options, &match);

	if (match.depth == 0)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(FunnelOutcome(plan, &options, &match)));
}

/* Tell whether a journey took all steps */
Datum
journey_matches(PG_FUNCTION_ARGS)
{
	FunnelOptions options;
	Match match;
	FunnelPlan *plan = MatchArgs(fcinfo, &options, &match);

	PG_RETURN_BOOL(match.depth == plan->pattern->steps);
}

/* Return how often a journey took all steps */
Datum
journey_match_count(PG_FUNCTION_ARGS)
{
	FunnelPlan *plan = FunnelPlanOfArg(fcinfo, 1);
	const struct varlena *value = JourneyGetArg(fcinfo, 0);
	Journey journey;
	SeenEvents seen;

	JourneyRead(&journey, value);
	seen = JourneySeen(plan, &journey, FUNNEL_NO_AS_OF);
	PG_RETURN_INT64(MatchCount(plan->matcher, seen.event, seen.count));
}

/* Return every attempt at the steps, one row for each */
Datum
journey_runs(PG_FUNCTION_ARGS)
{
	FunnelPlan *plan = FunnelPlanOfArg(fcinfo, 1);
	Journey journey;
	JourneyName *name;
	SeenEvents seen;
	MatchRuns runs;
	MatchRun run;
	Row row;

	JourneyRead(&journey, JourneyGetArg(fcinfo, 0));
	seen = JourneySeen(plan, &journey, FUNNEL_NO_AS_OF);
	name = JourneyGetNames(&journey);
	MatchRunsBegin(&runs, plan->matcher, seen.event, seen.count);
	RowBeginSet(&row, fcinfo);
	while (MatchRunsNext(&runs, &run))
	{
		int64 from = JourneyFirstFrom(&journey, run.started_at);
		int64 end = (run.until == PG_INT64_MAX) ? journey.header.events
												: JourneyFirstFrom(&journey, run.until + 1);
		int64 ended_at = JourneyAt(&journey, end - 1);
		struct varlena *part = JourneyWritePart(&journey, name, from, end);

		RowDatum(&row, TimestampTzGetDatum(run.started_at));
		RowDatum(&row, TimestampTzGetDatum(ended_at));
		RowInt32(&row, run.depth);
		RowDatum(&row, BoolGetDatum(run.completed));
		/* unsigned, as all of time takes more than 63 bits */
		RowFloat(&row, (double) ((uint64) ended_at - (uint64) run.started_at) / USECS_PER_SEC);
		RowInt64(&row, end - from);
		RowDatum(&row, PointerGetDatum(part));
		RowPut(&row, fcinfo);
		pfree(part);
	}
	PG_RETURN_NULL();
}
