/** A time of day, and the day where it is another one. @param at ms since 1970 */
export function timeText(at: number, locale: string): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return new Date(at).toLocaleString(locale, {
    hour: "2-digit",
    minute: "2-digit",
    ...(!isToday && { weekday: "long", day: "numeric", month: "long" }),
  });
}
