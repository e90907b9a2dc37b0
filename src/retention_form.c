/*
 * retention_form.c
 *		retention_summary: its text and binary forms, and what no summary can be.
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "utils/json.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "retention.h"
#include "tally.h"

/* numbers of a cell in the text form: row, column, count; there is one column of sizes */
#define CELL_NUMBERS 3
#define SIZE_NUMBERS 2

static const char *const count_names[] = {"sizes", "active", "last", "gaps"};

PG_FUNCTION_INFO_V1(retention_in);
PG_FUNCTION_INFO_V1(retention_out);
PG_FUNCTION_INFO_V1(retention_recv);
PG_FUNCTION_INFO_V1(retention_send);

/* Return the sum of counts, or -1 when it is too large */
static int64
CheckedTotal(const RetentionCell *cells, int length)
{
	int64 total = 0;

	for (int i = 0; i < length; i++)
	{
		if (cells[i].count <= 0 || cells[i].count > TALLY_MAX_COUNT - total)
			return -1;
		total += cells[i].count;
	}
	return total;
}

/* Tell whether every cell lies in the triangle, and after the one before */
static bool
CellsInOrder(const RetentionTable *table, RetentionCount kind)
{
	const RetentionCell *cell = table->cell[kind];

	for (int i = 0; i < table->length[kind]; i++)
	{
		if (cell[i].row < 0 || cell[i].row >= table->periods ||
			cell[i].column < ((kind == RETENTION_GAP) ? 1 : 0) ||
			cell[i].column >= ((kind == RETENTION_SIZE) ? 1 : table->periods - cell[i].row))
			return false;
		if (i > 0 &&
			(cell[i].row < cell[i - 1].row ||
			 (cell[i].row == cell[i - 1].row && cell[i].column <= cell[i - 1].column)))
			return false;
	}
	return true;
}

/* Tell whether the first of two cells comes first */
static bool
CellIsBefore(const RetentionCell *a, const RetentionCell *b)
{
	return a->row < b->row || (a->row == b->row && a->column < b->column);
}

/* Tell whether those active last in a period, or in a later one, agree with those active in it */
static bool
LastAgrees(const RetentionTable *table)
{
	const RetentionCell *last = table->cell[RETENTION_LAST];
	int j = table->length[RETENTION_LAST] - 1;
	int row = -1;
	int64 later = 0;

	for (int i = table->length[RETENTION_ACTIVE] - 1; i >= 0; i--)
	{
		const RetentionCell *active = &table->cell[RETENTION_ACTIVE][i];

		if (active->row != row)
			later = 0;
		row = active->row;
		if (j >= 0 && CellIsBefore(active, &last[j]))
			return false; /* nobody is active where these are last */
		if (j >= 0 && !CellIsBefore(&last[j], active))
		{
			if (last[j].count > active->count)
				return false;
			later += last[j--].count;
		}
		if (active->count > later)
			return false;
	}
	return j < 0;
}

/* Tell whether gaps lead from where actors were present to where they came back */
static bool
GapsAgree(const RetentionTable *table, const int64 *size, const int64 *returned)
{
	int64 *in = palloc0((table->periods + 1) * sizeof(int64));
	int64 *out = palloc0((table->periods + 1) * sizeof(int64));
	int64 *ended = palloc((table->periods + 1) * sizeof(int64));

	memcpy(ended, size, table->periods * sizeof(int64)); /* those who never came back */
	for (int i = 0; i < table->length[RETENTION_LAST]; i++)
	{
		const RetentionCell *cell = &table->cell[RETENTION_LAST][i];

		ended[cell->row] -= cell->count;
		ended[cell->row + cell->column] += cell->count;
	}
	for (int i = 0; i < table->length[RETENTION_GAP]; i++)
	{
		const RetentionCell *cell = &table->cell[RETENTION_GAP][i];

		out[cell->row] += cell->count;
		in[cell->row + cell->column] += cell->count;
	}
	for (int i = 0; i < table->periods; i++)
	{
		if (in[i] != returned[i] || size[i] + returned[i] - out[i] != ended[i])
			return false;
	}
	return true;
}

/* Say what no actors can have done, or return NULL */
static const char *
FindCountProblem(const RetentionTable *table)
{
	int64 *size = palloc0((table->periods + 1) * sizeof(int64));
	int64 *returned = palloc0((table->periods + 1) * sizeof(int64));
	int64 *rest = palloc0((table->periods + 1) * sizeof(int64)); /* of each cohort */

	for (int kind = 0; kind < RETENTION_COUNTS; kind++)
	{
		if (!CellsInOrder(table, kind))
			return "Counts are out of order, or out of the triangle.";
		if (CheckedTotal(table->cell[kind], table->length[kind]) < 0)
			return "A count is not positive, or counts are too large.";
	}
	for (int i = 0; i < table->length[RETENTION_SIZE]; i++)
		size[table->cell[RETENTION_SIZE][i].row] = table->cell[RETENTION_SIZE][i].count;
	memcpy(rest, size, table->periods * sizeof(int64));
	for (int i = 0; i < table->length[RETENTION_ACTIVE]; i++)
	{
		const RetentionCell *cell = &table->cell[RETENTION_ACTIVE][i];

		if (cell->count > size[cell->row])
			return "More actors of a cohort are active than it has.";
		if (cell->column > 0)
			returned[cell->row + cell->column] += cell->count;
		else
			rest[cell->row] -= cell->count;
	}
	for (int i = 0; i < table->periods && table->terms.first == NULL; i++)
	{
		if (rest[i] != 0)
			return "Not all actors of a cohort are active in its own period.";
	}
	memcpy(rest, size, table->periods * sizeof(int64));
	for (int i = 0; i < table->length[RETENTION_LAST]; i++)
		rest[table->cell[RETENTION_LAST][i].row] -= table->cell[RETENTION_LAST][i].count;
	for (int i = 0; i < table->periods; i++)
	{
		if (rest[i] < 0)
			return "More actors of a cohort are active last than it has.";
	}
	if (!LastAgrees(table))
		return "Actors are active after they were active last.";
	if (!GapsAgree(table, size, returned))
		return "Actors come back who have not been there, or who have gone.";
	if (table->periods > 0 &&
		(size[0] == 0 || size[table->periods - 1] + returned[table->periods - 1] == 0))
		return "Periods at an end have no actors.";
	return NULL;
}

/* Say what is wrong with the terms, or return NULL */
static const char *
FindTermsProblem(const RetentionTable *table)
{
	Calendar calendar;
	pg_tz *zone = CalendarZone(table->terms.zone);

	if (zone == NULL || strcmp(pg_get_timezone_name(zone), table->terms.zone) != 0)
		return "The time zone is not one there is, or is spelled otherwise.";
	if (!IS_VALID_TIMESTAMP(table->latest))
		return "The latest instant is out of range.";
	if (table->periods < 0 || table->periods > RETENTION_MAX_PERIODS ||
		(table->periods == 0 && table->from != 0))
		return "The number of periods is out of range.";
	if (RetentionNameSize(table->terms.first) > RETENTION_MAX_NAME + 1 ||
		RetentionNameSize(table->terms.again) > RETENTION_MAX_NAME + 1)
		return "The name of an event is too long.";
	CalendarBegin(&calendar, table->terms.unit, "UTC");
	if (table->periods > 0 &&
		(table->from < CalendarPeriod(&calendar, MIN_TIMESTAMP) - 1 ||
		 table->from > CalendarPeriod(&calendar, END_TIMESTAMP - 1) + 2 - table->periods))
		return "A period is out of range.";
	return NULL;
}

/* Check what came from outside; false after a soft error */
static bool
CheckRetention(const RetentionTable *table, Node *escontext)
{
	const char *problem = FindTermsProblem(table);

	if (problem == NULL)
		problem = FindCountProblem(table);
	if (problem != NULL)
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("no actors have these counts"),
				 errdetail_internal("%s", problem)));
	return true;
}

/* Return the text form */
char *
RetentionToText(const RetentionSummary *summary)
{
	RetentionTable table;
	StringInfoData out;

	RetentionRead(&table, summary);
	initStringInfo(&out);
	appendStringInfo(&out,
					 "{\"period\": \"%s\", \"timezone\": ", retention_units[table.terms.unit].name);
	escape_json(&out, table.terms.zone);
	if (table.terms.first != NULL)
	{
		appendStringInfoString(&out, ", \"first\": ");
		escape_json(&out, table.terms.first);
		appendStringInfoString(&out, ", \"return\": ");
		escape_json(&out, table.terms.again);
	}
	appendStringInfo(&out, ", \"latest\": \"%s\"", InstantToText(table.latest));
	if (table.periods == 0)
	{
		appendStringInfoChar(&out, '}');
		return out.data;
	}
	appendStringInfo(&out, ", \"start\": \"%s\", \"periods\": %d",
					 DateToText(PeriodDate(table.terms.unit, table.from)), table.periods);
	for (int kind = 0; kind < RETENTION_COUNTS; kind++)
	{
		appendStringInfo(&out, ", \"%s\": [", count_names[kind]);
		for (int i = 0; i < table.length[kind]; i++)
		{
			const RetentionCell *cell = &table.cell[kind][i];

			appendStringInfo(&out, "%s%d,", (i > 0) ? ", " : "", cell->row);
			if (kind != RETENTION_SIZE)
				appendStringInfo(&out, "%d,", cell->column);
			appendStringInfo(&out, INT64_FORMAT, cell->count);
		}
		appendStringInfoChar(&out, ']');
	}
	appendStringInfoChar(&out, '}');
	return out.data;
}

/* Report a member that does not hold what it must */
static bool
InvalidMember(const JsonObject *object, const char *name, const char *must_be, Node *escontext)
{
	ereturn(escontext, false,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%s\"", RETENTION_TYPE, object->text),
			 errdetail("Member \"%s\" must be %s.", name, must_be)));
}

/* Read what the summary is of */
static bool
ReadTerms(JsonObject *object, RetentionTable *table, Node *escontext)
{
	char *unit, *zone, *latest;
	char *first = NULL, *again = NULL;
	const Choice *choice = retention_units;
	pg_tz *found;

	if (!JsonString(object, "period", RETENTION_TYPE, &unit, escontext) ||
		!JsonString(object, "timezone", RETENTION_TYPE, &zone, escontext) ||
		!JsonString(object, "latest", RETENTION_TYPE, &latest, escontext))
		return false;
	if ((JsonHasMember(object, "first") || JsonHasMember(object, "return")) &&
		(!JsonString(object, "first", RETENTION_TYPE, &first, escontext) ||
		 !JsonString(object, "return", RETENTION_TYPE, &again, escontext)))
		return false;
	while (choice->name != NULL && strcmp(choice->name, unit) != 0)
		choice++;
	if (choice->name == NULL)
		return InvalidMember(object, "period", "\"day\", \"week\" or \"month\"", escontext);
	found = CalendarZone(zone);
	if (found == NULL)
		return InvalidMember(object, "timezone", "the name of a time zone", escontext);
	if (!InstantFromText(latest, &table->latest))
		return InvalidMember(object, "latest", "a time as \"2026-03-01T09:30:00Z\"", escontext);
	table->terms.unit = (CalendarUnit) choice->value;
	table->terms.zone = pg_get_timezone_name(found);
	table->terms.first = first;
	table->terms.again = again;
	return true;
}

/* Read cells of one kind */
static bool
ReadCells(JsonObject *object, RetentionTable *table, RetentionCount kind, Node *escontext)
{
	const char *name = count_names[kind];
	int count = JsonArrayLength(object, name);
	int each = (kind == RETENTION_SIZE) ? SIZE_NUMBERS : CELL_NUMBERS;
	int64 *numbers = palloc_extended((count + 1) * sizeof(int64), MCXT_ALLOC_HUGE);

	if (!JsonInt64Array(object, name, RETENTION_TYPE, count, numbers, escontext))
		return false;
	if (count % each != 0)
		return InvalidMember(object, name,
							 (kind == RETENTION_SIZE) ? "an array of pairs" : "an array of triples",
							 escontext);
	table->length[kind] = count / each;
	table->cell[kind] =
		palloc_extended((table->length[kind] + 1) * sizeof(RetentionCell), MCXT_ALLOC_HUGE);
	for (int i = 0; i < table->length[kind]; i++)
	{
		const int64 *number = &numbers[i * each];
		RetentionCell *cell = &table->cell[kind][i];

		/* what is out of the triangle stays so */
		cell->row = (number[0] < 0) ? -1 : (int32) Min(number[0], PG_INT32_MAX);
		cell->column = 0;
		if (kind != RETENTION_SIZE)
			cell->column = (number[1] < 0) ? -1 : (int32) Min(number[1], PG_INT32_MAX);
		cell->count = number[each - 1];
	}
	return true;
}

/* Read the text form */
Datum
retention_in(PG_FUNCTION_ARGS)
{
	Node *escontext = InputErrorContext(fcinfo);
	RetentionTable table = {0};
	JsonObject object;

	if (!ParseJsonObject(PG_GETARG_CSTRING(0), RETENTION_TYPE, &object, escontext) ||
		!ReadTerms(&object, &table, escontext))
		PG_RETURN_NULL();
	if (JsonHasMember(&object, "start"))
	{
		char *start;
		int64 periods;
		DateADT date;

		if (!JsonString(&object, "start", RETENTION_TYPE, &start, escontext) ||
			!JsonInt64(&object, "periods", RETENTION_TYPE, &periods, escontext))
			PG_RETURN_NULL();
		if (!DateFromText(start, &date) ||
			PeriodDate(table.terms.unit, PeriodOfDate(table.terms.unit, date)) != date)
		{
			InvalidMember(&object, "start", "the first date of a period", escontext);
			PG_RETURN_NULL();
		}
		table.from = PeriodOfDate(table.terms.unit, date);
		table.periods = (int) Min(Max(periods, -1), RETENTION_MAX_PERIODS + 1);
		if (table.periods == 0)
		{
			InvalidMember(&object, "periods", "positive", escontext);
			PG_RETURN_NULL();
		}
		for (int kind = 0; kind < RETENTION_COUNTS; kind++)
		{
			if (!ReadCells(&object, &table, kind, escontext))
				PG_RETURN_NULL();
		}
	}
	if (!CheckJsonUsed(&object, RETENTION_TYPE, escontext) || !CheckRetention(&table, escontext))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(RetentionPack(&table));
}

/* Write the text form */
Datum
retention_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(RetentionToText(RetentionGetArg(fcinfo, 0)));
}

/* Report bytes that are no summary */
pg_noreturn static void
InvalidMessage(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary form of type %s", RETENTION_TYPE),
			 errdetail_internal("%s", detail)));
}

/* Read a name with its length in front */
static const char *
GetName(StringInfo in)
{
	int length = pq_getmsgint(in, sizeof(int32));
	int bytes;
	char *name;

	if (length < 0 || length > in->len - in->cursor)
		InvalidMessage("A length is out of range.");
	name = pq_getmsgtext(in, length, &bytes);
	if (strlen(name) != (Size) bytes)
		InvalidMessage("A name has a zero byte.");
	return name;
}

/* Read the binary form */
Datum
retention_recv(PG_FUNCTION_ARGS)
{
	StringInfo in = (StringInfo) PG_GETARG_POINTER(0);
	RetentionTable table = {0};
	int unit, has_events;

	CheckMessageVersion(in, RETENTION_VERSION, RETENTION_TYPE);
	has_events = GetMessageFlags(in, 1, RETENTION_TYPE);
	unit = pq_getmsgbyte(in);
	if (unit >= CALENDAR_UNITS)
		InvalidMessage("The period is none that there is.");
	table.terms.unit = (CalendarUnit) unit;
	table.terms.zone = GetName(in);
	if (has_events)
	{
		table.terms.first = GetName(in);
		table.terms.again = GetName(in);
	}
	table.latest = pq_getmsgint64(in);
	table.from = (int32) pq_getmsgint(in, sizeof(int32));
	table.periods = (int32) pq_getmsgint(in, sizeof(int32));
	if (table.periods < 0 || table.periods > RETENTION_MAX_PERIODS)
		InvalidMessage("The number of periods is out of range.");
	for (int kind = 0; kind < RETENTION_COUNTS; kind++)
	{
		RetentionPart part;

		part.total = pq_getmsgint64(in);
		part.cells = (int32) pq_getmsgint(in, sizeof(int32));
		part.bytes = (int32) pq_getmsgint(in, sizeof(int32));
		if (part.bytes < 0 || part.bytes > in->len - in->cursor)
			InvalidMessage("A length is out of range.");
		table.length[kind] = part.cells;
		table.cell[kind] =
			RetentionUnpack(pq_getmsgbytes(in, part.bytes), &part, kind, table.periods);
		if (table.cell[kind] == NULL)
			InvalidMessage("Counts are not packed as they are.");
	}
	CheckMessageEnd(in, RETENTION_TYPE);
	CheckRetention(&table, NULL);
	PG_RETURN_POINTER(RetentionPack(&table));
}

/* Write the binary form */
Datum
retention_send(PG_FUNCTION_ARGS)
{
	const RetentionSummary *summary = RetentionGetArg(fcinfo, 0);
	const char *at = summary->data + summary->names_size;
	RetentionTable table;
	StringInfoData out;

	RetentionRead(&table, summary);
	pq_begintypsend(&out);
	pq_sendbyte(&out, RETENTION_VERSION);
	pq_sendbyte(&out, summary->has_events);
	pq_sendbyte(&out, summary->unit);
	SendCountedText(&out, table.terms.zone, strlen(table.terms.zone));
	if (summary->has_events)
	{
		SendCountedText(&out, table.terms.first, strlen(table.terms.first));
		SendCountedText(&out, table.terms.again, strlen(table.terms.again));
	}
	pq_sendint64(&out, summary->latest);
	pq_sendint32(&out, summary->from);
	pq_sendint32(&out, summary->periods);
	for (int kind = 0; kind < RETENTION_COUNTS; kind++)
	{
		const RetentionPart *part = &summary->part[kind];

		pq_sendint64(&out, part->total);
		pq_sendint32(&out, part->cells);
		pq_sendint32(&out, part->bytes);
		pq_sendbytes(&out, at, part->bytes);
		at += part->bytes;
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}
