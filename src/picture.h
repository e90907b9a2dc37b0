/*
 * picture.h
 *		Drawing of SVG: a frame with words for screen readers, shapes, text that stays inside.
 */
#ifndef CXUX_PICTURE_H
#define CXUX_PICTURE_H

#include "postgres.h"

#include "lib/stringinfo.h"

/* width of a picture unless its content asks for more, and the space kept free around it */
#define PICTURE_WIDTH 720.0
#define PICTURE_MARGIN 20.0

/* sizes of text, from one line to the next, and from the middle of a line to its baseline */
#define PICTURE_TEXT 13.0
#define PICTURE_HEADING 16.0
#define PICTURE_LINE 20.0
#define PICTURE_BASELINE 4.5

/* shades of a heat map, from nothing to all */
#define PICTURE_SHADES 8

/* most labels of a scale, and by how much rounding may put one beyond its ends */
#define PICTURE_MAX_TICKS 10
#define PICTURE_ROUNDING 1e-9

/* what a shape is, which decides its colours */
typedef enum PictureTone
{
	TONE_NEUTRAL,
	TONE_GOOD,
	TONE_BAD,
	TONE_TINT,   /* behind something else: a band */
	TONE_RIBBON, /* the same where several cross */
	TONE_LOSS,   /* a ribbon of those who are lost */
	TONE_OPEN,   /* not decided yet */
	TONE_AXIS,   /* lines from here on */
	TONE_GRID,
	TONE_INTERVAL,
	TONE_CURVE,
	TONE_LIMIT,
	TONE_ESTIMATE, /* a dot */
	TONE_SIGNAL,   /* a dot that is unusual */
	TONE_SHADE     /* the first of PICTURE_SHADES */
} PictureTone;

#define PICTURE_TONES (TONE_SHADE + PICTURE_SHADES)

typedef enum PictureAnchor
{
	ANCHOR_START,
	ANCHOR_MIDDLE,
	ANCHOR_END
} PictureAnchor;

/* how text looks */
typedef enum PictureInk
{
	INK_PLAIN,
	INK_HALO, /* over ribbons */
	INK_MUTED,
	INK_HEADING,
	INK_ON_LIGHT, /* on a light shade or neutral, which is dark on dark pages */
	INK_ON_DARK,  /* on a dark shade or what is good */
	INK_ON_BAD
} PictureInk;

typedef struct Picture
{
	StringInfoData body;
	StringInfoData desc; /* in words what is seen */
	char *title;
	double width;
	double top; /* where the next part begins */
} Picture;

/* a scale across a picture; values beyond its ends are drawn at them */
typedef struct PictureAxis
{
	double low;
	double high;
	double left;
	double right;
} PictureAxis;

extern void PictureBegin(Picture *picture, double width, const char *title, const char *detail);
extern char *PictureEnd(Picture *picture);
extern void PictureSay(Picture *picture, const char *format, ...) pg_attribute_printf(2, 3);
extern bool PictureIsControl(const char *character);
extern double PictureTextWidth(const char *text, double size);
extern void PictureText(Picture *picture, PictureInk ink, double x, double y, PictureAnchor anchor,
						double room, const char *text);
extern void PictureLabel(Picture *picture, double x, double y, double room, const char *text,
						 const char *number);
extern void PictureRect(Picture *picture, PictureTone tone, double x, double y, double width,
						double height, const char *tip);
extern void PictureLine(Picture *picture, PictureTone tone, double x1, double y1, double x2,
						double y2);
extern void PictureDot(Picture *picture, PictureTone tone, double x, double y, const char *tip);
extern void PicturePathBegin(Picture *picture, PictureTone tone);
extern void PicturePathTo(Picture *picture, const char *command, double x, double y);
extern void PicturePathEnd(Picture *picture, const char *tip);
extern void PictureWhisker(Picture *picture, const PictureAxis *axis, double low, double high,
						   double y);

extern PictureAxis PictureAxisOf(double low, double high, double left, double right);
extern double PicturePlace(const PictureAxis *axis, double value);
extern double PictureStep(double span, int most);
extern char *PictureNumber(double value, int decimals);
extern int PictureDecimals(double step);
extern void PictureTick(Picture *picture, const PictureAxis *axis, double value, double y,
						double grid_top, const char *label, double *taken);
extern void PictureScale(Picture *picture, const PictureAxis *axis, double y, double grid_top,
						 double factor, const char *unit);
extern void PictureSideScale(Picture *picture, const PictureAxis *axis, double left, double right,
							 double factor, const char *unit);
extern void PictureLegend(Picture *picture, int entries, const PictureTone *tones,
						  char *const *words);

#endif /* CXUX_PICTURE_H */
