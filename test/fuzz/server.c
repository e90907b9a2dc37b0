/*
 * server.c
 *		Feeds arbitrary bytes to the inputs of all types, inside a server.
 *
 * fuzz_replay(harness, case) tries one case; fuzz_run(harness, arguments), which exists where
 * libFuzzer is linked in, tries as many as it finds until it has found something.
 *
 * A case is refused with an error of those that bad input may raise, or it is a value.  Of a value
 * all forms must agree, and what the extension makes of it must be values, too.
 */
#include "postgres.h"

#include <math.h>
#include <signal.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "parser/parse_func.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/resowner.h"
#include "utils/tuplestore.h"
#include "utils/typcache.h"

#include "chunks.h"
#include "pattern_compile.h"
#include "types.h"

#ifdef CXUX_LIBFUZZER
PG_FUNCTION_INFO_V1(fuzz_run);
#endif
/* else it is a library beside the extension's */
#ifndef CXUX_WITHIN
PG_MODULE_MAGIC;
#endif
PG_FUNCTION_INFO_V1(fuzz_replay);

/* what fills memory at the first and at the second reading of a case */
#define FIRST_FILL 0x7F
#define SECOND_FILL 0xA6

/* the error of a replay; one of those that SQL can catch */
#define FINDING ERRCODE_DATA_CORRUPTED

/* rows of a function that returns many, bytes of a case */
#define MAX_ROWS 10000
#define MAX_CASE (1 << 20)

/* functions that are called with each value that is taken, of those there are */
#define CALLS 4

/* what bad text and bad bytes may be refused with, and nothing else */
static const int refusals[] = {
	ERRCODE_INVALID_TEXT_REPRESENTATION, ERRCODE_INVALID_BINARY_REPRESENTATION,
	ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,  ERRCODE_DATETIME_VALUE_OUT_OF_RANGE,
	ERRCODE_PROTOCOL_VIOLATION,          ERRCODE_CHARACTER_NOT_IN_REPERTOIRE,
	ERRCODE_PROGRAM_LIMIT_EXCEEDED,      ERRCODE_INVALID_PARAMETER_VALUE,
};

static bool is_replay;
static int64 taken, refused, called;

/* Tell that something is wrong */
static void __attribute__((noreturn, format(printf, 1, 2))) Finding(const char *format, ...)
{
	char text[4096];
	va_list rest;

	va_start(rest, format);
	vsnprintf(text, sizeof(text), format, rest);
	va_end(rest);
	if (is_replay)
		ereport(ERROR, (errcode(FINDING), errmsg_internal("%s", text)));
	fprintf(stderr, "finding: %s\n", text);
	abort();
}

/* Describe some bytes */
static const char *
Shown(const void *bytes, Size size)
{
	static const char digits[] = "0123456789abcdef";
	const Size shown = Min(size, 400);
	char *text = palloc(2 * shown + 1);

	for (Size i = 0; i < shown; i++)
	{
		text[2 * i] = digits[((const unsigned char *) bytes)[i] >> 4];
		text[2 * i + 1] = digits[((const unsigned char *) bytes)[i] & 15];
	}
	text[2 * shown] = '\0';
	return text;
}

/* Return a function that remembers nothing of other cases */
static FmgrInfo
Fresh(const FmgrInfo *function)
{
	FmgrInfo fresh = *function;

	fresh.fn_mcxt = passing_memory;
	fresh.fn_extra = NULL;
	return fresh;
}

/* Check an error: it says what it must, in text of the server's encoding */
static void
CheckError(const ErrorData *error, const char *what)
{
	const char *const parts[] = {error->message, error->detail, error->hint};

	if (error->sqlerrcode == FINDING)
		ReThrowError(unconstify(ErrorData *, error));
	if (error->sqlerrcode == ERRCODE_INTERNAL_ERROR || error->sqlerrcode == ERRCODE_OUT_OF_MEMORY)
		Finding("%s: %s (%s:%d)", what, error->message, error->filename, error->lineno);
	for (int i = 0; i < (int) lengthof(parts); i++)
	{
		if (parts[i] != NULL && GetDatabaseEncoding() == PG_UTF8 &&
			!pg_verify_mbstr(PG_UTF8, parts[i], strlen(parts[i]), true))
			Finding("%s: a message that is no text: %s", what, Shown(parts[i], strlen(parts[i])));
	}
}

/* what is done under a handler of errors */
typedef void (*Action)(void *argument);

/* Do something; returns the error that it ended with, or NULL */
static ErrorData *
Attempt(Action action, void *argument)
{
	MemoryContext context = CurrentMemoryContext;
	ErrorData *volatile error = NULL;

	PG_TRY();
	{
		action(argument);
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
	}
	PG_END_TRY();
	return error;
}

/* a text or message to read */
typedef struct Reading
{
	const Type *type;
	const char *bytes;
	int size;
	bool is_binary;
	Datum value;
} Reading;

/* Read a value; the bytes lie in memory that ends with them */
static void
Read(void *argument)
{
	Reading *reading = argument;
	const Type *type = reading->type;

	if (reading->is_binary)
	{
		FmgrInfo recv = Fresh(&type->recv);
		StringInfoData message;

		message.data = palloc(Max(reading->size, 1));
		memcpy(message.data, reading->bytes, reading->size);
		message.len = reading->size;
		message.maxlen = reading->size + 1;
		message.cursor = 0;
		reading->value = ReceiveFunctionCall(&recv, &message, type->parameter, -1);
		if (message.cursor != message.len)
			Finding("%s: bytes are left", type->name);
	}
	else
	{
		FmgrInfo in = Fresh(&type->in);
		char *text = palloc(reading->size + 1);

		memcpy(text, reading->bytes, reading->size);
		text[reading->size] = '\0';
		reading->value = InputFunctionCall(&in, text, type->parameter, -1);
	}
}

/* Tell whether two values have the same bytes */
static bool
SameBytes(const Type *type, Datum a, Datum b)
{
	return datumIsEqual(a, b, type->by_value, type->length);
}

/* Read what must be readable, and give the value that is already known */
static void
ReadAgain(const Type *type, const char *bytes, int size, bool is_binary, Datum expected)
{
	Reading reading = {type, bytes, size, is_binary, (Datum) 0};
	ErrorData *error = Attempt(Read, &reading);
	const char *form = is_binary ? "binary" : "text";

	if (error != NULL)
	{
		CheckError(error, type->name);
		Finding("%s: own %s form %s refused: %s", type->name, form, Shown(bytes, size),
				error->message);
	}
	if (!SameBytes(type, reading.value, expected))
		Finding("%s: own %s form %s has other bytes", type->name, form, Shown(bytes, size));
}

/* Check a value: both forms give the same bytes, and it equals itself */
static void
CheckValue(const Type *type, Datum value)
{
	FmgrInfo out = Fresh(&type->out), send = Fresh(&type->send);
	FmgrInfo hash = Fresh(&type->hash), cmp = Fresh(&type->cmp);
	char *text = OutputFunctionCall(&out, value);
	bytea *message = SendFunctionCall(&send, value);

	if (strlen(text) > 0 && !pg_verify_mbstr(GetDatabaseEncoding(), text, strlen(text), true))
		Finding("%s: a form that is no text", type->name);
	ReadAgain(type, text, strlen(text), false, value);
	ReadAgain(type, VARDATA(message), VARSIZE(message) - VARHDRSZ, true, value);
	if (DatumGetInt32(FunctionCall2(&cmp, value, value)) != 0)
		Finding("%s: differs from itself", type->name);
	FunctionCall1(&hash, value);
}

/* Check a result: a value of ours is one, a number is a number */
static void
CheckResult(const Call *call, Oid of, Datum value)
{
	const Type *type = TypeOf(of);

	if (type != NULL)
		/* in a row it may be packed */
		CheckValue(type, (type->length == -1) ? PointerGetDatum(PG_DETOAST_DATUM(value)) : value);
	else if (of == FLOAT8OID && isnan(DatumGetFloat8(value)))
		Finding("%s: not a number", call->name);
}

/* Check a result row; what it calls low is not above what it calls high */
static void
CheckRow(const Call *call, Datum row)
{
	HeapTupleHeader header = DatumGetHeapTupleHeader(row);
	TupleDesc desc =
		lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(header), HeapTupleHeaderGetTypMod(header));
	HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(header), .t_data = header};
	double low = -INFINITY, high = INFINITY;

	for (int i = 0; i < desc->natts; i++)
	{
		const Form_pg_attribute column = TupleDescAttr(desc, i);
		bool isnull;
		Datum value = heap_getattr(&tuple, i + 1, desc, &isnull);

		if (isnull)
			continue;
		CheckResult(call, column->atttypid, value);
		if (column->atttypid == FLOAT8OID && strcmp(NameStr(column->attname), "low") == 0)
			low = DatumGetFloat8(value);
		if (column->atttypid == FLOAT8OID && strcmp(NameStr(column->attname), "high") == 0)
			high = DatumGetFloat8(value);
	}
	if (low > high)
		Finding("%s: from %.17g to %.17g", call->name, low, high);
	ReleaseTupleDesc(desc);
}

/* a call on its way */
typedef struct Calling
{
	const Call *call;
	const Type *type;
	Datum value;
	uint64 choice; /* what else is passed */
} Calling;

/* Take a number below a limit from a choice */
static int
Choose(uint64 *choice, int limit)
{
	int chosen = (int) (*choice % limit);

	*choice = hash_uint32_extended((uint32) (*choice >> 32), *choice) ^ (*choice >> 7);
	return chosen;
}

/* Choose an argument; of its own type the value itself or its partner */
static NullableDatum
ChooseArgument(Calling *calling, int place)
{
	const Type *type = TypeOf(calling->call->argument[place]);
	NullableDatum argument = {(Datum) 0, false};

	if (!calling->call->strict && place > 0 && Choose(&calling->choice, 6) == 0)
	{
		argument.isnull = true;
		return argument;
	}
	if (type == calling->type && Choose(&calling->choice, 3) > 0)
		argument.value = calling->value;
	else if (type != NULL)
	{
		Reading reading = {type, type->partner, strlen(type->partner), false, (Datum) 0};

		Read(&reading);
		argument.value = reading.value;
	}
	else
	{
		Oid input, parameter;
		const char *const *texts = ArgumentTexts(calling->call->argument[place]);
		int count = 0;

		while (texts[count] != NULL)
			count++;
		getTypeInputInfo(calling->call->argument[place], &input, &parameter);
		argument.value =
			OidInputFunctionCall(input, unconstify(char *, texts[Choose(&calling->choice, count)]),
								 parameter, -1);
	}
	return argument;
}

/* Call a function and check what it returns */
static void
CallFunction(void *argument)
{
	Calling *calling = argument;
	const Call *call = calling->call;
	LOCAL_FCINFO(fcinfo, MAX_ARGUMENTS);
	ReturnSetInfo set = {.type = T_ReturnSetInfo};
	FmgrInfo function;
	bool own = false;
	int rows = 0;

	fmgr_info_cxt(call->function, &function, passing_memory);
	set.econtext = CreateStandaloneExprContext();
	set.allowedModes = SFRM_ValuePerCall | SFRM_Materialize | SFRM_Materialize_Random;
	InitFunctionCallInfoData(*fcinfo, &function, call->count, InvalidOid, NULL,
							 function.fn_retset ? (Node *) &set : NULL);
	for (int i = 0; i < call->count; i++)
	{
		/* at least one argument is the value */
		if (!own && call->argument[i] == calling->type->oid)
		{
			fcinfo->args[i].value = calling->value;
			fcinfo->args[i].isnull = false;
			own = true;
			if (i + 1 < call->count && call->argument[i + 1] == call->argument[i] &&
				Choose(&calling->choice, 3) == 0)
			{
				/* or the second of two */
				fcinfo->args[i] = ChooseArgument(calling, i);
				fcinfo->args[++i].value = calling->value;
				fcinfo->args[i].isnull = false;
			}
		}
		else
			fcinfo->args[i] = ChooseArgument(calling, i);
	}
	do
	{
		Datum result;

		set.isDone = ExprSingleResult;
		set.returnMode = SFRM_ValuePerCall;
		fcinfo->isnull = false;
		result = FunctionCallInvoke(fcinfo);
		if (set.returnMode == SFRM_ValuePerCall && set.isDone != ExprEndResult && !fcinfo->isnull)
		{
			if (type_is_rowtype(call->result))
				CheckRow(call, result);
			else
				CheckResult(call, call->result, result);
		}
	} while (function.fn_retset && set.returnMode == SFRM_ValuePerCall &&
			 set.isDone == ExprMultipleResult && rows++ < MAX_ROWS);
	if (set.returnMode == SFRM_Materialize && set.setResult != NULL)
	{
		TupleTableSlot *slot = MakeSingleTupleTableSlot(set.setDesc, &TTSOpsMinimalTuple);

		while (rows++ < MAX_ROWS && tuplestore_gettupleslot(set.setResult, true, false, slot))
			CheckRow(call, ExecFetchSlotHeapTupleDatum(slot));
		ExecDropSingleTupleTableSlot(slot);
	}
	FreeExprContext(set.econtext, true);
	called++;
}

/* Call some of the functions that take a value, which are others for other cases */
static void
CallSome(const Type *type, Datum value, uint64 choice)
{
	for (int i = 0; i < CALLS; i++)
	{
		Calling calling = {&type->call[Choose(&choice, type->calls)], type, value, 0};
		ErrorData *error;

		calling.choice = choice;
		error = Attempt(CallFunction, &calling);
		if (error != NULL)
			CheckError(error, calling.call->name);
	}
}

/* Refuse a case with one of the errors that bad input may raise */
static void
CheckRefusal(const Type *type, const ErrorData *error, const char *bytes, int size)
{
	CheckError(error, type->name);
	for (int i = 0; i < (int) lengthof(refusals); i++)
	{
		if (error->sqlerrcode == refusals[i])
			return;
	}
	/* where any bytes are text, the server cannot tell which are those of a character's number */
	if (error->sqlerrcode == ERRCODE_FEATURE_NOT_SUPPORTED && GetDatabaseEncoding() == PG_SQL_ASCII)
		return;
	Finding("%s: %s refused with %s: %s", type->name, Shown(bytes, size),
			unpack_sql_state(error->sqlerrcode), error->message);
}

/* Try a text or message twice, in memory of different contents; true: it is a value */
static bool
TryReading(const Type *type, const char *bytes, int size, bool is_binary, Datum *value)
{
	Reading first = {type, bytes, size, is_binary, (Datum) 0}, second = first;
	ErrorData *error, *other;

	memory_fill = FIRST_FILL;
	error = Attempt(Read, &first);
	memory_fill = SECOND_FILL;
	other = Attempt(Read, &second);
	if (error != NULL)
	{
		CheckRefusal(type, error, bytes, size);
		if (other == NULL || strcmp(error->message, other->message) != 0)
			Finding("%s: %s: two answers", type->name, error->message);
		refused++;
		return false;
	}
	if (other != NULL || !SameBytes(type, first.value, second.value))
		Finding("%s: %s: bytes that nobody has written", type->name, Shown(bytes, size));
	*value = first.value;
	taken++;
	return true;
}

/* Find the type that a case is for; NULL: none */
static const Type *
TypeOfCase(const uint8 *data, size_t size)
{
	return (size > 0 && data[0] < FUZZ_TYPES) ? &fuzz_types[data[0]] : NULL;
}

/* Set what the server and its client take bytes for */
static void
SetEncoding(int encoding)
{
	SetDatabaseEncoding(encoding);
	SetClientEncoding(encoding);
}

/*
 * Set an encoding that a text has; false: none.  A client's text is checked
 * before an input function gets it, except where any bytes are text.
 */
static bool
SetEncodingOf(const char *text, int size)
{
	if (memchr(text, '\0', size) != NULL)
		return false;
	SetEncoding(pg_verify_mbstr(PG_UTF8, text, size, true) ? PG_UTF8 : PG_SQL_ASCII);
	return true;
}

/* Try a text of one of the types */
static bool
TryText(const uint8 *data, size_t size)
{
	const Type *type = TypeOfCase(data, size);
	const char *text = (const char *) data + 1;
	Datum value;

	if (type == NULL || !SetEncodingOf(text, size - 1))
		return false;
	if (TryReading(type, text, size - 1, false, &value))
	{
		CheckValue(type, value);
		CallSome(type, value, hash_bytes_extended(data, size, 0));
	}
	return true;
}

/* Try a message of one of the types */
static bool
TryBinary(const uint8 *data, size_t size)
{
	const Type *type = TypeOfCase(data, size);
	const char *bytes = (const char *) data + 1;
	Datum value;

	if (type == NULL)
		return false;
	if (TryReading(type, bytes, size - 1, true, &value))
	{
		FmgrInfo send = Fresh(&type->send);
		bytea *message = SendFunctionCall(&send, value);

		if (VARSIZE(message) - VARHDRSZ != size - 1 ||
			memcmp(VARDATA(message), bytes, size - 1) != 0)
			Finding("%s: %s sent as %s", type->name, Shown(bytes, size - 1),
					Shown(VARDATA(message), VARSIZE(message) - VARHDRSZ));
		CheckValue(type, value);
		CallSome(type, value, hash_bytes_extended(data, size, 0));
	}
	return true;
}

/* Check what a pattern is compiled into against its sets, name by name */
static void
CheckCompiled(const StepPattern *pattern)
{
	PatternName *name = PatternNames(pattern);
	const uint16 *members = PatternMembers(pattern);
	MatchPattern match;
	CompiledNames codes;

	PatternCompile(pattern, &match, &codes);
	if (match.classes != pattern->names + 1)
		Finding("step_pattern: %d classes", match.classes);
	for (int i = 0; i < pattern->names; i++)
	{
		char *near = pnstrdup(name[i].bytes, name[i].length);

		if (PatternCode(&codes, near, name[i].length) != i + 1)
			Finding("step_pattern: a name has no code");
		/* neither what is longer nor what is shorter is the same name */
		for (int length = name[i].length - 1; length <= name[i].length; length += 2)
		{
			int32 code = PatternCode(&codes, near, Max(length, 0));

			if (length < name[i].length && code != PATTERN_OTHER &&
				(name[code - 1].length != length ||
				 memcmp(name[code - 1].bytes, near, length) != 0))
				Finding("step_pattern: a part of a name has a code");
		}
		if (i > 0 && name[i].length > 0 && name[i - 1].length == name[i].length &&
			memcmp(name[i - 1].bytes, name[i].bytes, name[i].length) >= 0)
			Finding("step_pattern: names that are not in order");
	}
	for (int step = 0; step < pattern->steps; step++)
	{
		const PatternStep *stored = &pattern->step[step];

		for (int code = 0; code < match.classes; code++)
		{
			bool serves = stored->names == 0;
			bool breaks = stored->link == MATCH_WITHOUT && stored->forbidden == 0;

			for (int i = 0; i < stored->forbidden && stored->link == MATCH_WITHOUT; i++)
				breaks = breaks || members[i] + 1 == code;
			for (int i = 0; i < stored->names; i++)
				serves = serves || members[stored->forbidden + i] + 1 == code;
			if (serves != ((match.class[code].serves >> step) & 1) ||
				breaks != ((match.class[code].breaks >> step) & 1))
				Finding("step_pattern: code %d and step %d", code, step + 1);
		}
		members += stored->forbidden + stored->names;
	}
}

/* a text as the only name of a pattern of one step */
typedef struct OneName
{
	const char *text;
	int size;
	Datum value;
} OneName;

/* Build a pattern of one name */
static void
BuildOfName(void *argument)
{
	OneName *name = argument;
	Datum element = PointerGetDatum(cstring_to_text_with_len(name->text, name->size));
	ArrayType *array = construct_array(&element, 1, TEXTOID, -1, false, TYPALIGN_INT);
	List *function = list_make1(makeString("steps"));
	const Oid of = TEXTARRAYOID;

	name->value = OidFunctionCall1(LookupFuncName(function, 1, &of, false), PointerGetDatum(array));
}

/* Try a text as a pattern, and as a name */
static bool
TryPattern(const uint8 *data, size_t size)
{
	const char *text = (const char *) data;
	OneName name = {text, (int) size, (Datum) 0};
	ErrorData *error;
	Datum value, other;

	if (!SetEncodingOf(text, size))
		return false;
	if (TryReading(&fuzz_types[FUZZ_PATTERN], text, size, false, &value))
	{
		char *blank = psprintf(" %.*s\n", (int) size, text);

		CheckValue(&fuzz_types[FUZZ_PATTERN], value);
		CheckCompiled((const StepPattern *) DatumGetPointer(value));
		if (!TryReading(&fuzz_types[FUZZ_PATTERN], blank, strlen(blank), false, &other) ||
			!SameBytes(&fuzz_types[FUZZ_PATTERN], value, other))
			Finding("step_pattern: another one with blanks around it");
		CallSome(&fuzz_types[FUZZ_PATTERN], value, hash_bytes_extended(data, size, 0));
	}
	error = Attempt(BuildOfName, &name);
	if (error != NULL)
		CheckError(error, "steps");
	else
	{
		const StepPattern *pattern = (const StepPattern *) DatumGetPointer(name.value);
		PatternName *own = PatternNames(pattern);

		if (pattern->steps != 1 || pattern->names != 1 || own->length != (int) size ||
			memcmp(own->bytes, text, size) != 0)
			Finding("steps: another name");
		CheckValue(&fuzz_types[FUZZ_PATTERN], name.value);
		CheckCompiled(pattern);
	}
	return true;
}

static const struct
{
	const char *name;
	bool (*try)(const uint8 *data, size_t size);
} harnesses[] = {{"pattern", TryPattern}, {"text", TryText}, {"binary", TryBinary}};

static bool (*try_case)(const uint8 *data, size_t size);

/* a case for one of the harnesses */
typedef struct Case
{
	const uint8 *data;
	size_t size;
	bool used;
} Case;

/* Try a case in memory that is freed afterwards */
static void
TryInMemory(void *argument)
{
	Case *this = argument;

	this->used = try_case(this->data, this->size);
}

/* Try a case and give back all that it took; false: it is for none of the types */
static bool
TryCase(const uint8 *data, size_t size)
{
	ResourceOwner before = CurrentResourceOwner, passing = ResourceOwnerCreate(before, "fuzz");
	MemoryContext context = MemoryContextSwitchTo(passing_memory);
	Case this = {data, size, false};
	ErrorData *error;

	CurrentResourceOwner = passing;
	error = Attempt(TryInMemory, &this);
	if (error != NULL && !is_replay)
		Finding("an error of a value: %s (%s:%d)", error->message, error->filename, error->lineno);
	for (int phase = RESOURCE_RELEASE_BEFORE_LOCKS; phase <= RESOURCE_RELEASE_AFTER_LOCKS; phase++)
		ResourceOwnerRelease(passing, (ResourceReleasePhase) phase, false, false);
	CurrentResourceOwner = before;
	ResourceOwnerDelete(passing);
	MemoryContextSwitchTo(context);
	SetEncoding(PG_UTF8);
	if (error != NULL)
		ReThrowError(error);
	MemoryContextReset(passing_memory);
	return this.used;
}

/* Choose a harness and make it ready */
static void
ChooseHarness(const text *name)
{
	char *chosen = text_to_cstring(name);

	try_case = NULL;
	for (int i = 0; i < (int) lengthof(harnesses); i++)
	{
		if (strcmp(chosen, harnesses[i].name) == 0)
			try_case = harnesses[i].try;
	}
	if (try_case == NULL)
		elog(ERROR, "there is no harness \"%s\"", chosen);
	if (lasting_memory == NULL)
		LookUpTypes();
}

/* Try a case; returns whether something was taken, or raises an error with what is wrong */
Datum
fuzz_replay(PG_FUNCTION_ARGS)
{
	bytea *data = PG_GETARG_BYTEA_PP(1);
	int64 before;

	ChooseHarness(PG_GETARG_TEXT_PP(0));
	is_replay = true;
	before = taken;
	TryCase((const uint8 *) VARDATA_ANY(data), VARSIZE_ANY_EXHDR(data));
	PG_RETURN_BOOL(taken > before);
}

#ifdef CXUX_LIBFUZZER
extern int LLVMFuzzerRunDriver(int *argc, char ***argv,
							   int (*callback)(const uint8_t *data, size_t size));

/* Try a case that the fuzzer made; what is for none of the types is not kept */
static int
TryForFuzzer(const uint8_t *data, size_t size)
{
	return (size <= MAX_CASE && TryCase(data, size)) ? 0 : -1;
}

/* Tell at the end what became of the cases */
static void
TellCounts(void)
{
	fprintf(stderr,
			"values: " INT64_FORMAT " taken, " INT64_FORMAT " refused, " INT64_FORMAT
			" calls of functions\n",
			taken, refused, called);
}

/* Run the fuzzer, which ends the process */
Datum
fuzz_run(PG_FUNCTION_ARGS)
{
	static const int signals[] = {SIGALRM, SIGINT, SIGTERM, SIGUSR1, SIGUSR2, SIGFPE};
	Datum *elements;
	int count;
	char **argv;

	ChooseHarness(PG_GETARG_TEXT_PP(0));
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false, TYPALIGN_INT, &elements, NULL,
					  &count);
	argv = MemoryContextAllocZero(lasting_memory, (count + 1) * sizeof(char *));
	for (int i = 0; i < count; i++)
		argv[i] = MemoryContextStrdup(lasting_memory, TextDatumGetCString(elements[i]));
	/* the fuzzer takes those signals only that nobody else has */
	for (int i = 0; i < (int) lengthof(signals); i++)
		signal(signals[i], SIG_DFL);
	atexit(TellCounts);
	PG_RETURN_INT32(LLVMFuzzerRunDriver(&count, &argv, TryForFuzzer));
}
#endif
