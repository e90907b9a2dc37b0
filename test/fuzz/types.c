/*
 * types.c
 *		The types whose inputs are tried, and the functions that take their values.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "parser/parse_func.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "chunks.h"
#include "types.h"

/*
 * The types; the first byte of a case is the place of its type here, so that a
 * new type goes to the end.  Each with a value that others are merged with.
 */
static const struct
{
	const char *name;
	const char *partner;
} names[] = {
	{"choices_summary",
	 "{\"kind\": \"tick all\", \"respondents\": 5, \"choices\": [\"a\", \"b\"], "
	 "\"answers\": [5, 3]}"},
	{"event_journey",
	 "{\"events\": [\"cart\", \"view\"], \"codes\": [1, 0, 1], \"first_at\": "
	 "\"2026-01-31T18:30:00.5Z\", \"seconds\": [0, 7.000001, 86400]}"},
	{"flow_summary",
	 "{\"kind\": \"next events\", \"steps\": \"view > cart > pay\", \"events\": "
	 "[\"help\", \"pay\"], \"step\": [1, 1, 2], \"source\": [0, 0, 0], \"target\": "
	 "[0, 1, 2], \"actors\": [3, 4, 7]}"},
	{"funnel_summary",
	 "{\"steps\": \"view > [cart] > pay within 1 day\", \"reached\": [4, 1, 2], \"ended\": [2, 0, "
	 "2], \"open\": [3, 2, 2], \"elapsed\": [\"{\\\"finished\\\": [1.5, 60]}\", "
	 "\"{\\\"finished\\\": [0.25]}\", \"{\\\"finished\\\": [1.5, 59.75]}\"]}"},
	{"items_summary",
	 "{\"items\": 3, \"respondents\": 9, \"dropped\": 2, \"means\": [2.5, -0.5, "
	 "1e+100], \"comoments\": [5, 0.1, 0.4, -2.5, 0, 7e+200]}"},
	{"likert_summary", "{\"low\": 1, \"high\": 5, \"counts\": [1, 2, 3, 4, 5]}"},
	{"nps_summary", "{\"promoters\": 50, \"passives\": 30, \"detractors\": 20}"},
	{"rate_summary",
	 "{\"successes\": 2, \"failures\": 1, \"undecided\": 1, \"weights\": [2, 1, "
	 "3], \"squares\": [2.5, 1, 9]}"},
	{"ratio_summary",
	 "{\"n\": 3, \"numerator\": 60.6, \"denominator\": 6, \"numerator_squares\": 200.1, "
	 "\"denominator_squares\": 2, \"products\": 15.3}"},
	{"retention_summary",
	 "{\"period\": \"month\", \"timezone\": \"UTC\", \"latest\": \"2026-04-02T00:00:00Z\", "
	 "\"start\": \"2026-01-01\", \"periods\": 4, \"sizes\": [0,2, 1,1, 3,1], \"active\": [0,0,2, "
	 "0,1,1, 0,2,2, 1,0,1, 3,0,1], \"last\": [0,2,2, 1,0,1, 3,0,1], \"gaps\": [0,1,1, 0,2,1, "
	 "1,1,1]}"},
	{"sample_summary",
	 "{\"n\": 3, \"sum\": 12.6, \"squared_deviations\": 8.16, \"minimum\": 2.2, \"maximum\": 6.2}"},
	{"step_pattern", "view > [cart] > pay within 1 day"},
	{"task_summary",
	 "{\"completed\": 2, \"abandoned\": 1, \"undecided\": 1, \"errors\": {\"attempts\": 3, "
	 "\"attempts_with_some\": 2, \"sum\": 3, \"square_sum\": 5}, \"time_on_task\": "
	 "\"{\\\"finished\\\": [1.5, 2]}\", \"time_to_abandonment\": \"{\\\"finished\\\": [4]}\"}"},
	{"timing_summary", "{\"finished\": [0, 0.25, 2], \"unfinished\": [0, 3.5]}"},
};

StaticAssertDecl(lengthof(names) == FUZZ_TYPES, "types and their names");

/* values of the other arguments that functions have, by type, as text */
static const struct
{
	Oid type;
	const char *const *texts;
} arguments[] = {
	{BOOLOID, (const char *const[]){"t", "f", NULL}},
	{INT2OID, (const char *const[]){"1", "0", "3", NULL}},
	{INT4OID, (const char *const[]){"1", "2", "0", "-1", "5", "40", "2147483647", NULL}},
	{INT8OID, (const char *const[]){"1", "0", "100", "-9223372036854775808", NULL}},
	{FLOAT8OID,
	 (const char *const[]){"0.9", "0.95", "0.5", "1e-17", "0.9999999999999999", "2", "0", "-3.5",
						   "1e300", NULL}},
	{TEXTOID,
	 (const char *const[]){"two-sided", "greater", "less", "wald", "wilson", "exact", "newcombe",
						   "adjusted-wald", "tango", "clopper-pearson", "jeffreys", "mid-p", "t",
						   "view", "cart", "a", "", NULL}},
	{INTERVALOID, (const char *const[]){"30 seconds", "0", "1 day", "-1 s", NULL}},
	{TIMESTAMPTZOID,
	 (const char *const[]){"2026-02-01 12:00:00+00", "2026-05-01 00:00:00+00", "-infinity",
						   "4714-11-24 00:00:00+00 BC", "294276-12-31 23:59:59.999999+00", NULL}},
	{TEXTARRAYOID, (const char *const[]){"{view,cart}", "{}", "{a,NULL}", "{{a}}", NULL}},
	{FLOAT8ARRAYOID, (const char *const[]){"{1,2,3}", "{1,NULL}", "{}", NULL}},
};

Type fuzz_types[FUZZ_TYPES];
MemoryContext lasting_memory, passing_memory;

/* Find one of the types */
const Type *
TypeOf(Oid oid)
{
	for (int i = 0; i < FUZZ_TYPES; i++)
	{
		if (fuzz_types[i].oid == oid)
			return &fuzz_types[i];
	}
	return NULL;
}

/* Return texts of values of another type that arguments are of, up to a NULL */
const char *const *
ArgumentTexts(Oid oid)
{
	int i = 0;

	while (arguments[i].type != oid)
		i++;
	return arguments[i].texts;
}

/* Look up the function that an operator class or a name stands for */
static void
LookUpFunction(const char *format, const char *type, FmgrInfo *function)
{
	List *name = list_make1(makeString(psprintf(format, type)));
	Oid unused = InvalidOid; /* where no arguments are given, their types must be somewhere */

	fmgr_info_cxt(LookupFuncName(name, -1, &unused, false), function, lasting_memory);
}

/* Note all functions with an argument of a type and others that are known */
static void
LookUpCalls(Type *type)
{
	StringInfoData query;

	initStringInfo(&query);
	appendStringInfo(
		&query,
		"SELECT p.oid, prorettype, proisstrict, proargtypes::oid[], p.oid::regprocedure::text "
		"FROM pg_proc AS p, pg_depend AS d WHERE d.classid = 'pg_proc'::regclass AND d.objid = "
		"p.oid AND d.deptype = 'e' AND refobjid = (SELECT oid FROM pg_extension WHERE extname = "
		"'cxux') AND prokind = 'f' AND provolatile <> 'v' AND pronargs <= %d AND %u = ANY "
		"(proargtypes::oid[]) AND proargtypes::oid[] <@ '{%u",
		MAX_ARGUMENTS, type->oid, arguments[0].type);
	for (int i = 1; i < (int) lengthof(arguments); i++)
		appendStringInfo(&query, ",%u", arguments[i].type);
	for (int i = 0; i < FUZZ_TYPES; i++)
		appendStringInfo(&query, ",%u", fuzz_types[i].oid);
	appendStringInfoString(&query,
						   "}' AND proname !~ '_(accum|remove|combine|final|out|send)$' "
						   "ORDER BY p.oid::regprocedure::text COLLATE \"C\"");
	if (SPI_execute(query.data, true, 0) != SPI_OK_SELECT || SPI_processed == 0)
		elog(FATAL, "no functions of %s", type->name);
	type->call = MemoryContextAllocZero(lasting_memory, SPI_processed * sizeof(Call));
	type->calls = SPI_processed;
	for (int i = 0; i < type->calls; i++)
	{
		Datum values[5];
		bool nulls[5];
		ArrayType *array;

		heap_deform_tuple(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, values, nulls);
		array = DatumGetArrayTypeP(values[3]);
		type->call[i].function = DatumGetObjectId(values[0]);
		type->call[i].result = DatumGetObjectId(values[1]);
		type->call[i].strict = DatumGetBool(values[2]);
		type->call[i].count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
		type->call[i].name = MemoryContextStrdup(lasting_memory, TextDatumGetCString(values[4]));
		memcpy(type->call[i].argument, ARR_DATA_PTR(array), type->call[i].count * sizeof(Oid));
	}
}

/* Look up the types, and check that they are all that there are */
void
LookUpTypes(void)
{
	lasting_memory =
		AllocSetContextCreate(TopMemoryContext, "fuzz, lasting", ALLOCSET_DEFAULT_SIZES);
	passing_memory = MemoryCreate(TopMemoryContext, "fuzz, passing");
	for (int i = 0; i < FUZZ_TYPES; i++)
	{
		Type *type = &fuzz_types[i];
		Oid function;
		bool is_varlena;

		type->name = names[i].name;
		type->oid = TypenameGetTypid(type->name);
		if (!OidIsValid(type->oid))
			elog(FATAL, "there is no type %s", type->name);
		get_typlenbyval(type->oid, &type->length, &type->by_value);
		getTypeInputInfo(type->oid, &function, &type->parameter);
		fmgr_info_cxt(function, &type->in, lasting_memory);
		getTypeOutputInfo(type->oid, &function, &is_varlena);
		fmgr_info_cxt(function, &type->out, lasting_memory);
		getTypeBinaryInputInfo(type->oid, &function, &type->parameter);
		fmgr_info_cxt(function, &type->recv, lasting_memory);
		getTypeBinaryOutputInfo(type->oid, &function, &is_varlena);
		fmgr_info_cxt(function, &type->send, lasting_memory);
		LookUpFunction("%s_hash", type->name, &type->hash);
		LookUpFunction("%s_cmp", type->name, &type->cmp);
		type->partner = unconstify(char *, names[i].partner);
	}
	SPI_connect();
	if (SPI_execute("SELECT FROM pg_type AS t, pg_depend AS d WHERE d.classid = "
					"'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e' AND typtype = "
					"'b' AND typcategory <> 'A' AND refobjid = (SELECT oid FROM pg_extension "
					"WHERE extname = 'cxux')",
					true, 0) != SPI_OK_SELECT ||
		SPI_processed != FUZZ_TYPES)
		elog(FATAL, "a type is missing in the list of the fuzzers");
	for (int i = 0; i < FUZZ_TYPES; i++)
		LookUpCalls(&fuzz_types[i]);
	SPI_finish();
}
