/*
 * The way Citus aggregates over shards, replayed without it. On each shard the transition function
 * runs to a state, which is sent in its type's text or binary form; the coordinator reads the
 * states and merges them by the combine function; then the final function runs. Functions are
 * looked up anew for every row, so that nothing they keep in fn_extra outlives a call. States that
 * are no types, which Citus leaves alone, go the way of parallel plans, by their serial functions.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_aggregate.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(replay_accum);
PG_FUNCTION_INFO_V1(replay_send_text);
PG_FUNCTION_INFO_V1(replay_send_binary);
PG_FUNCTION_INFO_V1(replay_combine_text);
PG_FUNCTION_INFO_V1(replay_combine_binary);
PG_FUNCTION_INFO_V1(replay_final);

/* An aggregate of the catalog and its state so far. */
typedef struct Replay
{
	FormData_pg_aggregate aggregate;
	int16 length;
	bool by_value;
	Datum value;
	bool is_null;
	bool started; /* a strict function has something to start from */
} Replay;

/* Begin the state of an aggregate in the memory of the aggregate that calls. */
static Replay *
NewReplay(FunctionCallInfo fcinfo, Oid oid)
{
	HeapTuple tuple = SearchSysCache1(AGGFNOID, ObjectIdGetDatum(oid));
	MemoryContext memory;
	MemoryContext before;
	Replay *replay;
	Datum initial;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "there is no aggregate %u", oid);
	if (!AggCheckCallContext(fcinfo, &memory))
		elog(ERROR, "not called by an aggregate");
	before = MemoryContextSwitchTo(memory);
	replay = palloc0_object(Replay);
	memcpy(&replay->aggregate, GETSTRUCT(tuple), sizeof(FormData_pg_aggregate));
	get_typlenbyval(replay->aggregate.aggtranstype, &replay->length, &replay->by_value);
	initial = SysCacheGetAttr(AGGFNOID, tuple, Anum_pg_aggregate_agginitval, &replay->is_null);
	if (!replay->is_null)
	{
		Oid input;
		Oid element;

		getTypeInputInfo(replay->aggregate.aggtranstype, &input, &element);
		replay->value = OidInputFunctionCall(input, TextDatumGetCString(initial), element, -1);
	}
	replay->started = !replay->is_null;
	MemoryContextSwitchTo(before);
	ReleaseSysCache(tuple);
	return replay;
}

/* Find the state of a call, or begin one of the aggregate that its second argument names. */
static Replay *
CallReplay(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(0) ? NewReplay(fcinfo, PG_GETARG_OID(1)) : (Replay *) PG_GETARG_POINTER(0);
}

/* Find the state that is to be finished: where no row came, as the constant argument tells. */
static Replay *
FinishedReplay(FunctionCallInfo fcinfo)
{
	TargetEntry *first;

	if (!PG_ARGISNULL(0))
		return (Replay *) PG_GETARG_POINTER(0);
	first = linitial_node(TargetEntry, AggGetAggref(fcinfo)->args);
	return NewReplay(fcinfo, DatumGetObjectId(castNode(Const, first->expr)->constvalue));
}

/* Keep a new state as the executor does, in the memory of the aggregate. */
static void
KeepState(FunctionCallInfo fcinfo, Replay *replay, Datum value, bool is_null)
{
	MemoryContext memory;
	MemoryContext before;

	if (!replay->by_value &&
		(is_null || replay->is_null || DatumGetPointer(value) != DatumGetPointer(replay->value)))
	{
		AggCheckCallContext(fcinfo, &memory);
		before = MemoryContextSwitchTo(memory);
		if (!is_null)
			value = datumCopy(value, false, replay->length);
		if (!replay->is_null)
			pfree(DatumGetPointer(replay->value));
		MemoryContextSwitchTo(before);
	}
	replay->value = value;
	replay->is_null = is_null;
	replay->started = true;
}

/* Call a transition or combine function with the state and other arguments. */
static void
Advance(FunctionCallInfo fcinfo, Replay *replay, Oid function, int count, const Datum *values,
		const bool *nulls)
{
	LOCAL_FCINFO(call, FUNC_MAX_ARGS);
	FmgrInfo info;
	Datum value;

	fmgr_info(function, &info);
	if (info.fn_strict)
	{
		for (int i = 0; i < count; i++)
		{
			if (nulls[i])
				return;
		}
		if (!replay->started)
		{
			KeepState(fcinfo, replay, values[0], false);
			return;
		}
		if (replay->is_null)
			return;
	}
	InitFunctionCallInfoData(*call, &info, count + 1, fcinfo->fncollation, fcinfo->context, NULL);
	call->args[0].value = replay->value;
	call->args[0].isnull = replay->is_null;
	for (int i = 0; i < count; i++)
	{
		call->args[i + 1].value = values[i];
		call->args[i + 1].isnull = nulls[i];
	}
	value = FunctionCallInvoke(call);
	KeepState(fcinfo, replay, value, call->isnull);
}

/* Call a function of one argument or two that belongs to the aggregate. */
static Datum
Convert(FunctionCallInfo fcinfo, Oid function, int count, Datum value, bool is_null,
		bool *result_is_null)
{
	LOCAL_FCINFO(call, 2);
	FmgrInfo info;
	Datum result;

	fmgr_info(function, &info);
	*result_is_null = true;
	if (info.fn_strict && is_null)
		return (Datum) 0;
	InitFunctionCallInfoData(*call, &info, count, fcinfo->fncollation, fcinfo->context, NULL);
	call->args[0].value = value;
	call->args[0].isnull = is_null;
	call->args[1].value = (Datum) 0;
	call->args[1].isnull = false;
	result = FunctionCallInvoke(call);
	*result_is_null = call->isnull;
	return result;
}

/* Advance the state of a shard by one row, whose columns are the arguments. */
Datum
replay_accum(PG_FUNCTION_ARGS)
{
	Replay *replay = CallReplay(fcinfo);
	HeapTupleHeader header = PG_GETARG_HEAPTUPLEHEADER(2);
	TupleDesc columns =
		lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(header), HeapTupleHeaderGetTypMod(header));
	HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(header), .t_data = header};
	Datum values[FUNC_MAX_ARGS];
	bool nulls[FUNC_MAX_ARGS];
	int count = columns->natts;

	heap_deform_tuple(&tuple, columns, values, nulls);
	ReleaseTupleDesc(columns);
	Advance(fcinfo, replay, replay->aggregate.aggtransfn, count, values, nulls);
	PG_RETURN_POINTER(replay);
}

/* Send the state of a shard in its type's text form. */
Datum
replay_send_text(PG_FUNCTION_ARGS)
{
	Replay *replay = FinishedReplay(fcinfo);
	Oid type = replay->aggregate.aggtranstype;
	Datum value = replay->value;
	bool is_null = replay->is_null;
	bool is_varlena;
	Oid output;

	if (type == INTERNALOID)
	{
		type = BYTEAOID;
		value = Convert(fcinfo, replay->aggregate.aggserialfn, 1, value, is_null, &is_null);
	}
	if (is_null)
		PG_RETURN_NULL();
	getTypeOutputInfo(type, &output, &is_varlena);
	PG_RETURN_TEXT_P(cstring_to_text(OidOutputFunctionCall(output, value)));
}

/* Send the state of a shard in its type's binary form. */
Datum
replay_send_binary(PG_FUNCTION_ARGS)
{
	Replay *replay = FinishedReplay(fcinfo);
	Datum value = replay->value;
	bool is_null = replay->is_null;
	bool is_varlena;
	Oid send;

	if (replay->aggregate.aggtranstype == INTERNALOID)
		value = Convert(fcinfo, replay->aggregate.aggserialfn, 1, value, is_null, &is_null);
	if (is_null)
		PG_RETURN_NULL();
	if (replay->aggregate.aggtranstype == INTERNALOID)
		PG_RETURN_DATUM(value);
	getTypeBinaryOutputInfo(replay->aggregate.aggtranstype, &send, &is_varlena);
	PG_RETURN_BYTEA_P(OidSendFunctionCall(send, value));
}

/* Merge a state that was read into that of the coordinator. */
static void
Combine(FunctionCallInfo fcinfo, Replay *replay, Datum value, bool is_null)
{
	if (replay->aggregate.aggtranstype == INTERNALOID)
		value = Convert(fcinfo, replay->aggregate.aggdeserialfn, 2, value, is_null, &is_null);
	Advance(fcinfo, replay, replay->aggregate.aggcombinefn, 1, &value, &is_null);
}

/* Merge a state that came as text. */
Datum
replay_combine_text(PG_FUNCTION_ARGS)
{
	Replay *replay = CallReplay(fcinfo);
	Oid type = replay->aggregate.aggtranstype;
	bool is_null = PG_ARGISNULL(2);
	Datum value = (Datum) 0;
	Oid input;
	Oid element;

	if (!is_null)
	{
		getTypeInputInfo(type == INTERNALOID ? BYTEAOID : type, &input, &element);
		value = OidInputFunctionCall(input, text_to_cstring(PG_GETARG_TEXT_PP(2)), element, -1);
	}
	Combine(fcinfo, replay, value, is_null);
	PG_RETURN_POINTER(replay);
}

/* Merge a state that came in binary form. */
Datum
replay_combine_binary(PG_FUNCTION_ARGS)
{
	Replay *replay = CallReplay(fcinfo);
	bool is_null = PG_ARGISNULL(2);
	Datum value = (Datum) 0;

	if (!is_null)
	{
		bytea *bytes = PG_GETARG_BYTEA_PP(2);

		value = PointerGetDatum(bytes);
		if (replay->aggregate.aggtranstype != INTERNALOID)
		{
			StringInfoData message;
			Oid receive;
			Oid element;

			initStringInfo(&message);
			appendBinaryStringInfo(&message, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
			getTypeBinaryInputInfo(replay->aggregate.aggtranstype, &receive, &element);
			value = OidReceiveFunctionCall(receive, &message, element, -1);
		}
	}
	Combine(fcinfo, replay, value, is_null);
	PG_RETURN_POINTER(replay);
}

/* Finish what the coordinator merged. */
Datum
replay_final(PG_FUNCTION_ARGS)
{
	Replay *replay = FinishedReplay(fcinfo);
	Datum result = replay->value;
	bool is_null = replay->is_null;

	if (OidIsValid(replay->aggregate.aggfinalfn))
		result = Convert(fcinfo, replay->aggregate.aggfinalfn, 1, result, is_null, &is_null);
	if (is_null)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(result);
}
