/*
 * pattern_type.c
 *		step_pattern: the type, what builds it, what it is asked.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/timestamp.h"

#include "pattern.h"
#include "surface.h"

/* the last text that a cast has read, which most often is the next one, too */
typedef struct LastText
{
	StepPattern *pattern;
	int length;
	char bytes[FLEXIBLE_ARRAY_MEMBER];
} LastText;

PG_FUNCTION_INFO_V1(pattern_in);
PG_FUNCTION_INFO_V1(pattern_out);
PG_FUNCTION_INFO_V1(pattern_recv);
PG_FUNCTION_INFO_V1(pattern_send);
PG_FUNCTION_INFO_V1(pattern_from_text);
PG_FUNCTION_INFO_V1(pattern_steps);
PG_FUNCTION_INFO_V1(pattern_steps_within);
PG_FUNCTION_INFO_V1(pattern_step_count);
PG_FUNCTION_INFO_V1(pattern_step_names);
PG_FUNCTION_INFO_V1(pattern_step_limits);
PG_FUNCTION_INFO_V1(pattern_conversion_window);

/* Read a pattern argument; it must not be written to */
const StepPattern *
PatternGetArg(FunctionCallInfo fcinfo, int arg)
{
	const StepPattern *pattern = (const StepPattern *) PG_DETOAST_DATUM(PG_GETARG_DATUM(arg));

	CheckStoredVersion(pattern->version, PATTERN_VERSION, PATTERN_TYPE);
	return pattern;
}

/* Return a pattern, or NULL after a soft error */
static Datum
ReturnPattern(FunctionCallInfo fcinfo, StepPattern *pattern)
{
	if (pattern == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(pattern);
}

/* Read the text form */
Datum
pattern_in(PG_FUNCTION_ARGS)
{
	return ReturnPattern(fcinfo, PatternParse(PG_GETARG_CSTRING(0), InputErrorContext(fcinfo)));
}

/* Write the text form */
Datum
pattern_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(PatternToText(PatternGetArg(fcinfo, 0)));
}

/* Append names that a client has in its encoding to a set of a draft */
static const uint16 *
AppendClientNames(PatternDraft *draft, DraftSet *set, const PatternName *names,
				  const uint16 *members, int count)
{
	for (int i = 0; i < count; i++)
	{
		PatternName name = names[members[i]];

		name.bytes = pg_server_to_client(name.bytes, name.length);
		if (name.bytes != names[members[i]].bytes)
			name.length = strlen(name.bytes);
		DraftAddName(draft, set, name);
	}
	return members + count;
}

/* Return a pattern with its names as a client has them, and in the order that they have there */
static const StepPattern *
PatternForClient(const StepPattern *pattern)
{
	PatternDraft *draft = DraftCreate(NULL, ERRCODE_UNTRANSLATABLE_CHARACTER, NULL);
	PatternName *names = PatternNames(pattern);
	const uint16 *members = PatternMembers(pattern);

	draft->max_name *= MAX_CONVERSION_GROWTH;
	draft->flags = pattern->flags;
	draft->within = pattern->within;
	for (int i = 0; i < pattern->steps; i++)
	{
		const PatternStep *from = &pattern->step[i];
		DraftStep *step = &draft->step[i];

		DraftAddStep(draft, (MatchLink) from->link, NULL);
		step->optional = from->optional != 0;
		step->limit = from->limit;
		members = AppendClientNames(draft, &step->forbidden, names, members, from->forbidden);
		members = AppendClientNames(draft, &step->names, names, members, from->names);
	}
	return PatternBuild(draft);
}

/* Write a set of names to a message */
static const uint16 *
SendSet(StringInfo out, const PatternName *names, const uint16 *members, int count)
{
	pq_sendint16(out, count);
	for (int i = 0; i < count; i++)
	{
		pq_sendint16(out, names[members[i]].length);
		pq_sendbytes(out, names[members[i]].bytes, names[members[i]].length);
	}
	return members + count;
}

/*
 * Write the binary form to a message.
 *
 * Sets are in the order of the bytes that the client gets, which need not be
 * that of the server: any other server can then tell the only form, too.
 */
static void
SendPattern(StringInfo out, const StepPattern *pattern)
{
	PatternName *names;
	const uint16 *members;

	if (pg_get_client_encoding() != GetDatabaseEncoding())
		pattern = PatternForClient(pattern);
	names = PatternNames(pattern);
	members = PatternMembers(pattern);
	pq_sendbyte(out, PATTERN_VERSION);
	pq_sendbyte(out, pattern->flags);
	pq_sendint64(out, pattern->within);
	pq_sendbyte(out, pattern->steps);
	for (int i = 0; i < pattern->steps; i++)
	{
		const PatternStep *step = &pattern->step[i];

		pq_sendbyte(out, step->link);
		pq_sendbyte(out, step->optional);
		pq_sendint64(out, step->limit);
		members = SendSet(out, names, members, step->forbidden);
		members = SendSet(out, names, members, step->names);
	}
}

/* Write the binary form */
Datum
pattern_send(PG_FUNCTION_ARGS)
{
	StringInfoData out;

	pq_begintypsend(&out);
	SendPattern(&out, PatternGetArg(fcinfo, 0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* Read a set of names from a message */
static void
RecvSet(StringInfo in, PatternDraft *draft, DraftSet *set)
{
	int count = pq_getmsgint(in, sizeof(uint16));

	for (int i = 0; i < count; i++)
	{
		PatternName name;
		int length = pq_getmsgint(in, sizeof(uint16));

		name.bytes = pq_getmsgtext(in, length, &name.length);
		name.place = NULL;
		DraftAddName(draft, set, name);
	}
}

/* Read the binary form, which must be what the pattern is sent as */
Datum
pattern_recv(PG_FUNCTION_ARGS)
{
	StringInfo in = (StringInfo) PG_GETARG_POINTER(0);
	PatternDraft *draft = DraftCreate(NULL, ERRCODE_INVALID_BINARY_REPRESENTATION, NULL);
	int start = in->cursor;
	StepPattern *pattern;
	StringInfoData form;
	int steps;

	CheckMessageVersion(in, PATTERN_VERSION, PATTERN_TYPE);
	draft->flags = GetMessageFlags(in, PATTERN_FLAGS, PATTERN_TYPE);
	draft->within = pq_getmsgint64(in);
	steps = pq_getmsgbyte(in);
	for (int i = 0; i < steps; i++)
	{
		DraftStep *step;

		DraftAddStep(draft, pq_getmsgbyte(in), NULL);
		step = &draft->step[i];
		step->optional = pq_getmsgbyte(in) != 0;
		step->limit = pq_getmsgint64(in);
		RecvSet(in, draft, &step->forbidden);
		RecvSet(in, draft, &step->names);
	}
	CheckMessageEnd(in, PATTERN_TYPE);
	pattern = PatternBuild(draft);

	initStringInfo(&form);
	SendPattern(&form, pattern);
	if (form.len != in->cursor - start || memcmp(form.data, in->data + start, form.len) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of type %s", PATTERN_TYPE),
				 errdetail("The names of a set, or steps in any order, are not sorted.")));
	PG_RETURN_POINTER(pattern);
}

/* Read the text form from a value of type text */
Datum
pattern_from_text(PG_FUNCTION_ARGS)
{
	text *argument = PG_GETARG_TEXT_PP(0);
	int length = VARSIZE_ANY_EXHDR(argument);
	LastText *last = (fcinfo->flinfo != NULL) ? fcinfo->flinfo->fn_extra : NULL;
	StepPattern *pattern;
	StepPattern *copy;

	if (last == NULL || last->length != length ||
		memcmp(last->bytes, VARDATA_ANY(argument), length) != 0)
	{
		pattern = PatternParse(text_to_cstring(argument), NULL);
		if (fcinfo->flinfo == NULL)
			PG_RETURN_POINTER(pattern);
		if (last != NULL)
		{
			fcinfo->flinfo->fn_extra = NULL;
			pfree(last->pattern);
			pfree(last);
		}
		last = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, offsetof(LastText, bytes) + length);
		last->pattern = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, VARSIZE(pattern));
		memcpy(last->pattern, pattern, VARSIZE(pattern));
		last->length = length;
		memcpy(last->bytes, VARDATA_ANY(argument), length);
		fcinfo->flinfo->fn_extra = last;
		PG_RETURN_POINTER(pattern);
	}
	copy = palloc(VARSIZE(last->pattern));
	memcpy(copy, last->pattern, VARSIZE(last->pattern));
	PG_RETURN_POINTER(copy);
}

/* Build a pattern of an array of names, each taken as it is */
static StepPattern *
PatternFromNames(ArrayType *array, int64 within)
{
	PatternDraft *draft = DraftCreate(NULL, ERRCODE_INVALID_PARAMETER_VALUE, NULL);
	Datum *elements;
	bool *nulls;
	int count;

	CheckOneDimension(array, "names of steps", NULL);
	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &elements, &nulls, &count);
	draft->within = within;
	for (int i = 0; i < count; i++)
	{
		PatternName name;
		text *element;

		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("names of steps must not be null")));
		element = DatumGetTextPP(elements[i]);
		name.bytes = VARDATA_ANY(element);
		name.length = VARSIZE_ANY_EXHDR(element);
		name.place = NULL;
		DraftAddStep(draft, MATCH_LATER, NULL);
		DraftAddName(draft, &draft->step[i].names, name);
	}
	return PatternBuild(draft);
}

/* Build a pattern of names */
Datum
pattern_steps(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(PatternFromNames(PG_GETARG_ARRAYTYPE_P(0), MATCH_NO_LIMIT));
}

/* Build a pattern of names, all of them within so much time */
Datum
pattern_steps_within(PG_FUNCTION_ARGS)
{
	const char *hint = "Write days, hours, minutes or seconds: interval '30 days'.";
	const Interval *interval = PG_GETARG_INTERVAL_P(1);
	uint64 within = IntervalToSpan(interval, "within", hint);

	if (within > SPAN_MAX)
		RefuseInterval(interval, "within",
					   psprintf("It is longer than %lld days.", (long long) SPAN_MAX_DAYS), hint);
	PG_RETURN_POINTER(PatternFromNames(PG_GETARG_ARRAYTYPE_P(0), (int64) within));
}

/* Return the number of steps */
Datum
pattern_step_count(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PatternGetArg(fcinfo, 0)->steps);
}

/* Return the set of names of each step as text */
Datum
pattern_step_names(PG_FUNCTION_ARGS)
{
	const StepPattern *pattern = PatternGetArg(fcinfo, 0);
	char **names = PatternStepNames(pattern);
	Datum result[MATCH_MAX_STEPS];

	for (int i = 0; i < pattern->steps; i++)
		result[i] = CStringGetTextDatum(names[i]);
	PG_RETURN_ARRAYTYPE_P(
		construct_array(result, pattern->steps, TEXTOID, -1, false, TYPALIGN_INT));
}

/* Return a span of time as an interval of days and what is left, or NULL for no limit */
static Datum
SpanGetDatum(int64 span, bool *isnull)
{
	Interval *interval;

	*isnull = (span == MATCH_NO_LIMIT);
	if (*isnull)
		return (Datum) 0;
	interval = palloc0(sizeof(Interval));
	interval->day = (int32) (span / SPAN_DAY);
	interval->time = span % SPAN_DAY;
	return IntervalPGetDatum(interval);
}

/* Return how long each step may take from the one before it */
Datum
pattern_step_limits(PG_FUNCTION_ARGS)
{
	const StepPattern *pattern = PatternGetArg(fcinfo, 0);
	Datum result[MATCH_MAX_STEPS];
	bool nulls[MATCH_MAX_STEPS];
	int dimension = pattern->steps;
	int lower_bound = 1;

	for (int i = 0; i < pattern->steps; i++)
		result[i] = SpanGetDatum(pattern->step[i].limit, &nulls[i]);
	PG_RETURN_ARRAYTYPE_P(construct_md_array(result, nulls, 1, &dimension, &lower_bound,
											 INTERVALOID, sizeof(Interval), false,
											 TYPALIGN_DOUBLE));
}

/* Return how long the whole pattern may take */
Datum
pattern_conversion_window(PG_FUNCTION_ARGS)
{
	bool isnull;
	Datum result = SpanGetDatum(PatternGetArg(fcinfo, 0)->within, &isnull);

	if (isnull)
		PG_RETURN_NULL();
	return result;
}

DEFINE_COMPARE_ARGS(PatternCompareArgs, StepPattern, PatternGetArg, CompareStored);
DEFINE_COMPARISONS(pattern, PatternCompareArgs);
DEFINE_HASHES(pattern, StepPattern, PatternGetArg, VARSIZE(value));
