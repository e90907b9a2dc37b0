/*
 * pattern_parse.c
 *		Reads the text form of a step_pattern:
 *
 *		pattern  := steps [ within span ] [ , distinct times ] [ , first entry ]
 *		steps    := step ( link step )*  |  name-set ( & name-set )+
 *		link     := >  |  >>  |  > ! name-set >
 *		step     := name-set [ ( span ) ]  |  [ name-set ]
 *		name-set := name ( | name )*  |  *
 *
 * No part holds one of its own kind, so there is no depth.  Every step is read
 * with or without brackets and a span; CheckPattern() says which may have them.
 * Server encodings have no ASCII byte inside a character, so bytes are looked
 * at, and characters counted for a message only.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"

#include "pattern.h"

/* bytes of what was found that a message shows */
#define FOUND_BYTES 40

/* what steps are joined by instead of ">" now and then */
#define ARROW "\xe2\x86\x92"

#define ANY_HINT "\"*\" is any event, alone and not a part of a name or of a set."
#define OPTIONAL_HINT "An optional step is one set of names: a > [b | c] > d."
#define FORBIDDEN_HINT "Events that must not come between two steps are written: a > !b | c > d."

typedef enum TokenKind
{
	TOKEN_END,
	TOKEN_NAME,   /* bare */
	TOKEN_QUOTED, /* its quotes are taken off in "name" */
	TOKEN_NEXT,   /* >> */
	TOKEN_SIGN    /* a character that no bare name has */
} TokenKind;

typedef struct Token
{
	TokenKind kind;
	const char *start;
	int length;
	PatternName name;
} Token;

typedef struct Parser
{
	PatternDraft *draft;
	Token token;
	const char *at; /* what follows the token */
	const char *end;
} Parser;

/* what a pattern may end with, in this order */
typedef enum Option
{
	OPTION_WITHIN,
	OPTION_DISTINCT_TIMES,
	OPTION_FIRST_ENTRY,
	OPTIONS
} Option;

static const struct
{
	const char *name;
	const char *first_word; /* which is no bare name */
	const char *second_word;
} options[OPTIONS] = {{"within", "within", NULL},
					  {"distinct times", "distinct", "times"},
					  {"first entry", "first", "entry"}};

/* Return the length of the arrow sign at a place, 0 where there is none */
static int
ArrowLength(const char *at, const char *end)
{
	int length = strlen(ARROW);

	if (GetDatabaseEncoding() != PG_UTF8 || end - at < length || memcmp(at, ARROW, length) != 0)
		return 0;
	return length;
}

/* Return the length of what can be a bare name, 0 for none: no blanks, no signs of the language */
int
BareLength(const char *bytes, const char *end)
{
	const char *at = bytes;

	for (; at < end; at++)
	{
		unsigned char byte = *at;

		if (byte < ' ' || byte == 0x7f || strchr(" \"'>|&!()[],*?", byte) != NULL)
			break;
		if (IS_HIGHBIT_SET(byte) && (BlankLength(at, end) > 0 || ArrowLength(at, end) > 0))
			break;
	}
	return at - bytes;
}

/* Tell whether a bare word would be no name */
bool
IsReservedWord(const char *bytes, int length)
{
	for (int i = 0; i < OPTIONS; i++)
	{
		if ((size_t) length == strlen(options[i].first_word) &&
			memcmp(bytes, options[i].first_word, length) == 0)
			return true;
	}
	return false;
}

/* Tell whether the token is a sign */
static bool
IsSign(const Parser *parser, char sign)
{
	return parser->token.kind == TOKEN_SIGN && *parser->token.start == sign;
}

/* Tell whether the token is a bare word */
static bool
IsWord(const Parser *parser, const char *word)
{
	const Token *token = &parser->token;

	return token->kind == TOKEN_NAME && word != NULL && (size_t) token->length == strlen(word) &&
		memcmp(token->start, word, token->length) == 0;
}

/* Tell whether the token is a bare word in letters of either case */
static bool
IsWordInCapitals(const Parser *parser, const char *word)
{
	const Token *token = &parser->token;

	return token->kind == TOKEN_NAME && (size_t) token->length == strlen(word) &&
		pg_strncasecmp(token->start, word, token->length) == 0;
}

/* Tell whether the token is a name, which no bare reserved word is */
static bool
IsName(const Parser *parser)
{
	const Token *token = &parser->token;

	return token->kind == TOKEN_QUOTED ||
		(token->kind == TOKEN_NAME && !IsReservedWord(token->start, token->length));
}

/* Return how much of what is at a place is one thing, for a message */
static int
FoundLength(const Parser *parser, const char *place)
{
	int length = BareLength(place, parser->end);
	const char *quote;

	if (length > 0)
		return length;
	if (place == parser->token.start)
		return parser->token.length;
	quote = (*place == '"') ? strchr(place + 1, '"') : NULL;
	return (quote != NULL) ? quote + 1 - place : pg_encoding_mblen(GetDatabaseEncoding(), place);
}

/* Report that something else was expected than so many bytes at a place; the hint may be NULL */
static bool
ExpectedAt(Parser *parser, const char *place, int length, const char *expected, const char *hint)
{
	PatternDraft *draft = parser->draft;
	const char *quote = (*place == '"' && length > 1) ? "" : "\"";
	const char *dots = (length > FOUND_BYTES) ? "..." : "";
	char *found = "end of text";

	if (length > FOUND_BYTES)
		length = pg_mbcliplen(place, length, FOUND_BYTES);
	if (place < parser->end)
		found = psprintf("%s%.*s%s%s", quote, length, place, dots, quote);
	return DraftProblem(draft, draft->sqlerrcode,
						psprintf("Expected %s%s, found %s.", expected, DraftPlace(draft, place),
								 found),
						hint);
}

/* Report that something else than the token was expected */
static bool
Expected(Parser *parser, const char *expected, const char *hint)
{
	return ExpectedAt(parser, parser->token.start, parser->token.length, expected, hint);
}

/* Read a quoted name */
static bool
ReadQuoted(Parser *parser)
{
	Token *token = &parser->token;
	const char *at = parser->at + 1;
	char *name;
	int length = 0;

	/* a quote inside is doubled */
	for (; at < parser->end && (*at != '"' || at[1] == '"'); at++)
	{
		if (*at == '"')
			at++;
		length++;
	}
	if (at >= parser->end)
		return DraftProblem(parser->draft, parser->draft->sqlerrcode,
							psprintf("The quoted name%s has no closing quote.",
									 DraftPlace(parser->draft, token->start)),
							NULL);
	token->kind = TOKEN_QUOTED;
	token->length = at + 1 - parser->at;
	token->name.bytes = name = palloc(length + 1);
	token->name.length = length;
	token->name.place = token->start;
	for (at = parser->at + 1; length > 0; length--)
	{
		*name++ = *at;
		at += (*at == '"') ? 2 : 1;
	}
	parser->at += token->length;
	return true;
}

/* Read the next token; false after a soft error */
static bool
Next(Parser *parser)
{
	Token *token = &parser->token;
	int length;

	while ((length = BlankLength(parser->at, parser->end)) > 0)
		parser->at += length;
	token->start = parser->at;
	if (parser->at >= parser->end)
	{
		token->kind = TOKEN_END;
		token->length = 0;
		return true;
	}
	if (*parser->at == '"')
		return ReadQuoted(parser);
	length = BareLength(parser->at, parser->end);
	if (length > 0)
	{
		const char *last = parser->at + length - 1;

		token->kind = TOKEN_NAME;
		token->length = length;
		token->name.bytes = token->name.place = token->start;
		token->name.length = length;
		if (last[1] == '>' && (*last == '-' || *last == '='))
		{
			const char *sign = last;

			while (sign > token->start && sign[-1] == *last)
				sign--;
			return ExpectedAt(parser, sign, last + 2 - sign, "\">\"",
							  "Steps are joined by \">\". A name that ends in such a sign goes in "
							  "double quotes.");
		}
	}
	else if (parser->at[0] == '>' && parser->at[1] == '>')
	{
		token->kind = TOKEN_NEXT;
		token->length = 2;
	}
	else
	{
		token->kind = TOKEN_SIGN;
		token->length = pg_encoding_mblen(GetDatabaseEncoding(), parser->at);
	}
	parser->at += token->length;
	return true;
}

/* Return a hint at what was meant by a token that is anywhere but where it belongs, or NULL */
static const char *
SignHint(const Parser *parser)
{
	const Token *token = &parser->token;

	if (ArrowLength(token->start, parser->end) > 0 ||
		(token->kind == TOKEN_NAME && strchr("-=", *token->start) != NULL))
		return "Steps are joined by \">\".";
	if (IsSign(parser, '\''))
		return "Names with blanks or signs go in double quotes.";
	if (IsSign(parser, '?'))
		return "An optional step is written in brackets: a > [b] > c.";
	if (IsSign(parser, '!'))
		return FORBIDDEN_HINT;
	if (IsSign(parser, '*'))
		return ANY_HINT;
	if (IsSign(parser, '[') || IsSign(parser, ']'))
		return OPTIONAL_HINT;
	if (IsSign(parser, '(') || IsSign(parser, ')'))
		return "A time limit follows the step that it is for: a > b (1 hour) > c.";
	return NULL;
}

/* Return a hint at what was meant by a token where a name must be, or NULL */
static const char *
NameHint(const Parser *parser)
{
	if (*parser->token.start == '>')
		return "A link is \">\", later, or \">>\", the very next event.";
	if (parser->token.kind == TOKEN_NAME)
		return "The words within, distinct and first are names only in double quotes.";
	return SignHint(parser);
}

/* Return a hint at what was meant by a token that follows a step, or NULL */
static const char *
LinkHint(const Parser *parser)
{
	const char *hint = SignHint(parser);

	if (hint != NULL)
		return hint;
	if (IsSign(parser, '|'))
		return ANY_HINT;
	if (IsSign(parser, '&') || *parser->token.start == '>')
		return "Steps are joined by \">\", or by \"&\" all of them, which is any order.";
	if (IsWordInCapitals(parser, options[OPTION_WITHIN].first_word))
		return "Write \"within\" in small letters.";
	if (parser->token.kind == TOKEN_NAME || parser->token.kind == TOKEN_QUOTED)
		return "Steps are joined by \">\", and names with blanks go in double quotes.";
	return NULL;
}

/* Return a hint at what was meant by a token that follows an option, or NULL */
static const char *
EndHint(const Parser *parser)
{
	if (IsSign(parser, '&') || *parser->token.start == '>')
		return "All steps come before \"within\" and what else a pattern ends with.";
	return NULL;
}

/* Read a set of names; "after" is what comes before it */
static bool
ParseSet(Parser *parser, DraftSet *set, const char *after)
{
	const char *expected = psprintf("a name%s", after);

	set->first = set->count = 0;
	if (IsSign(parser, '*'))
		return Next(parser);
	for (;;)
	{
		if (!IsName(parser))
			return Expected(parser, expected, NameHint(parser));
		if (!DraftAddName(parser->draft, set, parser->token.name) || !Next(parser))
			return false;
		if (!IsSign(parser, '|'))
			return true;
		if (!Next(parser))
			return false;
		expected = "a name after \"|\"";
	}
}

/* Read a span of time, and the token after it */
static bool
ParseSpan(Parser *parser, int64 *span)
{
	PatternDraft *draft = parser->draft;
	SpanProblem problem;

	if (SpanParse(&parser->at, parser->end, span, &problem))
		return Next(parser);
	if (problem.wrong != NULL)
		return DraftProblem(draft, draft->sqlerrcode,
							psprintf("The %s%s %s.", problem.subject,
									 DraftPlace(draft, problem.place), problem.wrong),
							problem.hint);
	return ExpectedAt(parser, problem.place, FoundLength(parser, problem.place), problem.expected,
					  problem.hint);
}

/* Read a step with the link and the forbidden names before it */
static bool
ParseStep(Parser *parser, MatchLink link, DraftSet forbidden, const char *after)
{
	PatternDraft *draft = parser->draft;
	DraftStep *step;

	if (!IsName(parser) && !IsSign(parser, '*') && !IsSign(parser, '['))
		return Expected(parser, psprintf("a step name%s", after), NameHint(parser));
	if (!DraftAddStep(draft, link, parser->token.start))
		return false;
	step = &draft->step[draft->steps - 1];
	step->forbidden = forbidden;
	step->optional = IsSign(parser, '[');
	if (step->optional && !Next(parser))
		return false;
	if (!ParseSet(parser, &step->names, step->optional ? " after \"[\"" : after))
		return false;
	if (step->optional)
	{
		if (!IsSign(parser, ']'))
			return Expected(parser, "\"|\" or \"]\"", OPTIONAL_HINT);
		if (!Next(parser))
			return false;
	}
	if (IsSign(parser, '('))
	{
		step->limit_place = parser->token.start;
		if (!ParseSpan(parser, &step->limit))
			return false;
		if (!IsSign(parser, ')'))
			return Expected(parser, "\")\"", NULL);
		return Next(parser);
	}
	return true;
}

/* Read the names that a link forbids, and the ">" that ends it */
static bool
ParseForbidden(Parser *parser, DraftSet *forbidden)
{
	if (!Next(parser) || !ParseSet(parser, forbidden, " after \"!\""))
		return false;
	if (!IsSign(parser, '>'))
		return Expected(parser, "\"|\" or \">\" after the names of \"!\"", FORBIDDEN_HINT);
	return Next(parser);
}

/* Read a link and the step that it leads to */
static bool
ParseLink(Parser *parser)
{
	MatchLink link = (parser->token.kind == TOKEN_NEXT) ? MATCH_NEXT : MATCH_LATER;
	DraftSet forbidden = {0, 0};

	if (!Next(parser))
		return false;
	if (link == MATCH_LATER && IsSign(parser, '!'))
	{
		link = MATCH_WITHOUT;
		if (!ParseForbidden(parser, &forbidden))
			return false;
	}
	return ParseStep(parser, link, forbidden,
					 (link == MATCH_NEXT) ? " after \">>\"" : " after \">\"");
}

/* Read all steps */
static bool
ParseSteps(Parser *parser)
{
	DraftSet none = {0, 0};

	if (!ParseStep(parser, MATCH_LATER, none, ""))
		return false;
	if (IsSign(parser, '&'))
		parser->draft->flags |= PATTERN_ANY_ORDER;
	while (parser->draft->flags & PATTERN_ANY_ORDER)
	{
		if (!IsSign(parser, '&'))
			return true;
		if (!Next(parser) || !ParseStep(parser, MATCH_LATER, none, " after \"&\""))
			return false;
	}
	while (IsSign(parser, '>') || parser->token.kind == TOKEN_NEXT)
	{
		if (!ParseLink(parser))
			return false;
	}
	return true;
}

/* Find the option that the token begins, or return OPTIONS */
static Option
FindOption(const Parser *parser)
{
	Option option = 0;

	while (option < OPTIONS && !IsWord(parser, options[option].first_word))
		option++;
	return option;
}

/* Read an option whose first word is the token */
static bool
ParseOption(Parser *parser, Option option)
{
	PatternDraft *draft = parser->draft;

	if (option == OPTION_WITHIN)
		return ParseSpan(parser, &draft->within);
	if (!Next(parser))
		return false;
	if (!IsWord(parser, options[option].second_word))
		return Expected(parser,
						psprintf("\"%s\" after \"%s\"", options[option].second_word,
								 options[option].first_word),
						NULL);
	draft->flags |=
		(option == OPTION_DISTINCT_TIMES) ? PATTERN_DISTINCT_TIMES : PATTERN_FIRST_ENTRY;
	return Next(parser);
}

/* Report what is no option, nor any other thing that goes on with a pattern */
static bool
NoOption(Parser *parser, Option option, Option next, bool comma)
{
	const char *expected = "\",\" or the end";
	const char *hint = NULL;

	if (comma)
	{
		expected = "\"distinct times\" or \"first entry\" after \",\"";
		if (option == OPTION_WITHIN)
			hint = "No comma comes before \"within\".";
		else if (next == OPTION_WITHIN)
			hint = "Steps are joined by \">\", and names of one set by \"|\".";
	}
	else
	{
		if (next == OPTION_WITHIN)
			expected = (parser->draft->flags & PATTERN_ANY_ORDER)
				? "\"&\", \"within\", \",\" or the end"
				: "\">\", \">>\", \"within\", \",\" or the end";
		if (option != OPTIONS)
			hint = "A comma comes before \"distinct times\" and before \"first entry\".";
		else
			hint = (next == OPTION_WITHIN) ? LinkHint(parser) : EndHint(parser);
	}
	return Expected(parser, expected, hint);
}

/* Read what follows the steps up to the end */
static bool
ParseOptions(Parser *parser)
{
	PatternDraft *draft = parser->draft;
	Option next = OPTION_WITHIN;

	while (parser->token.kind != TOKEN_END)
	{
		bool comma = IsSign(parser, ',');
		Option option;

		if (comma && !Next(parser))
			return false;
		option = FindOption(parser);
		if (option < next)
		{
			const char *name = options[option].name;
			const char *place = DraftPlace(draft, parser->token.start);

			return DraftProblem(draft, draft->sqlerrcode,
								(option + 1 == next)
									? psprintf("\"%s\"%s is there already.", name, place)
									: psprintf("\"%s\"%s must come before \"%s\".", name, place,
											   options[next - 1].name),
								NULL);
		}
		if (option == OPTIONS || comma == (option == OPTION_WITHIN))
			return NoOption(parser, option, next, comma);
		if (!ParseOption(parser, option))
			return false;
		next = option + 1;
	}
	return true;
}

/* Read the text form; NULL after a soft error */
StepPattern *
PatternParse(const char *text, Node *escontext)
{
	PatternDraft *draft = DraftCreate(text, ERRCODE_INVALID_TEXT_REPRESENTATION, escontext);
	size_t length = strlen(text);
	Parser parser;

	if (length > PATTERN_MAX_TEXT)
	{
		DraftProblem(draft, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
					 psprintf("The text has %zu bytes, and that of a pattern has at most %d.",
							  length, PATTERN_MAX_TEXT),
					 NULL);
		return NULL;
	}
	parser.draft = draft;
	parser.at = text;
	parser.end = text + length;
	if (!Next(&parser) || !ParseSteps(&parser) || !ParseOptions(&parser))
		return NULL;
	return PatternBuild(draft);
}
