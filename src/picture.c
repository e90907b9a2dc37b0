/*
 * picture.c
 *		Drawing of SVG: a frame with words for screen readers, shapes, text that stays inside.
 *
 * No text is wider than the room it is given: its width is estimated from the widest of the
 * common fonts, longer text ends in an ellipsis and has the whole in a tooltip.  All that is
 * written is ASCII or the caller's text, so that a picture is right in every encoding.
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "mb/pg_wchar.h"

#include "picture.h"

/* widths are in hundredths of the size of text */
#define EM 100

/* of characters that are not in the table, by what is known of them */
#define WIDTH_LATIN 80
#define WIDTH_OTHER 90
#define WIDTH_EAST_ASIAN 100
#define WIDTH_EMOJI 140
#define WIDTH_ELLIPSIS 100

/* bold text, as headings are, is wider */
#define BOLD 1.15

/* from this code point on fonts differ much; text of them that nearly fills its room is squeezed */
#define FIRST_UNCERTAIN 0x0250
#define UNCERTAIN_FACTOR 1.7

/* marks on one character; more would leave its line upwards */
#define MAX_MARKS 2

/* what joins emoji, the skin tones that change the one before, and where emoji begin */
#define ZERO_WIDTH_JOINER 0x200D
#define FIRST_SKIN_TONE 0x1F3FB
#define LAST_SKIN_TONE 0x1F3FF
#define FIRST_EMOJI 0x1F000

/* characters that do something to what is around them */
static const struct
{
	pg_wchar first;
	pg_wchar last;
} controls[] = {
	{0x0001, 0x001F}, {0x007F, 0x009F}, /* control characters, ESC and CSI among them */
	{0x2028, 0x2029},                   /* separators of lines */
	{0x202A, 0x202E}, {0x2066, 0x2069}, /* embeddings, overrides and isolates */
	{0xFFFE, 0xFFFF}                    /* none that XML can write */
};

/* numbers beyond have too many digits to be written out */
#define LARGEST_WRITTEN 1e15
#define MAX_DECIMALS 9

#define DOT_RADIUS 5.0
#define WHISKER_END 5.0
#define TICK 5.0
#define LABEL_GAP 10.0
#define SWATCH 12.0
#define LEGEND_GAP 22.0
#define HEAD_LINE 24.0
#define HEAD_GAP 6.0
#define SIDE_TICKS 6

/* labels of a scale get narrower as there are fewer of them: this often is enough */
#define SCALE_TRIES 4

/* FNV-1a, of 32 bits */
#define HASH_START 2166136261u
#define HASH_PRIME 16777619u

/* advance widths of the printable characters of ASCII in DejaVu Sans, the widest common font */
static const unsigned char ascii_widths[] = {
	32, 41, 46, 84, 64, 95, 78, 28, 40,  40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
	64, 64, 34, 34, 84, 84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79,
	61, 79, 70, 64, 62, 74, 69, 99, 69,  62, 69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64,
	64, 28, 28, 58, 28, 98, 64, 62, 64,  64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84};

/*
 * How a tone looks: its class and, for viewers without style sheets, its colours.
 *
 * Blue, orange and grey are told apart in every colour blindness, and by their lightness (L* 35,
 * 57 and 84) in grey print.
 */
static const char *const tones[PICTURE_TONES] = {
	[TONE_NEUTRAL] = "class=\"neutral\" fill=\"#cfd3d8\"",
	[TONE_GOOD] = "class=\"good\" fill=\"#08519c\"",
	[TONE_BAD] = "class=\"bad\" fill=\"#e66100\"",
	[TONE_TINT] = "class=\"tint\" fill=\"#cfe0f0\"",
	[TONE_RIBBON] = "class=\"ribbon\" fill=\"#08519c\" fill-opacity=\"0.22\"",
	[TONE_LOSS] = "class=\"loss\" fill=\"#e66100\" fill-opacity=\"0.3\"",
	[TONE_OPEN] = "class=\"open\" fill=\"none\" stroke=\"#57606a\" stroke-dasharray=\"3\"",
	[TONE_AXIS] = "class=\"axis\" stroke=\"#57606a\" fill=\"none\"",
	[TONE_GRID] = "class=\"grid\" stroke=\"#e1e4e8\" fill=\"none\"",
	[TONE_INTERVAL] = "class=\"interval\" stroke=\"#1f2328\" stroke-width=\"2.5\" fill=\"none\"",
	[TONE_CURVE] = "class=\"curve\" stroke=\"#08519c\" stroke-width=\"2.5\" fill=\"none\" "
				   "stroke-linejoin=\"round\"",
	[TONE_LIMIT] =
		"class=\"limit\" stroke=\"#57606a\" stroke-width=\"1.5\" stroke-dasharray=\"6 4\" fill=\"none\"",
	[TONE_ESTIMATE] = "class=\"estimate\" fill=\"#fff\" stroke=\"#1f2328\" stroke-width=\"2.5\"",
	[TONE_SIGNAL] = "class=\"signal\" fill=\"#e66100\" stroke=\"#1f2328\" stroke-width=\"1.5\"",
	[TONE_SHADE + 0] = "class=\"h0\" fill=\"#f3f6fa\"",
	[TONE_SHADE + 1] = "class=\"h1\" fill=\"#dbe8f5\"",
	[TONE_SHADE + 2] = "class=\"h2\" fill=\"#c0d8ee\"",
	[TONE_SHADE + 3] = "class=\"h3\" fill=\"#9fc4e4\"",
	[TONE_SHADE + 4] = "class=\"h4\" fill=\"#7aadd8\"",
	[TONE_SHADE + 5] = "class=\"h5\" fill=\"#2f74b5\"",
	[TONE_SHADE + 6] = "class=\"h6\" fill=\"#17599c\"",
	[TONE_SHADE + 7] = "class=\"h7\" fill=\"#083b75\"",
};

static const char *const inks[] = {
	[INK_PLAIN] = "fill=\"#1f2328\"",
	[INK_HALO] = "class=\"halo\" fill=\"#1f2328\" stroke=\"#fff\" stroke-opacity=\"0.75\" "
				 "stroke-width=\"3\" paint-order=\"stroke\"",
	[INK_MUTED] = "class=\"muted\" fill=\"#57606a\"",
	[INK_HEADING] = "font-size=\"16\" font-weight=\"bold\" fill=\"#1f2328\"",
	[INK_ON_LIGHT] = "class=\"on-light\" fill=\"#1f2328\"",
	[INK_ON_DARK] = "class=\"on-dark\" fill=\"#fff\"",
	[INK_ON_BAD] = "class=\"on-bad\" fill=\"#1f2328\"",
};

/* Dark pages; on paper, and in viewers that do not know them, the attributes hold */
static const char style[] =
	".cxux{max-width:100%;height:auto}\n"
	"@media screen and (prefers-color-scheme:dark){\n"
	".cxux text{fill:#e6edf3}.cxux .paper{fill:#15191f}.cxux .halo{stroke:#15191f}.cxux .muted{fill:#a9b4c0}\n"
	".cxux .good{fill:#5aa2e6}.cxux .neutral{fill:#505a66}.cxux .bad{fill:#ffb454}"
	".cxux .tint{fill:#27405c}.cxux .ribbon{fill:#5aa2e6}.cxux .loss{fill:#ffb454}\n"
	".cxux .open,.cxux .axis,.cxux .limit{stroke:#a9b4c0}.cxux .grid{stroke:#2b323b}"
	".cxux .interval{stroke:#e6edf3}.cxux .curve{stroke:#5aa2e6}\n"
	".cxux .estimate{fill:#15191f;stroke:#e6edf3}.cxux .signal{fill:#ffb454;stroke:#e6edf3}\n"
	".cxux .on-light{fill:#e6edf3}.cxux .on-dark,.cxux .on-bad{fill:#0b0f14}\n"
	".cxux .h0{fill:#1b212a}.cxux .h1{fill:#1f2f42}.cxux .h2{fill:#233d59}"
	".cxux .h3{fill:#284c70}.cxux .h4{fill:#2f5d8a}.cxux .h5{fill:#6aaae6}"
	".cxux .h6{fill:#92c4f2}.cxux .h7{fill:#c2e0ff}\n"
	"}\n";

/* Round a coordinate to tenths, never to -0 */
static double
Tenths(double value)
{
	return rint(value * 10.0) / 10.0 + 0.0;
}

/* Return the code point of a character; 0 where it cannot be told */
static pg_wchar
CodePoint(const char *character)
{
	if (!IS_HIGHBIT_SET(*character))
		return (unsigned char) *character;
	return (GetDatabaseEncoding() == PG_UTF8) ? utf8_to_unicode((const unsigned char *) character)
											  : 0;
}

/* Tell whether single bytes from 0x80 are the control characters that Unicode has there */
static bool
HasHighControls(int encoding)
{
	return (encoding >= PG_LATIN1 && encoding <= PG_LATIN10) ||
		(encoding >= PG_ISO_8859_5 && encoding <= PG_ISO_8859_8);
}

/*
 * Tell whether a character does something to what is around it, and so is
 * written as a blank: ends a line, moves a terminal's cursor, turns round the
 * direction of the numbers that follow.  Those that XML has no way to write are
 * among them.
 */
bool
PictureIsControl(const char *character)
{
	pg_wchar code = CodePoint(character);

	if (code == 0 && HasHighControls(GetDatabaseEncoding()))
		code = (unsigned char) *character;
	for (size_t i = 0; i < lengthof(controls); i++)
	{
		if (code >= controls[i].first && code <= controls[i].last)
			return true;
	}
	return false;
}

/* Append a character with what XML reserves escaped, a blank for what is no text */
static void
AppendCharacter(StringInfo out, const char *character)
{
	if (PictureIsControl(character))
		appendStringInfoChar(out, ' ');
	else if (*character == '&')
		appendStringInfoString(out, "&amp;");
	else if (*character == '<')
		appendStringInfoString(out, "&lt;");
	else if (*character == '>')
		appendStringInfoString(out, "&gt;");
	else if (*character == '"')
		appendStringInfoString(out, "&quot;");
	else if (IS_HIGHBIT_SET(*character) && GetDatabaseEncoding() == PG_SQL_ASCII)
		appendStringInfoString(out, "&#65533;"); /* nobody knows what it is */
	else
		appendBinaryStringInfo(out, character, pg_mblen(character));
}

/* Append text with every character as XML can have it */
static void
AppendXml(StringInfo out, const char *text)
{
	for (; *text != '\0'; text += pg_mblen(text))
		AppendCharacter(out, text);
}

/* Return the width of a character after another one */
static int
CharacterWidth(const char *character, pg_wchar before)
{
	pg_wchar code = CodePoint(character);
	int columns;

	if (code >= ' ' && code < ' ' + lengthof(ascii_widths))
		return ascii_widths[code - ' '];
	if (PictureIsControl(character))
		return ascii_widths[0]; /* it is written as a blank */
	if (before == ZERO_WIDTH_JOINER || (code >= FIRST_SKIN_TONE && code <= LAST_SKIN_TONE))
		return 0;
	columns = pg_dsplen(character);
	if (columns == 0)
		return 0;
	if (code >= FIRST_EMOJI)
		return WIDTH_EMOJI;
	if (columns > 1)
		return WIDTH_EAST_ASIAN;
	return (code > 0 && code < FIRST_UNCERTAIN) ? WIDTH_LATIN : WIDTH_OTHER;
}

/* Return how wide text is at most, in hundredths of its size */
static int64
TextWidth(const char *text)
{
	pg_wchar before = 0;
	int64 width = 0;

	for (; *text != '\0'; text += pg_mblen(text))
	{
		width += CharacterWidth(text, before);
		before = CodePoint(text);
	}
	return width;
}

/* Return how wide text is at most */
double
PictureTextWidth(const char *text, double size)
{
	return TextWidth(text) * size / EM;
}

/* what of a text is shown */
typedef struct ShownText
{
	StringInfoData text; /* escaped */
	int64 width;
	bool is_whole;
	bool is_uncertain; /* its width may differ much from what is estimated */
} ShownText;

/* Choose what is shown of a text in so much room, in hundredths of its size */
static ShownText
ShowText(const char *text, int64 room)
{
	ShownText shown = {0};
	pg_wchar before = 0;
	int marks = 0;

	initStringInfo(&shown.text);
	shown.is_whole = TextWidth(text) <= room;
	if (!shown.is_whole)
		room -= WIDTH_ELLIPSIS;
	for (; *text != '\0'; text += pg_mblen(text))
	{
		int width = CharacterWidth(text, before);
		pg_wchar code = CodePoint(text);

		marks = (width == 0 && before != ZERO_WIDTH_JOINER) ? marks + 1 : 0;
		before = code;
		if (marks > MAX_MARKS)
		{
			shown.is_whole = false;
			continue;
		}
		if (shown.width + width > room)
			break;
		AppendCharacter(&shown.text, text);
		shown.width += width;
		shown.is_uncertain |= code == 0 || code >= FIRST_UNCERTAIN;
	}
	if (*text != '\0')
	{
		appendStringInfoString(&shown.text, "&#8230;");
		shown.width += WIDTH_ELLIPSIS;
	}
	return shown;
}

/* Append text in so much room, and a number after it that is never left out */
static void
AppendText(Picture *picture, PictureInk ink, double x, double y, PictureAnchor anchor, double room,
		   const char *text, const char *number)
{
	static const char *const anchors[] = {"start", "middle", "end"};
	/* a heading is as wide as if it were larger */
	double size = (ink == INK_HEADING) ? PICTURE_HEADING * BOLD : PICTURE_TEXT;
	int64 columns = (int64) (fmax(room, 0.0) * EM / size) - TextWidth(number);
	ShownText shown = ShowText(text, columns);
	StringInfo out = &picture->body;

	if (shown.width == 0 && *number == '\0')
		return;
	appendStringInfo(out, "<text x=\"%g\" y=\"%g\" text-anchor=\"%s\" %s", Tenths(x), Tenths(y),
					 anchors[anchor], inks[ink]);
	if (shown.is_uncertain && shown.width * UNCERTAIN_FACTOR > columns)
		appendStringInfo(out, " textLength=\"%g\" lengthAdjust=\"spacingAndGlyphs\"",
						 Tenths((shown.width + TextWidth(number)) * size / EM));
	appendStringInfoChar(out, '>');
	if (!shown.is_whole)
	{
		appendStringInfoString(out, "<title>");
		AppendXml(out, text);
		appendStringInfoString(out, "</title>");
	}
	appendBinaryStringInfo(out, shown.text.data, shown.text.len);
	appendStringInfo(out, "%s</text>\n", number);
}

/* Append text in so much room; what is left out is in a tooltip */
void
PictureText(Picture *picture, PictureInk ink, double x, double y, PictureAnchor anchor, double room,
			const char *text)
{
	AppendText(picture, ink, x, y, anchor, room, text, "");
}

/* Append a label that begins at a place, and its number */
void
PictureLabel(Picture *picture, double x, double y, double room, const char *text,
			 const char *number)
{
	AppendText(picture, INK_HALO, x, y, ANCHOR_START, room, text, psprintf(" %s", number));
}

/* End a shape, with words for the mouse where there are some */
static void
EndShape(Picture *picture, const char *element, const char *tip)
{
	StringInfo out = &picture->body;

	if (tip == NULL)
	{
		appendStringInfoString(out, "/>\n");
		return;
	}
	appendStringInfoString(out, "><title>");
	AppendXml(out, tip);
	appendStringInfo(out, "</title></%s>\n", element);
}

/* Append a rectangle */
void
PictureRect(Picture *picture, PictureTone tone, double x, double y, double width, double height,
			const char *tip)
{
	appendStringInfo(&picture->body, "<rect %s x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\"",
					 tones[tone], Tenths(x), Tenths(y), Tenths(fmax(width, 0.0)),
					 Tenths(fmax(height, 0.0)));
	EndShape(picture, "rect", tip);
}

/* Append a line */
void
PictureLine(Picture *picture, PictureTone tone, double x1, double y1, double x2, double y2)
{
	appendStringInfo(&picture->body, "<line %s x1=\"%g\" y1=\"%g\" x2=\"%g\" y2=\"%g\"",
					 tones[tone], Tenths(x1), Tenths(y1), Tenths(x2), Tenths(y2));
	EndShape(picture, "line", NULL);
}

/* Append a dot; one that is unusual is a square on its corner, so that its form tells it, too */
void
PictureDot(Picture *picture, PictureTone tone, double x, double y, const char *tip)
{
	if (tone == TONE_SIGNAL)
	{
		double r = DOT_RADIUS * 1.4;

		appendStringInfo(&picture->body, "<path %s d=\"M%g %gL%g %gL%g %gL%g %gZ\"", tones[tone],
						 Tenths(x - r), Tenths(y), Tenths(x), Tenths(y - r), Tenths(x + r),
						 Tenths(y), Tenths(x), Tenths(y + r));
		EndShape(picture, "path", tip);
		return;
	}
	appendStringInfo(&picture->body, "<circle %s cx=\"%g\" cy=\"%g\" r=\"%g\"", tones[tone],
					 Tenths(x), Tenths(y), DOT_RADIUS);
	EndShape(picture, "circle", tip);
}

/* Begin a path */
void
PicturePathBegin(Picture *picture, PictureTone tone)
{
	appendStringInfo(&picture->body, "<path %s d=\"", tones[tone]);
}

/* Append a point to a path by a command of SVG that takes one, or as the next of a curve's */
void
PicturePathTo(Picture *picture, const char *command, double x, double y)
{
	appendStringInfo(&picture->body, "%s%g %g", command, Tenths(x), Tenths(y));
}

/* End a path */
void
PicturePathEnd(Picture *picture, const char *tip)
{
	appendStringInfoChar(&picture->body, '"');
	EndShape(picture, "path", tip);
}

/* Append an interval with its ends; nothing where it is not defined */
void
PictureWhisker(Picture *picture, const PictureAxis *axis, double low, double high, double y)
{
	double from, to;

	if (isnan(low) || isnan(high))
		return;
	from = PicturePlace(axis, low);
	to = PicturePlace(axis, high);
	PicturePathBegin(picture, TONE_INTERVAL);
	PicturePathTo(picture, "M", from, y - WHISKER_END);
	PicturePathTo(picture, "L", from, y + WHISKER_END);
	PicturePathTo(picture, "M", from, y);
	PicturePathTo(picture, "L", to, y);
	PicturePathTo(picture, "M", to, y - WHISKER_END);
	PicturePathTo(picture, "L", to, y + WHISKER_END);
	PicturePathEnd(picture, NULL);
}

/* Return a scale between two places */
PictureAxis
PictureAxisOf(double low, double high, double left, double right)
{
	PictureAxis axis = {low, high, left, right};

	return axis;
}

/* Return the place of a value on a scale */
double
PicturePlace(const PictureAxis *axis, double value)
{
	double part = (value - axis->low) / (axis->high - axis->low);

	if (!(axis->high > axis->low))
		part = 0.5;
	return axis->left + fmin(1.0, fmax(0.0, part)) * (axis->right - axis->left);
}

/* Return a round step of which so many at most fit a span */
double
PictureStep(double span, int most)
{
	double step = pow(10.0, floor(log10(fmax(span / most, DBL_MIN))));

	while (span / step > most)
	{
		if (span / (2.0 * step) <= most)
			return 2.0 * step;
		if (span / (5.0 * step) <= most)
			return 5.0 * step;
		step *= 10.0;
	}
	return step;
}

/* Return the decimals that tell the multiples of a step apart */
int
PictureDecimals(double step)
{
	return (int) fmin(fmax(-floor(log10(step) + PICTURE_ROUNDING), 0.0), MAX_DECIMALS + 1);
}

/* Write a number, never as -0 and never with more digits than are read */
char *
PictureNumber(double value, int decimals)
{
	double scale;

	if (decimals > MAX_DECIMALS || fabs(value) >= LARGEST_WRITTEN)
		return psprintf("%.4g", value + 0.0);
	scale = pow(10.0, decimals);
	return psprintf("%.*f", decimals, rint(value * scale) / scale + 0.0);
}

/* Append the mark of a value on a scale, and its label where it does not run into the one before */
void
PictureTick(Picture *picture, const PictureAxis *axis, double value, double y, double grid_top,
			const char *label, double *taken)
{
	double x = PicturePlace(axis, value);
	double width = PictureTextWidth(label, PICTURE_TEXT);
	double place = fmin(fmax(x, width / 2.0 + PICTURE_MARGIN / 2.0),
						picture->width - PICTURE_MARGIN / 2.0 - width / 2.0);

	if (grid_top < y)
		PictureLine(picture, TONE_GRID, x, grid_top, x, y);
	PictureLine(picture, TONE_AXIS, x, y, x, y + TICK);
	if (*label == '\0' || place - width / 2.0 < *taken + LABEL_GAP)
		return;
	PictureText(picture, INK_MUTED, place, y + TICK + PICTURE_TEXT, ANCHOR_MIDDLE, width + 1.0,
				label);
	*taken = place + width / 2.0;
}

/* Append a scale with round numbers, times a factor and with a unit */
void
PictureScale(Picture *picture, const PictureAxis *axis, double y, double grid_top, double factor,
			 const char *unit)
{
	double low = axis->low * factor;
	double high = axis->high * factor;
	double step = PictureStep(high - low, PICTURE_MAX_TICKS);
	double taken = -LABEL_GAP;
	char *before = "";
	int decimals;

	/* labels of large numbers need more room */
	for (int tries = 0; tries < SCALE_TRIES; tries++)
	{
		double labels;

		decimals = PictureDecimals(step);
		labels = PictureTextWidth(PictureNumber(low, decimals), PICTURE_TEXT);
		labels = fmax(labels, PictureTextWidth(PictureNumber(high, decimals), PICTURE_TEXT));
		labels += PictureTextWidth(unit, PICTURE_TEXT) + 2.0 * LABEL_GAP;
		if ((axis->right - axis->left) * step / (high - low) >= labels)
			break;
		step = PictureStep(high - low, Max((int) ((axis->right - axis->left) / labels), 1));
	}
	for (double i = ceil(low / step - PICTURE_ROUNDING); i <= floor(high / step + PICTURE_ROUNDING);
		 i += 1.0)
	{
		char *label = psprintf("%s%s", PictureNumber(i * step, decimals), unit);

		/* where digits do not tell them apart, one label does for all */
		PictureTick(picture, axis, i * step / factor, y, grid_top,
					(strcmp(label, before) != 0) ? label : "", &taken);
		before = label;
		if (i + 1.0 == i)
			break;
	}
	PictureLine(picture, TONE_AXIS, axis->left, y, axis->right, y);
}

/* Append a scale that goes up, with lines across the picture; its labels end left of them */
void
PictureSideScale(Picture *picture, const PictureAxis *axis, double left, double right,
				 double factor, const char *unit)
{
	double low = axis->low * factor;
	double high = axis->high * factor;
	double step = PictureStep(high - low, SIDE_TICKS);
	int decimals = PictureDecimals(step);

	for (double i = ceil(low / step - PICTURE_ROUNDING); i <= floor(high / step + PICTURE_ROUNDING);
		 i += 1.0)
	{
		double y = PicturePlace(axis, i * step / factor);

		PictureLine(picture, TONE_GRID, left, y, right, y);
		PictureText(picture, INK_MUTED, left - LABEL_GAP, y + PICTURE_BASELINE, ANCHOR_END,
					left - LABEL_GAP - 2.0,
					psprintf("%s%s", PictureNumber(i * step, decimals), unit));
		if (i + 1.0 == i)
			break;
	}
}

/* Append what colours mean, as many entries in a line as fit */
void
PictureLegend(Picture *picture, int entries, const PictureTone *entry_tones, char *const *words)
{
	double x = PICTURE_MARGIN;
	double most = picture->width - 2.0 * PICTURE_MARGIN - SWATCH - LABEL_GAP;

	for (int i = 0; i < entries; i++)
	{
		double width = fmin(PictureTextWidth(words[i], PICTURE_TEXT) + 1.0, most);

		if (x > PICTURE_MARGIN && x + SWATCH + LABEL_GAP + width > picture->width - PICTURE_MARGIN)
		{
			x = PICTURE_MARGIN;
			picture->top += PICTURE_LINE;
		}
		if (entry_tones[i] == TONE_ESTIMATE || entry_tones[i] == TONE_SIGNAL)
			PictureDot(picture, entry_tones[i], x + SWATCH / 2.0, picture->top + SWATCH / 2.0,
					   NULL);
		else if (entry_tones[i] >= TONE_AXIS && entry_tones[i] < TONE_ESTIMATE)
			PictureLine(picture, entry_tones[i], x, picture->top + SWATCH / 2.0, x + SWATCH,
						picture->top + SWATCH / 2.0);
		else
			PictureRect(picture, entry_tones[i], x, picture->top, SWATCH, SWATCH, NULL);
		PictureText(picture, INK_PLAIN, x + SWATCH + LABEL_GAP / 2.0, picture->top + SWATCH - 1.0,
					ANCHOR_START, width, words[i]);
		x += SWATCH + LABEL_GAP / 2.0 + width + LEGEND_GAP;
	}
	picture->top += PICTURE_LINE;
}

/* Begin a picture with a heading and what is said about it below, which may be NULL */
void
PictureBegin(Picture *picture, double width, const char *title, const char *detail)
{
	double room = width - 2.0 * PICTURE_MARGIN;

	initStringInfo(&picture->body);
	initStringInfo(&picture->desc);
	picture->width = width;
	picture->title = (detail == NULL) ? pstrdup(title) : psprintf("%s, %s", title, detail);
	PictureText(picture, INK_HEADING, PICTURE_MARGIN, PICTURE_MARGIN + PICTURE_TEXT, ANCHOR_START,
				room, title);
	picture->top = PICTURE_MARGIN + HEAD_LINE;
	if (detail != NULL)
	{
		PictureText(picture, INK_MUTED, PICTURE_MARGIN, picture->top + PICTURE_TEXT, ANCHOR_START,
					room, detail);
		picture->top += HEAD_LINE;
	}
	picture->top += HEAD_GAP;
}

/* Append to what is said in words; parts are told apart by semicolons */
void
PictureSay(Picture *picture, const char *format, ...)
{
	if (picture->desc.len > 0)
		appendStringInfoString(&picture->desc, "; ");
	for (;;)
	{
		va_list args;
		int needed;

		va_start(args, format);
		needed = appendStringInfoVA(&picture->desc, format, args);
		va_end(args);
		if (needed == 0)
			break;
		enlargeStringInfo(&picture->desc, needed);
	}
}

/* Return a name for the title and the description that other pictures of a page do not have */
static uint32
HashOf(const Picture *picture)
{
	uint32 hash = HASH_START;

	for (int i = 0; i < picture->body.len; i++)
		hash = (hash ^ (unsigned char) picture->body.data[i]) * HASH_PRIME;
	return hash;
}

/* End a picture, and return it */
char *
PictureEnd(Picture *picture)
{
	double height = picture->top + PICTURE_MARGIN / 2.0;
	uint32 hash = HashOf(picture);
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(
		&out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"cxux\" width=\"%g\" height=\"%g\" "
		"viewBox=\"0 0 %g %g\" role=\"img\" aria-labelledby=\"t%08x\" aria-describedby=\"d%08x\" "
		"font-family=\"system-ui,sans-serif\" font-size=\"%g\">\n<title id=\"t%08x\">",
		picture->width, Tenths(height), picture->width, Tenths(height), hash, hash, PICTURE_TEXT,
		hash);
	AppendXml(&out, picture->title);
	appendStringInfo(&out, "</title>\n<desc id=\"d%08x\">", hash);
	AppendXml(&out, (picture->desc.len > 0) ? picture->desc.data : "nothing to show");
	appendStringInfo(&out,
					 "</desc>\n<style>\n%s</style>\n<rect class=\"paper\" width=\"%g\" "
					 "height=\"%g\" fill=\"#fff\"/>\n",
					 style, picture->width, Tenths(height));
	appendBinaryStringInfo(&out, picture->body.data, picture->body.len);
	appendStringInfoString(&out, "</svg>");
	return out.data;
}
