/*
 * flow_state.c
 *		flow_summary: counting and merging.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "miscadmin.h"

#include "flow.h"
#include "surface.h"

/* names and edges that a state has room for at first */
#define FIRST_ROOM 16

/* a name with its code */
typedef struct CodedName
{
	FlowName name;
	uint32 hash;
	int32 code;
	char status;
} CodedName;

/* an edge with how many took it */
typedef struct CountedEdge
{
	uint64 key; /* step, source, target */
	int64 actors;
	char status;
} CountedEdge;

#define SH_PREFIX flow_names
#define SH_ELEMENT_TYPE CodedName
#define SH_KEY_TYPE FlowName
#define SH_KEY name
#define SH_HASH_KEY(table, key) hash_bytes((const unsigned char *) (key).bytes, (key).length)
#define SH_EQUAL(table, a, b) \
	((a).length == (b).length && memcmp((a).bytes, (b).bytes, (a).length) == 0)
#define SH_STORE_HASH
#define SH_GET_HASH(table, element) (element)->hash
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

#define SH_PREFIX flow_edges
#define SH_ELEMENT_TYPE CountedEdge
#define SH_KEY_TYPE uint64
#define SH_KEY key
#define SH_HASH_KEY(table, key) murmurhash32((uint32) (key) ^ murmurhash32((uint32) ((key) >> 32)))
#define SH_EQUAL(table, a, b) ((a) == (b))
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

PG_FUNCTION_INFO_V1(flow_merge);
PG_FUNCTION_INFO_V1(flow_rollup_accum);
PG_FUNCTION_INFO_V1(flow_combine);
PG_FUNCTION_INFO_V1(flow_serialize);
PG_FUNCTION_INFO_V1(flow_deserialize);
PG_FUNCTION_INFO_V1(flow_final);

/* Begin to count; the pattern must stay where it is; FLOW_NOBODY and NULL for none yet */
void
FlowBegin(FlowState *state, FlowKind kind, const StepPattern *pattern, int length)
{
	memset(state, 0, sizeof(FlowState));
	state->context = CurrentMemoryContext;
	state->kind = kind;
	state->pattern = pattern;
	state->length = length;
	state->room = FIRST_ROOM;
	state->name = palloc(state->room * sizeof(FlowName));
	state->codes = flow_names_create(state->context, FIRST_ROOM, NULL);
	state->edges = flow_edges_create(state->context, FIRST_ROOM, NULL);
}

/* Keep a name that is new, and return its code */
static int
KeepName(FlowState *state, CodedName *entry)
{
	char *bytes;

	/* as the state is thrown away when this fails, the entry may stay unfinished */
	CheckFlowSize(state->names + 1, state->bytes + entry->name.length, 0, NULL);
	if (state->names + 1 >= state->room)
	{
		state->room *= 2;
		state->name = repalloc(state->name, state->room * sizeof(FlowName));
	}
	bytes = MemoryContextAlloc(state->context, Max(entry->name.length, 1));
	memcpy(bytes, entry->name.bytes, entry->name.length);
	entry->name.bytes = bytes;
	entry->code = ++state->names;
	state->name[entry->code] = entry->name;
	state->bytes += entry->name.length;
	return entry->code;
}

/* Return the code of a name, which is copied when it is new */
int
FlowCode(FlowState *state, FlowName name)
{
	bool found;
	CodedName *entry = flow_names_insert(state->codes, name, &found);

	return found ? entry->code : KeepName(state, entry);
}

/* Return an edge as one number, which leaves room for the bits of each of its parts */
static uint64
EdgeKey(int step, int source, int target)
{
	return ((uint64) step << 16 | (uint64) source) << 16 | (uint64) target;
}

/* Count actors that went from one code to another */
void
FlowCount(FlowState *state, int step, int source, int target, int64 actors)
{
	bool found;
	CountedEdge *entry;

	/* all actors leave the pattern once, so that no other count is larger */
	if (source == FLOW_STEP)
	{
		if (state->actors > TALLY_MAX_COUNT - actors)
			AnswerCountOverflow();
		state->actors += actors;
	}
	entry = flow_edges_insert(state->edges, EdgeKey(step, source, target), &found);
	if (!found)
	{
		CheckFlowSize(0, 0, state->edges->members, NULL);
		entry->actors = 0;
	}
	entry->actors += actors;
}

/* Check that two flows are of the same kind, pattern and length */
static void
CheckFlowsAlike(const FlowState *a, const FlowSummary *b)
{
	if (a->kind != (FlowKind) b->kind)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH), errmsg("unlike kinds of flows do not mix"),
				 errdetail("One is of the kind \"%s\", the other of the kind \"%s\".",
						   FlowKindNames[a->kind], FlowKindNames[b->kind])));
	if (!PatternsEqual(a->pattern, FlowPattern(b)))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH), errmsg("flows of different steps do not mix"),
				 errdetail("One is of \"%s\", the other of \"%s\".", PatternToText(a->pattern),
						   PatternToText(FlowPattern(b)))));
	if (a->length != b->length)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("flows of different lengths do not mix"),
				 errdetail("One is of length %d, the other of length %d.", a->length, b->length)));
}

/* Add a stored summary of other actors */
static void
FlowMerge(FlowState *state, const FlowSummary *flow)
{
	const StepPattern *pattern = FlowPattern(flow);
	int *code;

	if (pattern == NULL)
		return;
	if (state->kind == FLOW_NOBODY)
	{
		StepPattern *kept = MemoryContextAlloc(state->context, VARSIZE(pattern));

		memcpy(kept, pattern, VARSIZE(pattern));
		state->kind = flow->kind;
		state->pattern = kept;
		state->length = flow->length;
	}
	CheckFlowsAlike(state, flow);
	code = palloc((flow->names + 1) * sizeof(int));
	code[FLOW_STEP] = FLOW_STEP;
	for (uint32 i = 1; i <= flow->names; i++)
	{
		CHECK_FOR_INTERRUPTS();
		code[i] = FlowCode(state, FlowNameAt(flow, i));
	}
	for (uint32 i = 0; i < flow->edges; i++)
	{
		const FlowEdge *edge = &flow->edge[i];

		CHECK_FOR_INTERRUPTS();
		FlowCount(state, edge->step, code[edge->source], code[edge->target], edge->actors);
	}
	pfree(code);
}

/* Order two codes by their names, for qsort_arg */
static int
CompareCodes(const void *a, const void *b, void *arg)
{
	const FlowName *name = arg;

	return FlowCompareNames(name[*(const int *) a], name[*(const int *) b]);
}

/* Return a state as a stored value */
static FlowSummary *
FlowWrite(const FlowState *state)
{
	int number = state->names;
	int *order = palloc((number + 1) * sizeof(int));
	int *place = palloc((number + 1) * sizeof(int));
	FlowName *names = palloc((number + 1) * sizeof(FlowName));
	FlowEdge *edges = palloc0((state->edges->members + 1) * sizeof(FlowEdge));
	FlowSummary *flow;
	flow_edges_iterator iterator;
	CountedEdge *entry;
	int count = 0;

	for (int i = 0; i < number; i++)
		order[i] = i + 1;
	qsort_arg(order, number, sizeof(int), CompareCodes, state->name);
	place[FLOW_STEP] = FLOW_STEP;
	for (int i = 0; i < number; i++)
	{
		names[i] = state->name[order[i]];
		place[order[i]] = i + 1;
	}
	flow_edges_start_iterate(state->edges, &iterator);
	while ((entry = flow_edges_iterate(state->edges, &iterator)) != NULL)
	{
		FlowEdge *edge = &edges[count++];

		CHECK_FOR_INTERRUPTS();
		edge->actors = entry->actors;
		edge->step = entry->key >> 32;
		edge->source = place[(uint16) (entry->key >> 16)];
		edge->target = place[(uint16) entry->key];
	}
	qsort(edges, count, sizeof(FlowEdge), FlowCompareEdges);
	flow = FlowBuild(state->kind, state->pattern, state->length, names, number, edges, count);
	pfree(order);
	pfree(place);
	pfree(names);
	pfree(edges);
	return flow;
}

/* Merge two summaries of different actors */
Datum
flow_merge(PG_FUNCTION_ARGS)
{
	FlowState state;

	if (PG_ARGISNULL(0) && PG_ARGISNULL(1))
		PG_RETURN_NULL();
	FlowBegin(&state, FLOW_NOBODY, NULL, 0);
	for (int i = 0; i < 2; i++)
	{
		if (!PG_ARGISNULL(i))
			FlowMerge(&state, FlowGetArg(fcinfo, i));
	}
	PG_RETURN_POINTER(FlowWrite(&state));
}

/* Return the state of an aggregate, a new one of nobody if there is none */
static FlowState *
GetState(FunctionCallInfo fcinfo)
{
	MemoryContext context, old_context;
	FlowState *state;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	if (!PG_ARGISNULL(0))
		return (FlowState *) PG_GETARG_POINTER(0);
	old_context = MemoryContextSwitchTo(context);
	state = palloc(sizeof(FlowState));
	FlowBegin(state, FLOW_NOBODY, NULL, 0);
	MemoryContextSwitchTo(old_context);
	return state;
}

/* Merge one more summary */
Datum
flow_rollup_accum(PG_FUNCTION_ARGS)
{
	FlowState *state = GetState(fcinfo);

	if (!PG_ARGISNULL(1))
		FlowMerge(state, FlowGetArg(fcinfo, 1));
	PG_RETURN_POINTER(state);
}

/* Merge the states of two workers */
Datum
flow_combine(PG_FUNCTION_ARGS)
{
	FlowState *state = GetState(fcinfo);

	if (!PG_ARGISNULL(1))
	{
		FlowSummary *flow = FlowWrite((FlowState *) PG_GETARG_POINTER(1));

		FlowMerge(state, flow);
		pfree(flow);
	}
	PG_RETURN_POINTER(state);
}

/* Turn a state into bytes, those of a stored value */
Datum
flow_serialize(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P((bytea *) FlowWrite((FlowState *) PG_GETARG_POINTER(0)));
}

/* Turn the bytes back into a state */
Datum
flow_deserialize(PG_FUNCTION_ARGS)
{
	FlowState *state = palloc(sizeof(FlowState));

	FlowBegin(state, FLOW_NOBODY, NULL, 0);
	/* a copy, as bytes in a tuple need not be aligned as a summary is */
	FlowMerge(state, (FlowSummary *) PG_GETARG_BYTEA_P_COPY(0));
	PG_RETURN_POINTER(state);
}

/* Return what was counted, or NULL when that is nothing */
Datum
flow_final(PG_FUNCTION_ARGS)
{
	FlowState *state;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = (FlowState *) PG_GETARG_POINTER(0);
	if (state->kind == FLOW_NOBODY)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(FlowWrite(state));
}
