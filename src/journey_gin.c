/*
 * journey_gin.c
 *		GIN index over journeys by the names of their events, for those that take all steps.
 *
 * A chain takes an event for each step that is not optional, so that one of the
 * names of each of these must be there.  The index knows neither order nor
 * times; what it finds is matched again.
 */
#include "postgres.h"

#include "access/gin.h"
#include "access/stratnum.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "journey.h"
#include "pattern.h"

/* bytes of a name that are a key, so that any name fits a page of the index */
#define KEY_BYTES 256

/* a longer key may be that of longer names, too, as these are cut between two characters */
#define KEY_BYTES_WHOLE (KEY_BYTES - MAX_MULTIBYTE_CHAR_LEN)

/* the names of a pattern that an index is asked for, by the steps that need one of them */
typedef struct RequiredSteps
{
	int steps;
	bool is_exact; /* whoever has the names takes the steps */
	int end[MATCH_MAX_STEPS];
	int key[FLEXIBLE_ARRAY_MEMBER];
} RequiredSteps;

PG_FUNCTION_INFO_V1(journey_gin_compare);
PG_FUNCTION_INFO_V1(journey_gin_extract_value);
PG_FUNCTION_INFO_V1(journey_gin_extract_query);
PG_FUNCTION_INFO_V1(journey_gin_consistent);
PG_FUNCTION_INFO_V1(journey_gin_triconsistent);

/* Return the key of a name */
static Datum
KeyOfName(const char *bytes, int length)
{
	if (length > KEY_BYTES)
		length = pg_mbcliplen(bytes, length, KEY_BYTES);
	return PointerGetDatum(cstring_to_text_with_len(bytes, length));
}

/* Order two keys by their bytes, whatever the collation */
Datum
journey_gin_compare(PG_FUNCTION_ARGS)
{
	const text *a = PG_GETARG_TEXT_PP(0);
	const text *b = PG_GETARG_TEXT_PP(1);
	JourneyName one = {VARSIZE_ANY_EXHDR(a), VARDATA_ANY(a)};
	JourneyName other = {VARSIZE_ANY_EXHDR(b), VARDATA_ANY(b)};

	PG_RETURN_INT32(JourneyCompareNames(one, other));
}

/* Return the keys of a journey */
Datum
journey_gin_extract_value(PG_FUNCTION_ARGS)
{
	int32 *count = (int32 *) PG_GETARG_POINTER(1);
	Journey journey;
	JourneyName *name;
	Datum *keys;

	JourneyRead(&journey, JourneyGetArg(fcinfo, 0));
	name = palloc(Max(journey.header.names, 1) * sizeof(JourneyName));
	keys = palloc(Max(journey.header.names, 1) * sizeof(Datum));
	JourneyReadNames(&journey, name);
	for (int i = 0; i < journey.header.names; i++)
		keys[i] = KeyOfName(name[i].bytes, name[i].length);
	*count = journey.header.names;
	PG_RETURN_POINTER(keys);
}

/* Find which names the steps of a pattern need */
static RequiredSteps *
FindRequired(const StepPattern *pattern)
{
	RequiredSteps *required = palloc(offsetof(RequiredSteps, key) + pattern->members * sizeof(int));
	const uint16 *member = PatternMembers(pattern);
	int keys = 0;

	required->steps = 0;
	required->is_exact = (pattern->steps == 1);
	for (int i = 0; i < pattern->steps; i++)
	{
		const PatternStep *step = &pattern->step[i];

		member += step->forbidden;
		if (!step->optional && step->names > 0)
		{
			for (int k = 0; k < step->names; k++)
				required->key[keys++] = member[k];
			required->end[required->steps++] = keys;
		}
		member += step->names;
	}
	return required;
}

/* Return the keys of a pattern: all of its names, some perhaps needed by no step */
Datum
journey_gin_extract_query(PG_FUNCTION_ARGS)
{
	const StepPattern *pattern = PatternGetArg(fcinfo, 0);
	int32 *count = (int32 *) PG_GETARG_POINTER(1);
	Pointer **extra = (Pointer **) PG_GETARG_POINTER(4);
	int32 *mode = (int32 *) PG_GETARG_POINTER(6);
	RequiredSteps *required = FindRequired(pattern);
	PatternName *name = PatternNames(pattern);
	int *place = palloc0(Max(pattern->names, 1) * sizeof(int));
	int needed = (required->steps > 0) ? required->end[required->steps - 1] : 0;
	Datum *keys = palloc(Max(needed, 1) * sizeof(Datum));

	*count = 0;
	for (int i = 0; i < needed; i++)
	{
		int of = required->key[i];

		if (place[of] == 0)
		{
			keys[*count] = KeyOfName(name[of].bytes, name[of].length);
			place[of] = ++*count;
		}
		if (name[of].length > KEY_BYTES_WHOLE)
			required->is_exact = false;
		required->key[i] = place[of] - 1;
	}
	if (required->steps == 0)
	{
		/* steps of any event */
		*mode = GIN_SEARCH_MODE_ALL;
		PG_RETURN_POINTER(NULL);
	}
	*extra = palloc(*count * sizeof(Pointer));
	for (int i = 0; i < *count; i++)
		(*extra)[i] = (Pointer) required;
	PG_RETURN_POINTER(keys);
}

/* Tell whether each step has one of its names, as far as is known */
static GinTernaryValue
HasNames(const RequiredSteps *required, const GinTernaryValue *check)
{
	GinTernaryValue all = GIN_TRUE;
	int key = 0;

	for (int i = 0; i < required->steps; i++)
	{
		GinTernaryValue one = GIN_FALSE;

		for (; key < required->end[i]; key++)
		{
			if (check[required->key[key]] == GIN_TRUE || one == GIN_FALSE)
				one = check[required->key[key]];
		}
		if (one == GIN_FALSE)
			return GIN_FALSE;
		if (one == GIN_MAYBE)
			all = GIN_MAYBE;
	}
	return all;
}

/* Tell whether a journey can take all steps, all of its names being known */
Datum
journey_gin_consistent(PG_FUNCTION_ARGS)
{
	const bool *check = (const bool *) PG_GETARG_POINTER(0);
	int32 count = PG_GETARG_INT32(3);
	Pointer *extra = (Pointer *) PG_GETARG_POINTER(4);
	bool *recheck = (bool *) PG_GETARG_POINTER(5);
	const RequiredSteps *required;

	*recheck = true;
	if (count == 0)
		PG_RETURN_BOOL(true);
	required = (const RequiredSteps *) extra[0];
	*recheck = !required->is_exact;
	/* booleans are ternary values that are known */
	PG_RETURN_BOOL(HasNames(required, (const GinTernaryValue *) check) != GIN_FALSE);
}

/* Tell whether a journey can take all steps, some of its names perhaps not being known */
Datum
journey_gin_triconsistent(PG_FUNCTION_ARGS)
{
	const GinTernaryValue *check = (const GinTernaryValue *) PG_GETARG_POINTER(0);
	int32 count = PG_GETARG_INT32(3);
	Pointer *extra = (Pointer *) PG_GETARG_POINTER(4);
	const RequiredSteps *required;
	GinTernaryValue found;

	if (count == 0)
		PG_RETURN_GIN_TERNARY_VALUE(GIN_MAYBE);
	required = (const RequiredSteps *) extra[0];
	found = HasNames(required, check);
	if (found == GIN_TRUE && !required->is_exact)
		found = GIN_MAYBE;
	PG_RETURN_GIN_TERNARY_VALUE(found);
}
