/*
 * live_rollup_measure.c
 *		Reads and writes a measure of a live roll-up:
 *
 *		measure  := name ( * | argument ( , argument )* ) [ AS name ]
 *		argument := name | whole number
 *		name     := as in SQL, bare or "quoted"
 *
 *		That is all there is: no expression, no operator, nothing that would be
 *		passed on as SQL.  What SQL is made of are the names, quoted.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "parser/scansup.h"
#include "utils/builtins.h"

#include "live_rollup.h"

#define MEASURE_HINT \
	"A measure is an aggregate over columns and whole numbers: \"nps(recommend) AS nps\", \"likert(csat, 1, 5) AS csat\", \"count(*) AS answers\"."

typedef struct Parser
{
	const char *text;
	const char *at;
} Parser;

/* Report what was expected at a place */
pg_noreturn static void
Expected(const Parser *parser, const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid measure \"%s\"", parser->text),
			 errdetail("Character %d: expected %s.",
					   pg_mbstrlen_with_len(parser->text, parser->at - parser->text) + 1, what),
			 errhint(MEASURE_HINT)));
}

/* Go past blanks */
static void
SkipBlanks(Parser *parser)
{
	while (scanner_isspace(*parser->at))
		parser->at++;
}

/* Go past a sign if it is there */
static bool
TakeSign(Parser *parser, char sign)
{
	SkipBlanks(parser);
	if (*parser->at != sign)
		return false;
	parser->at++;
	return true;
}

/* Tell whether a byte can begin a bare name */
static bool
BeginsName(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
		IS_HIGHBIT_SET(byte);
}

/* Tell whether a byte is a digit */
static bool
IsDigit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* Read a name in quotes, of which the first has been read */
static char *
ParseQuoted(Parser *parser)
{
	char *name = palloc(strlen(parser->at) + 1);
	int length = 0;

	for (;;)
	{
		if (*parser->at == '\0')
			Expected(parser, "the closing quote of a name");
		if (*parser->at == '"' && *++parser->at != '"')
			break;
		name[length++] = *parser->at++;
	}
	name[length] = '\0';
	return name;
}

/* Read a name */
static char *
ParseName(Parser *parser, const char *what)
{
	const char *start;
	char *name;

	SkipBlanks(parser);
	start = parser->at;
	if (TakeSign(parser, '"'))
		name = ParseQuoted(parser);
	else
	{
		if (!BeginsName(*parser->at))
			Expected(parser, what);
		while (BeginsName(*parser->at) || IsDigit(*parser->at) || *parser->at == '$')
			parser->at++;
		name = downcase_identifier(start, parser->at - start, false, false);
	}
	if (*name == '\0' || strlen(name) >= NAMEDATALEN)
	{
		parser->at = start;
		Expected(parser, "a name that is neither empty nor longer than names can be");
	}
	return name;
}

/* Read a whole number */
static int32
ParseNumber(Parser *parser)
{
	const char *start = parser->at;
	int64 value = 0;
	bool negative = *parser->at == '-';

	if (negative)
		parser->at++;
	if (!IsDigit(*parser->at))
		Expected(parser, "a column or a whole number");
	for (; IsDigit(*parser->at); parser->at++)
	{
		value = value * 10 + (*parser->at - '0');
		if (value > PG_INT32_MAX)
		{
			parser->at = start;
			Expected(parser, "a whole number that fits an integer");
		}
	}
	return negative ? -value : value;
}

/* Read an argument */
static LiveArgument *
ParseArgument(Parser *parser)
{
	LiveArgument *argument = palloc0(sizeof(LiveArgument));

	SkipBlanks(parser);
	if (*parser->at == '-' || IsDigit(*parser->at))
		argument->number = ParseNumber(parser);
	else
		argument->column = ParseName(parser, "a column or a whole number");
	return argument;
}

/* Read a measure */
LiveMeasure *
LiveParseMeasure(const char *text)
{
	Parser parser = {.text = text, .at = text};
	LiveMeasure *measure = palloc0(sizeof(LiveMeasure));

	measure->aggregate = ParseName(&parser, "the name of an aggregate");
	if (!TakeSign(&parser, '('))
		Expected(&parser, "\"(\"");
	if (!TakeSign(&parser, '*'))
	{
		do
			measure->arguments = lappend(measure->arguments, ParseArgument(&parser));
		while (TakeSign(&parser, ','));
	}
	if (!TakeSign(&parser, ')'))
		Expected(&parser, "\")\"");
	measure->name = measure->aggregate;
	SkipBlanks(&parser);
	if (pg_strncasecmp(parser.at, "as", 2) == 0 &&
		(scanner_isspace(parser.at[2]) || parser.at[2] == '"'))
	{
		parser.at += 2;
		measure->name = ParseName(&parser, "the name of the measure");
		SkipBlanks(&parser);
	}
	if (*parser.at != '\0')
		Expected(&parser, "\"AS\" and a name, or the end");
	return measure;
}

/* Write a measure as it is read */
void
LiveWriteMeasure(StringInfo out, const LiveMeasure *measure)
{
	ListCell *cell;

	appendStringInfo(out, "%s(", quote_identifier(measure->aggregate));
	foreach (cell, measure->arguments)
	{
		const LiveArgument *argument = lfirst(cell);

		if (foreach_current_index(cell) > 0)
			appendStringInfoString(out, ", ");
		if (argument->column != NULL)
			appendStringInfoString(out, quote_identifier(argument->column));
		else
			appendStringInfo(out, "%d", argument->number);
	}
	if (measure->arguments == NIL)
		appendStringInfoChar(out, '*');
	appendStringInfo(out, ") AS %s", quote_identifier(measure->name));
}
