/*
 * retention_rollup.c
 *		Merges summaries of retention: merge() and rollup().
 */
#include "postgres.h"

#include "retention.h"

PG_FUNCTION_INFO_V1(retention_merge);
PG_FUNCTION_INFO_V1(retention_rollup_accum);
PG_FUNCTION_INFO_V1(retention_rollup_combine);
PG_FUNCTION_INFO_V1(retention_rollup_serialize);
PG_FUNCTION_INFO_V1(retention_rollup_deserialize);
PG_FUNCTION_INFO_V1(retention_rollup_final);

/* Begin with a stored summary, to which others are added */
static Retention *
BeginWith(MemoryContext context, const RetentionSummary *summary)
{
	RetentionSummary *copy = MemoryContextAlloc(context, VARSIZE(summary));
	RetentionTable table;
	Retention *retention;

	/* its terms must stay */
	memcpy(copy, summary, VARSIZE(summary));
	RetentionRead(&table, copy);
	retention = RetentionCreate(context, &table.terms, table.latest);
	RetentionMerge(retention, copy);
	return retention;
}

/* Merge two summaries of different actors */
Datum
retention_merge(PG_FUNCTION_ARGS)
{
	Retention *retention;

	if (PG_ARGISNULL(0) && PG_ARGISNULL(1))
		PG_RETURN_NULL();
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_POINTER(RetentionGetArg(fcinfo, PG_ARGISNULL(0) ? 1 : 0));
	retention = BeginWith(CurrentMemoryContext, RetentionGetArg(fcinfo, 0));
	RetentionMerge(retention, RetentionGetArg(fcinfo, 1));
	PG_RETURN_POINTER(RetentionWrite(retention));
}

/* Add a summary to the state of rollup(), a new one if there is none */
static Retention *
AddToRollup(FunctionCallInfo fcinfo, const RetentionSummary *summary)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	if (PG_ARGISNULL(0))
		return BeginWith(context, summary);
	RetentionMerge((Retention *) PG_GETARG_POINTER(0), summary);
	return (Retention *) PG_GETARG_POINTER(0);
}

/* Merge one more summary */
Datum
retention_rollup_accum(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		return ReturnState(fcinfo);
	PG_RETURN_POINTER(AddToRollup(fcinfo, RetentionGetArg(fcinfo, 1)));
}

/* Merge the states of two workers */
Datum
retention_rollup_combine(PG_FUNCTION_ARGS)
{
	RetentionSummary *summary;
	Retention *retention;

	if (PG_ARGISNULL(1))
		return ReturnState(fcinfo);
	summary = RetentionWrite((Retention *) PG_GETARG_POINTER(1));
	retention = AddToRollup(fcinfo, summary);
	pfree(summary);
	PG_RETURN_POINTER(retention);
}

/* Turn a state into bytes, those of a stored value */
Datum
retention_rollup_serialize(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P((bytea *) RetentionWrite((Retention *) PG_GETARG_POINTER(0)));
}

/* Turn the bytes back into a state */
Datum
retention_rollup_deserialize(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(BeginWith(CurrentMemoryContext, (RetentionSummary *) PG_GETARG_BYTEA_P(0)));
}

/* Return what was merged, or NULL when that is nothing */
Datum
retention_rollup_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(RetentionWrite((Retention *) PG_GETARG_POINTER(0)));
}
